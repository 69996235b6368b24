"""Minutes in place of clock times, on an evening from 5:30 to 8:30 PM."""

from datetime import UTC, datetime, time, timedelta

import pytest

from advocates.attendance.rules import ClockError, Outcome, Typed, Window, read_typed, typed_of
from advocates.attendance.rules.minutes import read_moment
from advocates.curriculum.delivery import DeliveryMode

WINDOW = Window(
    datetime(2026, 10, 20, 22, 30, tzinfo=UTC), datetime(2026, 10, 21, 1, 30, tzinfo=UTC), "America/Chicago"
)


START, END = WINDOW.start, WINDOW.end


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("+25", 25),
        ("25 min", 25),
        ("25min.", 25),
        ("25m", 25),
        ("5 minutes", 5),
        ("1 minute", 1),
        (" +٢٥ ", 25),
        ("＋２５", 25),
    ],
)
def test_a_sign_or_a_unit_makes_minutes(text, minutes):
    assert read_moment(text, WINDOW, "arrived") == START + timedelta(minutes=minutes)
    assert read_moment(text, WINDOW, "left") == END - timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["5:55", "555", "5 pm", "5p", "7"])
def test_everything_else_is_a_clock_time(text):
    assert isinstance(read_moment(text, WINDOW, "arrived"), time)


@pytest.mark.parametrize("text", ["25", "min", "+", "+2500", "--5", "5:55m"])
def test_what_is_neither_is_refused(text):
    with pytest.raises(ClockError, match="is not a time"):
        read_moment(text, WINDOW, "arrived")


def test_nothing_typed_is_nothing():
    assert read_moment("", WINDOW, "left") is None


def test_a_return_counts_from_going_out():
    assert read_moment("+20", WINDOW, "absences-0-back", time(18, 40)) == START + timedelta(minutes=90)


@pytest.mark.parametrize("field", ["absences-0-out", "absences-0-back"])
def test_minutes_that_count_from_nothing_are_refused(field):
    with pytest.raises(ClockError, match="Type the time when the person went out") as refusal:
        read_moment("+20", WINDOW, field)
    assert refusal.value.field == field


@pytest.mark.parametrize("field", ["arrived", "absences-0-back"])
@pytest.mark.parametrize("text", ["-20", "−20", "-20 min"])
def test_earlier_than_the_start_is_refused(field, text):
    with pytest.raises(ClockError, match="would be earlier"):
        read_moment(text, WINDOW, field, time(18, 40))


def test_a_minus_says_how_much_earlier_somebody_left():
    assert read_moment("-20", WINDOW, "left") == END - timedelta(minutes=20)


def read(typed, window=WINDOW):
    now = window.end + timedelta(minutes=1)
    return read_typed(typed, None, window, DeliveryMode.IN_PERSON, 5, now)


def test_minutes_read_as_the_times_they_stand_for():
    by_minutes = read(Typed(arrived="+25", left="20 min", absences=(("6:40", "10m"),)))
    assert by_minutes == read(Typed(arrived="5:55", left="8:10", absences=(("6:40", "6:50"),)))
    assert by_minutes is not None
    shown = typed_of(by_minutes, WINDOW)
    assert (shown.outcome, shown.arrived, shown.left) == (Outcome.PRESENT, "5:55 PM", "8:10 PM")


def test_somebody_who_left_by_minutes_comes_back():
    assert read(Typed(left="60 min", absences=(("", "8:00"),))) == read(Typed(absences=(("7:30", "8:00"),)))


def test_more_minutes_than_the_session_has_are_refused():
    with pytest.raises(ClockError, match="outside the session"):
        read(Typed(arrived="+181"))


def test_minutes_still_to_come_are_refused():
    with pytest.raises(ClockError, match="5:55 PM is still to come"):
        read_typed(Typed(arrived="+25"), None, WINDOW, DeliveryMode.IN_PERSON, 5, START)


@pytest.mark.parametrize("late", range(15, 240, 15))
def test_minutes_late_are_elapsed_minutes_where_the_clock_shows_an_hour_twice(late):
    night = Window(datetime(2026, 11, 1, 5, tzinfo=UTC), datetime(2026, 11, 1, 9, 30, tzinfo=UTC), "America/Chicago")
    content = read(Typed(arrived=f"+{late}"), night)
    assert content is not None
    assert [presence.start for presence in content.presences] == [night.start + timedelta(minutes=late)]
