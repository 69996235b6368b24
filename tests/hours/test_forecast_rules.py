"""Credited, awaiting, unconfirmed, still possible: never more than required, never "100 %" too early."""

import uuid

import pytest

from advocates.curriculum.delivery import DeliveryMode
from advocates.hours.rules import ModuleHours, Part, Slice, VersionHours, forecast

IN_PERSON, ONLINE, SELF_PACED, EQUIVALENT = DeliveryMode
SAFETY, COURT, ART = (uuid.UUID(int=n) for n in (1, 2, 3))
VERSION = VersionHours(240, {SAFETY: ModuleHours(120, position=1), COURT: ModuleHours(120, position=2)})


def part(from_minute, to_minute, module=SAFETY, mode=IN_PERSON):
    return Part(module, from_minute, to_minute, mode)


ALL = (part(0, 120), part(0, 120, COURT))


def figures(result):
    return (
        result.credited,
        result.awaiting,
        result.unconfirmed,
        result.still_possible,
        result.without_place_minutes,
    )


@pytest.mark.parametrize(
    ("live", "awaiting", "unconfirmed", "upcoming", "expected"),
    [
        pytest.param([], [], [], [], (0, 0, 0, 0, 240), id="nothing scheduled"),
        pytest.param([], [], [], ALL, (0, 0, 0, 240, 0), id="all to come"),
        pytest.param([part(0, 120)], [], [], ALL[1:], (120, 0, 0, 120, 0), id="all attended so far is no 100 percent"),
        pytest.param([part(0, 60)], [part(60, 120)], [], ALL[1:], (60, 60, 0, 120, 0), id="marked, unsigned"),
        pytest.param([part(0, 60)], [part(30, 90)], [], [], (60, 30, 0, 0, 150), id="awaiting overlaps live"),
        pytest.param([part(0, 60)], [part(30, 90)], [], ALL, (60, 30, 0, 150, 0), id="upcoming overlaps both"),
        pytest.param([], [], [part(0, 120)], ALL[1:], (0, 0, 120, 120, 0), id="an unmarked past session is unknown"),
        pytest.param([], [part(0, 50)], [], ALL[1:], (0, 50, 0, 120, 70), id="marked late: 70 without a place"),
        pytest.param([], [], [part(0, 120)], ALL, (0, 0, 120, 120, 0), id="unknown but taught again"),
        pytest.param(ALL, ALL, ALL, ALL, (240, 0, 0, 0, 0), id="complete, whatever else comes"),
    ],
)
def test_forecast(live, awaiting, unconfirmed, upcoming, expected):
    result = forecast(live, awaiting, upcoming, VERSION, unconfirmed)
    assert figures(result) == expected
    assert result.required == 240
    assert result.can_complete_here is (expected[-1] == 0)


def test_the_moment_a_slice_has_no_place_left_completion_here_is_impossible_and_it_is_named():
    missed = [part(20, 120), part(0, 120, COURT)]
    assert forecast([], [], [*missed, part(0, 20)], VERSION).can_complete_here
    result = forecast([], [], missed, VERSION)
    assert not result.can_complete_here
    assert result.owed_without_place == {SAFETY: (Slice(0, 20),)}


def test_a_session_to_come_that_only_a_cap_would_refuse_is_not_possible():
    version = VersionHours(240, VERSION.modules, delivery_caps={ONLINE: 60})
    result = forecast([part(0, 60, mode=ONLINE)], [], [part(60, 120, mode=ONLINE), ALL[1]], version)
    assert figures(result) == (60, 0, 0, 120, 60)
    assert result.owed_without_place == {SAFETY: (Slice(60, 120),)}


def test_full_hours_without_the_in_person_minimum_cannot_complete_here():
    version = VersionHours(240, VERSION.modules, delivery_minimums={IN_PERSON: 120})
    online = [part(0, 120, mode=ONLINE), part(0, 120, COURT, ONLINE)]
    result = forecast(online[:1], [], online[1:], version)
    assert (result.without_place_minutes, result.can_complete_here) == (0, False)
    assert forecast(online[:1], [], ALL[1:], version).can_complete_here


def test_electives_owed_are_counted_apart_from_required_slices():
    modules = {**VERSION.modules, ART: ModuleHours(90, is_required=False, position=3)}
    version = VersionHours(300, modules, electives_owed_minutes=60)
    result = forecast(ALL, [], [part(0, 40, ART)], version)
    assert figures(result) == (240, 0, 0, 40, 20)
    assert result.owed_without_place == {}
    assert result.electives_without_place == 20
    assert forecast(ALL, [], [part(0, 90, ART)], version).can_complete_here


@pytest.mark.parametrize(
    ("claimed", "elsewhere", "expected"),
    [
        pytest.param([], [], (0, 0, 100), id="nothing known"),
        pytest.param([part(0, 60)], [], (60, 0, 40), id="proposed"),
        pytest.param([], [part(0, 60)], (0, 60, 40), id="possible elsewhere"),
        pytest.param([part(0, 60)], [part(30, 100)], (60, 40, 0), id="what is proposed is not counted again"),
        pytest.param([ALL[1]], [ALL[1]], (0, 0, 100), id="what comes here anyway brings nothing"),
    ],
)
def test_what_has_no_place_here_is_claimed_possible_elsewhere_or_nowhere(claimed, elsewhere, expected):
    here = [part(100, 120), ALL[1]]
    result = forecast([], [], here, VERSION, claimed=claimed, elsewhere=elsewhere)
    assert (result.claimed, result.elsewhere, result.nowhere_minutes) == expected
    assert sum(expected) == result.without_place_minutes == 100
    assert not result.can_complete_here
