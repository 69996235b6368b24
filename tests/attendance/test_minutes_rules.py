"""Minutes in place of clock times, on an evening from 5:30 to 8:30 PM."""

from datetime import UTC, datetime, timedelta

import pytest

from advocates.attendance.rules import ClockError, Outcome, Typed, Window, read_typed, typed_of
from advocates.attendance.rules.minutes import in_clock_times, minutes_typed
from advocates.curriculum.delivery import DeliveryMode

WINDOW = Window(
    datetime(2026, 10, 20, 22, 30, tzinfo=UTC), datetime(2026, 10, 21, 1, 30, tzinfo=UTC), "America/Chicago"
)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("+25", 25),
        ("-20", 20),
        ("25 min", 25),
        ("25min.", 25),
        ("25m", 25),
        ("5 minutes", 5),
        ("1 minute", 1),
        (" +٢٥ ", 25),
        ("＋２５", 25),
        ("25", None),
        ("5:55", None),
        ("555", None),
        ("5 pm", None),
        ("5p", None),
        ("min", None),
        ("+", None),
        ("+2500", None),
        ("", None),
    ],
)
def test_only_a_sign_or_a_unit_makes_minutes(text, minutes):
    assert minutes_typed(text) == (None if minutes is None else timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (Typed(arrived="+25"), Typed(arrived="5:55 PM")),
        (Typed(left="20 min"), Typed(left="8:10 PM")),
        (Typed(absences=(("6:40", "+20"),)), Typed(absences=(("6:40", "7:00 PM"),))),
        (Typed(absences=(("", "+20"),)), Typed(absences=(("", "+20"),))),
        (Typed(arrived="5:55", left="8:10 pm"), Typed(arrived="5:55", left="8:10 pm")),
    ],
)
def test_minutes_become_clock_times(typed, expected):
    assert in_clock_times(typed, WINDOW) == expected


def test_nobody_goes_out_after_so_many_minutes():
    with pytest.raises(ClockError) as refusal:
        in_clock_times(Typed(absences=(("6:40", ""), ("+20", "7:30"))), WINDOW)
    assert refusal.value.field == "absences-1-out"


def read(typed):
    now = datetime(2026, 10, 21, 1, 31, tzinfo=UTC)
    return read_typed(typed, None, WINDOW, DeliveryMode.IN_PERSON, 5, now)


def test_minutes_read_as_the_times_they_stand_for():
    by_minutes = read(Typed(arrived="+25", left="20 min", absences=(("6:40", "10m"),)))
    assert by_minutes == read(Typed(arrived="5:55", left="8:10", absences=(("6:40", "6:50"),)))
    assert by_minutes is not None
    shown = typed_of(by_minutes, WINDOW)
    assert (shown.outcome, shown.arrived, shown.left) == (Outcome.PRESENT, "5:55 PM", "8:10 PM")


def test_more_minutes_than_the_session_has_are_refused():
    with pytest.raises(ClockError, match="outside the session"):
        read(Typed(arrived="+181"))
