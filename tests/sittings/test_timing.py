"""When a test is open, until when it is saved, and when another try is possible."""

from datetime import UTC, datetime, timedelta

import pytest

from advocates.sittings.rules.timing import (
    GRACE,
    Availability,
    Extra,
    FinishWay,
    StartProblem,
    Tries,
    Window,
    due_at,
    ended_at,
    is_over,
    minutes_for,
    start_problem,
)

NINE = datetime(2026, 10, 20, 9, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OPEN = Window(NINE, NINE + 3 * HOUR)


@pytest.mark.parametrize(
    ("minutes", "percent", "limit"), [(60, 0, 60), (60, 50, 90), (45, 25, 57), (1, 1, 2), (50, 100, 100)]
)
def test_a_part_of_a_minute_counts_whole(minutes, percent, limit):
    assert minutes_for(minutes, Extra(time_percent=percent)) == limit


@pytest.mark.parametrize(
    ("minutes", "window", "extra", "due"),
    [
        (60, OPEN, Extra(), NINE + HOUR),
        (60, Window(NINE), Extra(), NINE + HOUR),
        (None, Window(NINE), Extra(), None),
        (None, OPEN, Extra(50), NINE + 3 * HOUR),
        (240, OPEN, Extra(), NINE + 3 * HOUR),
        (240, OPEN, Extra(25), NINE + 4 * HOUR),
    ],
)
def test_when_a_sitting_is_due(minutes, window, extra, due):
    assert due_at(NINE, minutes, window, extra) == due


def test_the_last_save_has_a_grace():
    assert not is_over(NINE, OPEN, NINE + GRACE)
    assert is_over(NINE, OPEN, NINE + GRACE + timedelta(microseconds=1))
    assert not is_over(None, OPEN, NINE + 100 * HOUR)
    closed = Window(NINE, None, closed_early_at=NINE + MINUTE)
    assert not is_over(NINE + HOUR, closed, NINE + MINUTE + GRACE)
    assert is_over(NINE + HOUR, closed, NINE + 3 * MINUTE)


def test_whatever_comes_first_ends_it():
    closed = Window(NINE, None, closed_early_at=NINE + MINUTE)
    assert ended_at(NINE + HOUR, closed) == (NINE + MINUTE, FinishWay.CLOSED)
    assert ended_at(NINE, OPEN) == (NINE, FinishWay.TIME)
    assert ended_at(None, OPEN) is None


def test_a_window_is_to_come_open_and_closed():
    assert OPEN.availability(NINE - MINUTE) is Availability.TO_COME
    assert OPEN.availability(NINE) is Availability.OPEN
    assert OPEN.availability(NINE + 3 * HOUR) is Availability.CLOSED
    assert Window(NINE, None, NINE + HOUR).availability(NINE + HOUR) is Availability.CLOSED


@pytest.mark.parametrize(
    ("tries", "now", "is_pre_test", "problem"),
    [
        (Tries(0, 3), NINE, False, None),
        (Tries(0, 1), NINE, True, None),
        (Tries(1, 1), NINE, True, StartProblem.TAKEN),
        (Tries(3, 3), NINE, False, StartProblem.NO_ATTEMPT_LEFT),
        (Tries(3, 4), NINE, False, None),
        (Tries(1, 3, is_passed=True), NINE, False, StartProblem.PASSED),
        (Tries(1, 3, is_graded=False), NINE, False, StartProblem.WAITS_FOR_GRADING),
        (Tries(0, 3), NINE - MINUTE, False, StartProblem.NOT_YET_OPEN),
        (Tries(0, 3), NINE + 3 * HOUR, False, StartProblem.CLOSED),
        (Tries(1, 3, last_ended_at=NINE - HOUR, wait_hours=2), NINE, False, StartProblem.WAIT),
        (Tries(1, 3, last_ended_at=NINE - HOUR, wait_hours=1), NINE, False, None),
        (Tries(1, 3, last_ended_at=NINE, wait_hours=0), NINE, False, None),
    ],
)
def test_what_stands_against_starting(tries, now, is_pre_test, problem):
    assert start_problem(OPEN, tries, now, is_pre_test=is_pre_test) is problem


def test_tries_left_are_never_below_nothing():
    assert Tries(4, 3).left == 0
    assert Tries(1, 3, last_ended_at=NINE, wait_hours=24).next_from == NINE + 24 * HOUR
    assert Tries(0, 3, wait_hours=24).next_from is None
