"""Debts and what may pay them: pure rules."""

import uuid

import pytest

from advocates.attendance.rules.make_ups import Debt, Elsewhere, covers, credited_minutes, debts_of, room_under_cap
from advocates.curriculum.delivery import DeliveryMode
from advocates.hours.rules import ModuleHours, Part, Slice, VersionHours, balance

ONE, TWO = uuid.UUID(int=1), uuid.UUID(int=2)
VERSION = VersionHours(
    150,
    {ONE: ModuleHours(90, position=0), TWO: ModuleHours(60, position=1)},
    delivery_caps={DeliveryMode.EQUIVALENT_ACTIVITY: 100},
)


def part(from_minute, to_minute, module_id=ONE, mode=DeliveryMode.IN_PERSON):
    return Part(module_id, from_minute, to_minute, mode)


def debts(live=(), claimed=(), **elsewhere):
    found = debts_of(balance(live, VERSION), Elsewhere(**elsewhere), claimed)
    return [(debt.minutes.from_minute, debt.minutes.to_minute) for debt in found if debt.module_id == ONE]


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ({}, [(0, 90)]),
        ({"live": [part(0, 90)]}, []),
        ({"live": [part(20, 60)]}, [(0, 20), (60, 90)]),
        ({"expected": [part(0, 85)]}, [(85, 90)]),
        ({"to_come": [part(0, 90)]}, []),
        # It was taught without the person: a debt, although the cohort repeats it.
        ({"to_come": [part(0, 90)], "taught": [part(0, 45)]}, [(0, 45)]),
        ({"claimed": [Debt(ONE, Slice(10, 30))]}, [(0, 10), (30, 90)]),
        ({"claimed": [Debt(TWO, Slice(10, 30))]}, [(0, 90)]),
        # A cap keeps it from being credited where it is to come, or awaits sign-off.
        ({"to_come": [part(0, 90)], "refused": {ONE: (Slice(60, 90),)}}, [(60, 90)]),
        ({"expected": [part(0, 90)], "refused": {ONE: (Slice(60, 90),), TWO: (Slice(0, 60),)}}, [(60, 90)]),
    ],
)
def test_a_debt_is_missing_not_expected_and_not_claimed(what, expected):
    assert debts(**what) == expected


def test_a_debt_tells_what_of_it_is_not_scheduled_yet():
    elsewhere = Elsewhere(to_come=[part(70, 90)], taught=[part(0, 40)])
    first, second = debts_of(balance([part(0, 20)], VERSION), elsewhere)
    assert (first.minutes, first.unplanned, first.unplanned_minutes) == (Slice(20, 70), (Slice(40, 70),), 30)
    assert (second.module_id, second.unplanned) == (TWO, (Slice(0, 60),))


def test_debts_stand_in_curriculum_order():
    assert [debt.module_id for debt in debts_of(balance([], VERSION), Elsewhere())] == [ONE, TWO]


@pytest.mark.parametrize(
    ("slices", "wanted", "is_covered"),
    [
        ([(0, 85)], (0, 85), True),
        ([(0, 40), (40, 85)], (30, 50), True),
        ([(0, 40), (41, 85)], (30, 50), False),
        ([], (0, 1), False),
    ],
)
def test_a_slice_is_covered_minute_by_minute(slices, wanted, is_covered):
    assert covers([Slice(*each) for each in slices], Slice(*wanted)) is is_covered


def test_the_room_under_the_cap_counts_what_is_credited_and_proposed():
    live = [part(0, 30, mode=DeliveryMode.EQUIVALENT_ACTIVITY), part(30, 90)]
    assert room_under_cap([], 0, VERSION) == 100
    assert room_under_cap(live, 20, VERSION) == 50
    assert room_under_cap(live, 90, VERSION) == 0
    assert room_under_cap(live, 20, VersionHours(150, VERSION.modules)) is None


def test_credited_minutes_are_those_of_the_slice_whatever_their_source():
    assert credited_minutes([part(0, 30), part(50, 90), part(0, 60, TWO)], Debt(ONE, Slice(20, 60))) == 20
