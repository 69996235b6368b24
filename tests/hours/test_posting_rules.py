"""From facts to the ledger: what stands, what is reversed, what is added."""

import uuid
from itertools import permutations

import pytest

from advocates.curriculum.delivery import DeliveryMode
from advocates.hours.rules import (
    Earned,
    LiveEntry,
    ModuleHours,
    Posting,
    Source,
    SourceKind,
    VersionHours,
    assign_modes,
    difference,
    target_slices,
)

IN_PERSON, ONLINE, SELF_PACED, EQUIVALENT = DeliveryMode
SAFETY, COURT = uuid.UUID(int=1), uuid.UUID(int=2)
MONDAY, TUESDAY, FRIDAY = (Source(SourceKind.MARK, uuid.UUID(int=n), uuid.UUID(int=90 + n)) for n in (11, 12, 13))
ACTIVITY = Source(SourceKind.MAKE_UP, uuid.UUID(int=14))
VERSION = VersionHours(
    240,
    {SAFETY: ModuleHours(120, position=1), COURT: ModuleHours(120, position=2)},
    delivery_caps={SELF_PACED: 0, EQUIVALENT: 60},
)


def earned(from_minute, to_minute, source=MONDAY, mode=IN_PERSON, module=SAFETY):
    return Earned(module, from_minute, to_minute, mode, source)


def entry(number, from_minute, to_minute, source=MONDAY, mode=IN_PERSON, module=SAFETY):
    return LiveEntry(module, from_minute, to_minute, mode, source, uuid.UUID(int=1000 + number))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param([], [], id="no facts"),
        pytest.param([earned(0, 60)], [earned(0, 60)], id="one"),
        pytest.param([earned(0, 60), earned(60, 90)], [earned(0, 90)], id="one source, touching"),
        pytest.param([earned(0, 60), earned(0, 60, TUESDAY)], [earned(0, 60)], id="same slice twice: the earliest"),
        pytest.param(
            [earned(30, 90), earned(0, 60, TUESDAY)],
            [earned(0, 30, TUESDAY), earned(30, 90)],
            id="overlap is cut",
        ),
        pytest.param(
            [earned(0, 60, mode=ONLINE), earned(30, 60, FRIDAY)],
            [earned(0, 30, mode=ONLINE), earned(30, 60, FRIDAY)],
            id="in person before online, though later",
        ),
        pytest.param(
            [earned(0, 40, MONDAY, SELF_PACED), earned(20, 60, ACTIVITY, EQUIVALENT)],
            [earned(0, 20, MONDAY, SELF_PACED), earned(20, 60, ACTIVITY, EQUIVALENT)],
            id="an activity before a mode that never counts",
        ),
        pytest.param([earned(100, 150)], [earned(100, 120)], id="never beyond the module"),
        pytest.param([earned(0, 60, module=uuid.UUID(int=9))], [], id="never outside the version"),
    ],
)
def test_target_slices(facts, expected):
    assert {target_slices(order, VERSION) for order in permutations(facts)} == {tuple(expected)}


def test_a_slice_paid_by_an_activity_counts_although_its_online_minutes_are_beyond_the_cap():
    version = VersionHours(240, VERSION.modules, delivery_caps={ONLINE: 120, EQUIVALENT: 60})
    online = [earned(0, 120, MONDAY, ONLINE), earned(0, 60, TUESDAY, ONLINE, COURT)]
    paid = earned(0, 60, ACTIVITY, EQUIVALENT, COURT)
    assert target_slices([*online, paid], version) == (online[0], paid)


def test_minutes_with_only_one_mode_claim_its_room_first():
    version = VersionHours(240, VERSION.modules, delivery_caps={ONLINE: 60, EQUIVALENT: 60})
    either = [earned(0, 60, MONDAY, ONLINE), earned(0, 60, ACTIVITY, EQUIVALENT)]
    only_online = earned(0, 60, TUESDAY, ONLINE, COURT)
    assert target_slices([*either, only_online], version) == (either[1], only_online)


def test_a_fact_already_posted_keeps_its_place_against_an_earlier_one():
    live = [entry(1, 0, 60, TUESDAY)]
    facts = [earned(0, 60, TUESDAY), earned(0, 90, MONDAY)]
    assert target_slices(facts, VERSION, live) == (earned(0, 60, TUESDAY), earned(60, 90, MONDAY))


def test_a_posted_entry_whose_fact_is_gone_holds_nothing():
    assert target_slices([earned(0, 60)], VERSION, [entry(1, 0, 60, TUESDAY)]) == (earned(0, 60),)


def test_nothing_is_posted_when_the_ledger_agrees():
    assert difference([entry(1, 0, 60)], [earned(0, 60)]).is_empty


def test_how_the_target_is_cut_does_not_matter():
    assert difference([entry(1, 0, 30), entry(2, 30, 60)], [earned(0, 60)]).is_empty
    assert difference([entry(1, 0, 60)], [earned(0, 20), earned(20, 60)]).is_empty


def test_sign_off_adds_and_reverses_nothing():
    assert difference([], [earned(0, 60)]) == Posting((), (earned(0, 60),))


def test_a_grown_slice_adds_only_what_is_new():
    assert difference([entry(1, 0, 60)], [earned(0, 90)]) == Posting((), (earned(60, 90),))


def test_a_shrunk_slice_is_reversed_whole_and_the_rest_added_again():
    old = entry(1, 0, 60)
    assert difference([old], [earned(0, 40)]) == Posting((old,), (earned(0, 40),))


def test_a_correction_reverses_only_what_stood_on_the_old_mark():
    old, other = entry(1, 0, 60), entry(2, 60, 120, TUESDAY)
    posting = difference([old, other], [earned(0, 50, FRIDAY), earned(60, 120, TUESDAY)])
    assert posting == Posting((old,), (earned(0, 50, FRIDAY),))


def test_another_mode_for_the_same_slice_is_another_entry():
    old = entry(1, 0, 60, mode=ONLINE)
    assert difference([old], [earned(0, 60)]) == Posting((old,), (earned(0, 60),))


def test_an_entry_posted_twice_by_mistake_is_reversed_once():
    first, second = entry(1, 0, 60), entry(2, 0, 60)
    assert difference([second, first], [earned(0, 60)]) == Posting((second,), ())


def test_reversing_one_of_two_attendances_leaves_the_other_standing():
    live = [entry(1, 0, 60, MONDAY)]
    only_tuesday = [earned(0, 60, TUESDAY)]
    posting = difference(live, target_slices(only_tuesday, VERSION, live))
    assert posting == Posting((live[0],), (earned(0, 60, TUESDAY),))


def test_reversing_the_attendance_that_was_never_posted_changes_nothing():
    live = [entry(1, 0, 60, MONDAY)]
    assert difference(live, target_slices([earned(0, 60, MONDAY)], VERSION, live)).is_empty


def test_modes_come_in_curriculum_order_whatever_the_ids():
    version = VersionHours(240, {SAFETY: ModuleHours(120, position=2), COURT: ModuleHours(120, position=1)})
    parts = assign_modes([earned(0, 60), earned(0, 60, module=COURT)], version)
    assert [part.module_id for part in parts] == [COURT, SAFETY]
