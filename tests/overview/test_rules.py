"""Where every required minute stands, and what a trainee has to do."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.credentials.rules import Requirement, RequirementKind
from advocates.curriculum.delivery import DeliveryMode
from advocates.hours.rules import ModuleHours, Part, Slice, VersionHours, balance
from advocates.overview.rules import Evidence, Offer, Outlook, look_ahead, steps_of

A, B = UUID(int=1), UUID(int=2)
MODULES = {A: ModuleHours(60, position=0), B: ModuleHours(40, position=1)}
VERSION = VersionHours(100, MODULES)
S1, S2 = UUID(int=11), UUID(int=12)
IN_PERSON, ONLINE = DeliveryMode.IN_PERSON, DeliveryMode.LIVE_ONLINE


def part(module_id: UUID, first: int, last: int, mode: DeliveryMode = IN_PERSON) -> Part:
    return Part(module_id, first, last, mode)


def outlook(live: list[Part], version: VersionHours = VERSION, **evidence: object) -> Outlook:
    return look_ahead(balance(live, version), live, Evidence(**evidence), version)  # type: ignore[arg-type]


def figures(found: Outlook) -> tuple[int, ...]:
    ahead = found.forecast
    known = (ahead.credited, ahead.awaiting, ahead.unconfirmed, ahead.still_possible)
    return (*known, found.missed_minutes, found.unplanned_minutes)


def test_before_anything_is_scheduled_all_is_unplanned_and_nobody_is_alarmed():
    found = outlook([])
    assert figures(found) == (0, 0, 0, 0, 0, 100)
    assert not found.needs_more_than_cohort


def test_each_minute_stands_in_one_place():
    found = outlook(
        [part(A, 0, 20)],
        awaiting=[part(A, 10, 30)],
        unconfirmed=[part(A, 30, 40)],
        offers=[Offer(S1, [part(B, 0, 10)]), Offer(S2, [part(B, 5, 30)])],
        taught=[part(A, 0, 50)],
    )
    assert figures(found) == (20, 10, 10, 30, 10, 20)
    first, second = found.gaps
    assert (first.awaiting, first.unconfirmed, first.missed, first.unplanned) == (
        (Slice(20, 30),),
        (Slice(30, 40),),
        (Slice(40, 50),),
        (Slice(50, 60),),
    )
    assert (second.to_come, second.next_session_id, second.unplanned) == ((Slice(0, 30),), S1, (Slice(30, 40),))


def test_what_was_taught_without_the_person_needs_a_make_up_unless_it_comes_again():
    missed = outlook([], offers=[Offer(S1, [part(B, 0, 40)])], taught=[part(A, 0, 60)])
    assert (missed.missed_minutes, missed.needs_more_than_cohort) == (60, True)
    assert [gap.module_id for gap in missed.missed] == [A]
    again = outlook([], offers=[Offer(S1, [part(B, 0, 40), part(A, 0, 60)])], taught=[part(A, 0, 60)])
    assert (again.missed_minutes, again.needs_more_than_cohort) == (0, False)


def test_what_awaits_confirmation_is_no_debt():
    found = outlook([], awaiting=[part(A, 0, 60)], taught=[part(A, 0, 60)], offers=[Offer(S1, [part(B, 0, 40)])])
    assert figures(found) == (0, 60, 0, 40, 0, 0)
    assert not found.needs_more_than_cohort


def test_minutes_beyond_a_cap_need_a_make_up_in_another_mode():
    version = VersionHours(100, MODULES, delivery_caps={ONLINE: 30})
    found = outlook(
        [part(A, 0, 60, ONLINE)], version, offers=[Offer(S1, [part(B, 0, 40)])], taught=[part(A, 0, 60, ONLINE)]
    )
    assert figures(found) == (30, 0, 0, 40, 30, 0)
    assert found.needs_more_than_cohort


def test_a_least_number_of_minutes_in_person_that_is_out_of_reach_is_told():
    version = VersionHours(100, MODULES, delivery_minimums={IN_PERSON: 50})
    found = outlook([part(A, 0, 60, ONLINE)], version, offers=[Offer(S1, [part(B, 0, 40)])])
    assert found.needs_more_than_cohort
    assert [(short.needed, short.credited) for short in found.unreachable] == [(50, 40)]


def test_nothing_is_missing_once_all_is_credited():
    found = outlook([part(A, 0, 60), part(B, 0, 40)])
    assert (found.gaps, found.needs_more_than_cohort) == ((), False)
    assert figures(found) == (100, 0, 0, 0, 0, 0)


PARTS = st.lists(
    st.builds(
        lambda module, ends, mode: Part(module, min(ends), max(ends) + 1, mode),
        st.sampled_from([A, B, UUID(int=3)]),
        st.tuples(st.integers(0, 59), st.integers(0, 59)),
        st.sampled_from([IN_PERSON, ONLINE]),
    ),
    max_size=5,
)
VERSIONS = st.builds(
    lambda owed, caps, least: VersionHours(
        100 + owed, {**MODULES, UUID(int=3): ModuleHours(50, is_required=False, position=2)}, owed, caps, least
    ),
    st.integers(0, 50),
    st.sampled_from([{}, {ONLINE: 0}, {ONLINE: 25}]),
    st.sampled_from([{}, {IN_PERSON: 40}]),
)


@given(live=PARTS, awaiting=PARTS, unconfirmed=PARTS, upcoming=PARTS, taught=PARTS, version=VERSIONS)
def test_the_figures_always_add_up_to_what_is_required(live, awaiting, unconfirmed, upcoming, taught, version):
    found = outlook(
        live, version, awaiting=awaiting, unconfirmed=unconfirmed, offers=[Offer(S1, upcoming)], taught=taught
    )
    assert sum(figures(found)) == version.required_contact_minutes
    assert min(figures(found)) >= 0
    for gap in found.gaps:
        assert gap.missing_minutes == gap.minutes - gap.credited


@given(live=PARTS, awaiting=PARTS, unconfirmed=PARTS, upcoming=PARTS, taught=PARTS)
def test_without_caps_the_modules_tell_the_same_as_the_figures(live, awaiting, unconfirmed, upcoming, taught):
    offers = [Offer(S1, upcoming)]
    found = outlook(live, awaiting=awaiting, unconfirmed=unconfirmed, offers=offers, taught=taught)
    by_module = [
        sum(part.minutes for gap in found.gaps for part in getattr(gap, name))
        for name in ("awaiting", "unconfirmed", "to_come", "missed", "unplanned")
    ]
    assert tuple(by_module) == figures(found)[1:]


def requirement(kind: RequirementKind, subject: str = "", **more: object) -> Requirement:
    return Requirement(kind, subject, 1, **{"credited": 0, **more})  # type: ignore[arg-type]


def test_steps_come_in_the_order_in_which_they_are_done():
    asked = [
        requirement(RequirementKind.POST_TEST),
        requirement(RequirementKind.SKILL, "Listens"),
        requirement(RequirementKind.SKILL, "Closes", credited=1),
        requirement(RequirementKind.MODULE, str(A)),
        requirement(RequirementKind.AGREEMENT, "confidentiality", credited=1),
    ]
    steps = steps_of(asked)
    assert [str(step.kind) for step in steps] == ["agreement", "skill", "post_test"]
    assert [step.is_done for step in steps] == [True, False, False]
    assert (steps[1].done, [each.subject for each in steps[1].open]) == (1, ["Listens"])


@pytest.mark.parametrize(("credited", "is_waived"), [(0, True), (1, False)])
def test_a_step_is_waived_only_where_nothing_was_shown(credited, is_waived):
    waiver = None if credited else UUID(int=9)
    step = steps_of([requirement(RequirementKind.PRE_TEST, credited=credited, waiver_id=waiver)])[0]
    assert (step.is_done, step.is_waived) == (True, is_waived)
