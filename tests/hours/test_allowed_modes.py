"""Minutes in a mode that their module does not allow earn nothing, whatever they come from."""

from uuid import UUID

import pytest

from advocates.curriculum.delivery import DeliveryMode
from advocates.hours.rules import (
    Earned,
    ModuleHours,
    Part,
    Source,
    SourceKind,
    VersionHours,
    balance,
    forecast,
    target_slices,
)

ROOM, OPEN = UUID(int=1), UUID(int=2)
IN_PERSON, ONLINE, ACTIVITY = DeliveryMode.IN_PERSON, DeliveryMode.LIVE_ONLINE, DeliveryMode.EQUIVALENT_ACTIVITY
VERSION = VersionHours(150, {ROOM: ModuleHours(90, modes=frozenset({IN_PERSON})), OPEN: ModuleHours(60, position=1)})


@pytest.mark.parametrize(
    ("parts", "credited"),
    [
        ([Part(ROOM, 0, 90, IN_PERSON)], 90),
        ([Part(ROOM, 0, 90, ONLINE)], 0),
        ([Part(ROOM, 0, 90, ACTIVITY)], 90),
        ([Part(OPEN, 0, 60, ONLINE)], 60),
        ([Part(ROOM, 0, 60, ONLINE), Part(ROOM, 30, 90, IN_PERSON)], 60),
    ],
)
def test_only_what_a_module_allows_is_credited(parts, credited):
    assert balance(parts, VERSION).credited_minutes == credited


def test_a_missing_part_stays_missing_after_an_online_attendance():
    first, _ = balance([Part(ROOM, 0, 90, ONLINE)], VERSION).modules
    assert [(each.from_minute, each.to_minute) for each in first.missing] == [(0, 90)]


def test_nothing_is_posted_for_it():
    source = Source(SourceKind.MARK, UUID(int=9), UUID(int=8))
    facts = [Earned(ROOM, 0, 90, ONLINE, source), Earned(OPEN, 0, 60, ONLINE, source)]
    assert [(each.module_id, each.minutes) for each in target_slices(facts, VERSION)] == [(OPEN, 60)]


def test_a_session_to_come_in_such_a_mode_promises_nothing():
    online = [Part(ROOM, 0, 90, ONLINE), Part(OPEN, 0, 60, ONLINE)]
    ahead = forecast([], [], online, VERSION)
    assert (ahead.still_possible, ahead.without_place_minutes, ahead.can_complete_here) == (60, 90, False)


def test_a_version_that_names_no_modes_allows_them_all():
    plain = VersionHours(150, {ROOM: ModuleHours(90), OPEN: ModuleHours(60, position=1)})
    for mode in DeliveryMode:
        assert balance([Part(ROOM, 0, 90, mode)], plain).credited_minutes == 90
