"""Times as meeting programs and spreadsheets write them."""

import contextlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.attendance.rules import Window
from advocates.mark_files.rules import MomentRefused, read_moment

CHICAGO = ZoneInfo("America/Chicago")
WINDOW = Window(
    datetime(2026, 10, 20, 22, 30, tzinfo=UTC), datetime(2026, 10, 21, 1, 30, tzinfo=UTC), "America/Chicago"
)
# The night on which 1:00 to 2:00 AM was shown twice.
FALL_BACK = Window(datetime(2026, 11, 1, 5, 0, tzinfo=UTC), datetime(2026, 11, 1, 9, 0, tzinfo=UTC), "America/Chicago")


@pytest.mark.parametrize(
    "typed",
    [
        "10/20/2026 05:55:10 PM",
        "10/20/26, 5:55:10 PM",
        "10/20/26, 5:55:10\u202fPM",
        "10/20/2026 17:55:10",
        "20/10/2026 17:55:10",
        "20.10.2026 17:55:10",
        "2026-10-20 17:55:10",
        "2026-10-20T22:55:10Z",
        "2026-10-20T22:55:10.000Z",
        "2026-10-20T17:55:10-05:00",
        "2026-10-20 18:55:10 GMT-4",
        "Oct 20, 2026 05:55:10 PM",
        "Tuesday, October 20, 2026 5:55:10 p.m.",
        "20 Oct 2026 17:55:10",
        "5:55:10 PM",
        "17:55:10",
        "1899-12-30 17:55:10",
    ],
)
def test_one_moment_reads_the_same_however_it_is_written(typed):
    assert read_moment(typed, WINDOW, CHICAGO) == datetime(2026, 10, 20, 22, 55, 10, tzinfo=UTC)


def test_a_day_that_reads_in_two_ways_is_the_one_of_the_session():
    october_5 = datetime(2026, 10, 5, 22, 30, tzinfo=UTC)
    window = Window(october_5, october_5 + timedelta(hours=3), "America/Chicago")
    for typed in ("10/05/2026 18:00", "05/10/2026 18:00"):
        assert read_moment(typed, window, CHICAGO) == datetime(2026, 10, 5, 23, 0, tzinfo=UTC)


def test_the_zone_is_the_one_given_unless_the_time_states_its_own():
    assert read_moment("10/20/2026 22:55", WINDOW, UTC) == datetime(2026, 10, 20, 22, 55, tzinfo=UTC)
    assert read_moment("10/20/2026 22:55 UTC", WINDOW, CHICAGO) == datetime(2026, 10, 20, 22, 55, tzinfo=UTC)
    assert read_moment("10/21/2026 12:55 AM", WINDOW, ZoneInfo("Europe/Warsaw")).hour == 22


def test_a_time_shown_twice_begins_early_and_ends_late():
    at = "11/01/2026 01:30 AM"
    assert read_moment(at, FALL_BACK, CHICAGO) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert read_moment(at, FALL_BACK, CHICAGO, is_end=True) == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)


def test_a_time_after_midnight_belongs_to_the_day_after():
    late = Window(datetime(2026, 10, 21, 3, 0, tzinfo=UTC), datetime(2026, 10, 21, 6, 0, tzinfo=UTC), "America/Chicago")
    assert read_moment("12:30 AM", late, CHICAGO) == datetime(2026, 10, 21, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "no time"),
        ("soon", "no time"),
        ("=NOW()", "no time"),
        ("25:00", "no time"),
        ("10/20/2026 17:61", "no time"),
        ("10/20/2026 13:00 PM", "no time"),
        ("40/40/2026 17:00", "no time"),
        ("0000-10-20 17:00", "no time"),
        ("9999-10-20 17:00", "no time"),
        ("Foo 20, 2026 17:00", "no time"),
        ("10/19/2026 06:00 AM", "not on the day"),
        ("10/21/2026 05:30 PM", "not on the day"),
        ("2026-10-20T17:55+99:00", "no time zone"),
        ("1" * 1000, "no time"),
        ("," * 59 + "1", "no time"),
    ],
)
def test_what_is_no_moment_near_the_session_is_refused(typed, said):
    with pytest.raises(MomentRefused, match=said):
        read_moment(typed, WINDOW, CHICAGO)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_or_refused(typed):
    with contextlib.suppress(MomentRefused):
        assert read_moment(typed, WINDOW, CHICAGO).tzinfo is UTC
