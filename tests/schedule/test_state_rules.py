"""Where a session stands, how typed parts become an agenda, and laying out what is missing."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from advocates.schedule.rules import (
    Part,
    PlannedSegment,
    Preset,
    SessionState,
    SlicePlan,
    agenda_in_order,
    filling_problems,
    lay_out_slices,
    preset_pattern,
    read_days,
    state_of,
    taught_slices,
)

A, B = UUID(int=1), UUID(int=2)
# 5:30 PM to 8:30 PM on November 3 in Chicago.
START, END = datetime(2026, 11, 3, 23, 30, tzinfo=UTC), datetime(2026, 11, 4, 2, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (datetime(2026, 11, 3, 5, 59, tzinfo=UTC), SessionState.PLANNED),
        (datetime(2026, 11, 3, 6, 0, tzinfo=UTC), SessionState.TODAY),
        (START, SessionState.TODAY),
        (END - timedelta(seconds=1), SessionState.TODAY),
        (END, SessionState.AWAITING_SIGN_OFF),
        (END + timedelta(days=40), SessionState.AWAITING_SIGN_OFF),
    ],
)
def test_a_session_is_planned_then_todays_then_awaits_sign_off(now, state):
    assert state_of(START, END, "America/Chicago", now, is_signed_off=False, is_cancelled=False) is state


def test_a_session_past_midnight_is_still_todays_while_it_runs():
    night = (START, START + timedelta(hours=9))
    now = START + timedelta(hours=8)
    assert state_of(*night, "America/Chicago", now, is_signed_off=False, is_cancelled=False) is SessionState.TODAY


@pytest.mark.parametrize("now", [START - timedelta(days=9), START, END + timedelta(days=9)])
def test_signed_off_and_cancelled_hold_at_any_time(now):
    where = (START, END, "America/Chicago", now)
    assert state_of(*where, is_signed_off=True, is_cancelled=False) is SessionState.SIGNED_OFF
    assert state_of(*where, is_signed_off=False, is_cancelled=True) is SessionState.CANCELLED


def test_typed_parts_follow_one_another_without_gaps():
    segments = agenda_in_order(START, [Part(85, A, 0), Part(10), Part(85, A, 85)])
    assert segments == (
        PlannedSegment(START, START + timedelta(minutes=85), A, 0),
        PlannedSegment(START + timedelta(minutes=85), START + timedelta(minutes=95)),
        PlannedSegment(START + timedelta(minutes=95), END, A, 85),
    )


@pytest.mark.parametrize(
    ("parts", "sentences"),
    [
        ([Part(180, A, 0)], []),
        ([Part(170, A, 0), Part(10)], []),
        ([], ["Add at least one part that teaches a module."]),
        ([Part(180)], ["Add at least one part that teaches a module."]),
        ([Part(170, A, 0)], ["The parts take 170 min, but the session lasts 180 min. Make them agree."]),
        ([Part(181, A, 0)], ["The parts take 181 min, but the session lasts 180 min. Make them agree."]),
    ],
)
def test_a_typed_agenda_fills_its_session_exactly_and_teaches(parts, sentences):
    problems = filling_problems(START, END, agenda_in_order(START, parts))
    assert [str(problem) for problem in problems] == [f"segments: {sentence}" for sentence in sentences]


def test_only_what_is_missing_is_laid_out():
    missing = [SlicePlan(A, 30, 60), SlicePlan(B, 0, 100)]
    layout = lay_out_slices(
        missing, preset_pattern(Preset.EVENINGS_AND_SATURDAYS, date(2026, 11, 3), "America/Chicago")
    )
    (session,) = layout.sessions
    assert [s.slice for s in session.segments if s.slice] == [
        SlicePlan(A, 30, 60),
        SlicePlan(B, 0, 60),
        SlicePlan(B, 60, 100),
    ]
    assert layout.left_over == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("", []),
        ("2026-11-26\n2026-11-27", [26, 27]),
        ("11/26/2026, 11/27/2026;\n\n 2026-11-26 ", [26, 27]),
    ],
)
def test_days_are_read_one_a_line_or_by_commas(text, days):
    assert read_days(text) == (frozenset(date(2026, 11, day) for day in days), ())


@pytest.mark.parametrize("typed", ["Thanksgiving", "2026-02-30", "26-11-26", "11/31/2026", "٢٠٢٦-11-26", "0000-01-01"])
def test_what_is_no_day_is_named_with_its_line(typed):
    days, problems = read_days(f"2026-11-26\n{typed}")
    assert days == {date(2026, 11, 26)}
    assert [str(problem) for problem in problems] == [
        f"Line 2: “{typed}” is not a date. Type it as 2026-11-26 or 11/26/2026."
    ]


def test_a_slice_that_goes_on_after_a_break_is_told_as_one():
    parts = [Part(90, A, 0), Part(10), Part(60, A, 90), Part(30, B, 0), Part(30, A, 0), Part(30, A, 0)]
    assert taught_slices(agenda_in_order(START, parts)) == (
        SlicePlan(A, 0, 150),
        SlicePlan(B, 0, 30),
        SlicePlan(A, 0, 30),
        SlicePlan(A, 0, 30),
    )
