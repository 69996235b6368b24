"""Reading what lists say of past trainings."""

from datetime import date

import pytest

from advocates.cohorts.rules import Standing
from advocates.legacy.rules import day_of, judge_past, minutes_of, read_past_people

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("40", 2400), ("40 h", 2400), ("40 hours", 2400), ("38.5", 2310), ("38,5", 2310), ("38 h 20 min", 2300),
        ("38:20", 2300), ("39.99", 2399), ("0.5", 30),
    ],
)  # fmt: skip
def test_hours_are_whole_minutes_rounded_down(text, minutes):
    assert minutes_of(text) == minutes


@pytest.mark.parametrize("text", ["forty", "40 min", "38:75", "-4", "4e3", ""])
def test_what_are_no_hours_is_refused(text):
    with pytest.raises(ValueError):
        minutes_of(text)


@pytest.mark.parametrize("text", ["2024-12-20", "12/20/2024", "Dec 20, 2024", "December 20, 2024", "2024-12-20 09:30"])
def test_days_are_read_as_lists_write_them(text):
    assert day_of(text) == date(2024, 12, 20)


def test_a_line_holds_what_the_source_says_and_nothing_more():
    text = "Name,E-mail,Agency,Completed on,Hours\nWen Harlow,w@example.org,Hope,6/4/2021,38.5\nAnn Bell"
    lines = read_past_people(text, TODAY).lines
    assert [(line.completed_on, line.stated_minutes) for line in lines] == [(date(2021, 6, 4), 2310), (None, None)]
    assert not any(line.problems for line in lines)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ("Ann Bell,,,2026-11-24,40", "completed_on"),
        ("Ann Bell,,,1950-01-01,40", "completed_on"),
        ("Ann Bell,,,20.12.2024,40", "completed_on"),
        ("Ann Bell,,,=NOW(),40", "completed_on"),
        ("Ann Bell,,,2024-12-20,many", "stated_minutes"),
        ("Ann Bell,,,2024-12-20,0", "stated_minutes"),
        ("Ann Bell,,,2024-12-20,1001", "stated_minutes"),
        (",,,2024-12-20,40", "chosen_name"),
    ],
)
def test_a_wrong_cell_is_named(cells, column):
    lines = read_past_people(f"Good Person\n{cells}", TODAY).lines
    assert [problem.path for problem in lines[1].problems] == [column]


def test_a_changed_day_is_not_what_was_shown():
    digests = {
        judge_past(read_past_people(f"Ann Bell,,,{day}", TODAY).lines, {}, frozenset()).digest
        for day in ("2021-06-04", "2021-06-05")
    }
    assert len(digests) == 2


def test_who_is_recorded_already_is_not_recorded_again():
    judgment = judge_past(read_past_people("ANN BELL\nBo Carr", TODAY).lines, {}, frozenset({"ann bell"}))
    assert [row.standing for row in judgment.rows] == [Standing.HERE, Standing.NEW]
