"""Clashes: tables of cases."""

import uuid
from datetime import UTC, date, datetime

import pytest

from advocates.schedule.rules import room_key
from advocates.staffing.rules import Booking, Clash, Held, clashes

A, B = uuid.UUID(int=1), uuid.UUID(int=2)


def booking(number, starts, ends, *holds):
    def at(hour):
        return datetime(2026, 11, 3, hour, tzinfo=UTC)

    return Booking(uuid.UUID(int=100 + number), at(starts), at(ends), frozenset(holds))


@pytest.mark.parametrize(
    ("one", "other", "is_clash"),
    [
        ((9, 12, A), (11, 14, A), True),
        ((9, 12, A), (12, 14, A), False),
        ((9, 17, A), (10, 11, A), True),
        ((9, 12, A), (9, 12, B), False),
        ((9, 12), (9, 12), False),
        ((9, 12, A, "room"), (11, 13, "room"), True),
    ],
)
def test_two_sessions(one, other, is_clash):
    found = clashes([booking(1, *one), booking(2, *other)])
    assert bool(found) is is_clash
    assert set(found) == ({uuid.UUID(int=101), uuid.UUID(int=102)} if is_clash else set())
    assert clashes([booking(2, *other), booking(1, *one)]) == found


def test_each_person_and_each_other_session_is_named():
    found = clashes([booking(1, 9, 12, A, B), booking(2, 9, 12, A), booking(3, 11, 12, B)])
    assert set(found[uuid.UUID(int=101)]) == {Clash(uuid.UUID(int=102), A), Clash(uuid.UUID(int=103), B)}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Malcolm X College", "1104"), (" malcolm x  college", "1104 "), True),
        (("Malcolm X College", "1104"), ("Malcolm X College", "1105"), False),
        (("Malcolm X College", "1104"), ("The annex", "1104"), False),
        (("Malcolm X College", ""), ("Malcolm X College", " "), True),
    ],
)
def test_rooms(one, other, same):
    assert (room_key(*one) == room_key(*other)) is same
    assert room_key("Malcolm X College", None) is None


@pytest.mark.parametrize(
    ("until", "day", "holds"),
    [
        (None, date(2030, 1, 1), True),
        (date(2026, 11, 3), date(2026, 11, 3), True),
        (date(2026, 11, 3), date(2026, 11, 4), False),
        (None, date(2025, 12, 31), False),
    ],
)
def test_qualifications_hold_on_their_first_and_last_day(until, day, holds):
    assert Held("Trainer", date(2026, 1, 1), until).holds_on(day) is holds
