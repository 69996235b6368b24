"""What a map says, what it takes along, and what is wrong with one."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.curriculum.delivery import DeliveryMode
from advocates.equivalence.rules import (
    Equivalence,
    GateKind,
    GateLine,
    Line,
    Link,
    Outline,
    OutlineModule,
    after,
    before,
    carried,
    default_equivalence,
    left_behind,
    map_problems,
    unmapped_slices,
)
from advocates.hours.rules import Earned, Slice, Source, SourceKind, total_minutes

A, B, C, X, Y = (uuid.UUID(int=n) for n in range(1, 6))
TRANSFER = uuid.UUID(int=77)
OLD = Outline(
    (OutlineModule(A, "a", "Alpha", 60), OutlineModule(B, "b", "Beta", 90), OutlineModule(C, "c", "Gamma", 30)),
    skills=("Listens", "Plans"),
    agreements=("code_of_ethics", "confidentiality"),
)
NEW = Outline(
    (OutlineModule(A, "a", "Alpha", 45), OutlineModule(X, "x", "Xi", 90), OutlineModule(Y, "b", "Beta anew", 120)),
    skills=("Listens", "Refers"),
    agreements=("code_of_ethics",),
)


def earned(module_id, first, last, mode=DeliveryMode.IN_PERSON, source=9):
    return Earned(module_id, first, last, mode, Source(SourceKind.MARK, uuid.UUID(int=source), uuid.UUID(int=90)))


def slices_of(parts):
    return [(part.module_id, part.from_minute, part.to_minute) for part in parts]


def test_versions_share_modules_of_one_key_as_far_as_both_go():
    said = default_equivalence(OLD, NEW)
    assert said.lines == (Line(A, 0, 45, A, 0), Line(B, 0, 90, Y, 0))
    assert said.gates == (
        GateLine(GateKind.PRE_TEST),
        GateLine(GateKind.SKILL, "Listens", "Listens"),
        GateLine(GateKind.AGREEMENT, "code_of_ethics", "code_of_ethics"),
    )
    assert map_problems(said, OLD, NEW) == ()


@pytest.mark.parametrize(
    ("facts", "lines", "expected"),
    [
        ([earned(A, 0, 60)], [Line(A, 0, 45, A, 0)], [(A, 0, 45)]),
        ([earned(A, 50, 60)], [Line(A, 0, 45, A, 0)], []),
        ([earned(A, 10, 30)], [Line(A, 0, 20, X, 40), Line(A, 20, 60, Y, 5)], [(X, 50, 60), (Y, 5, 15)]),
        ([earned(C, 0, 30)], [Line(A, 0, 45, A, 0)], []),
        ([earned(A, 0, 60), earned(B, 0, 30)], [Line(A, 0, 60, X, 0), Line(B, 0, 30, X, 0)], [(X, 0, 60), (X, 0, 30)]),
    ],
    ids=["cut short", "outside", "split", "unmapped", "two into one"],
)
def test_what_is_earned_moves_slice_by_slice(facts, lines, expected):
    assert slices_of(carried(facts, lines, TRANSFER)) == expected


def test_what_is_carried_names_the_transfer_and_keeps_mode_and_evidence():
    (part,) = carried([earned(A, 0, 60, DeliveryMode.LIVE_ONLINE)], [Line(A, 0, 45, A, 0)], TRANSFER)
    assert part.mode is DeliveryMode.LIVE_ONLINE
    assert part.source == Source(SourceKind.MARK, uuid.UUID(int=9), uuid.UUID(int=90), TRANSFER)


def test_what_does_not_map_is_named():
    facts = [earned(A, 0, 60), earned(A, 30, 50, source=10), earned(C, 0, 10)]
    assert left_behind(facts, [Line(A, 0, 45, A, 0)]) == {A: (Slice(45, 60),), C: (Slice(0, 10),)}
    assert unmapped_slices([Line(A, 0, 45, A, 0)], OLD) == {A: (Slice(45, 60),), B: (Slice(0, 90),), C: (Slice(0, 30),)}


@pytest.mark.parametrize(
    ("lines", "path", "said"),
    [
        ([Line(X, 0, 10, X, 0)], "0.from_module_id", "not in the version that people leave"),
        ([Line(A, 0, 10, B, 0)], "0.to_module_id", "not in the version that people go on in"),
        ([Line(A, 0, 61, X, 0)], "0.from_minute", "within 0 and %(minutes)s"),
        ([Line(A, 10, 10, X, 0)], "0.from_minute", "the first before the last"),
        ([Line(A, 0, 60, A, 0)], "0.to_from_minute", "begin earlier or take less"),
        ([Line(A, 0, 40, X, 0), Line(A, 30, 60, Y, 0)], "1.from_minute", "A minute counts once"),
    ],
)
def test_a_wrong_line_is_named_at_its_field(lines, path, said):
    (problem,) = map_problems(Equivalence(tuple(lines)), OLD, NEW)
    assert problem.path == path
    assert said in problem.message


@pytest.mark.parametrize(
    "gates",
    [
        (GateLine(GateKind.SKILL, "Dances", "Refers"),),
        (GateLine(GateKind.AGREEMENT, "confidentiality", "confidentiality"),),
        (GateLine(GateKind.SKILL, "Listens", "Refers"), GateLine(GateKind.SKILL, "Plans", "Refers")),
    ],
    ids=["unknown skill", "agreement not asked", "twice"],
)
def test_a_gate_that_cannot_stand_is_refused(gates):
    assert map_problems(Equivalence((), gates), OLD, NEW)


def test_chains_are_followed_in_both_directions():
    first, second, third, fourth = (uuid.UUID(int=n) for n in range(20, 24))
    links = [
        Link(uuid.UUID(int=2), second, third, A, B),
        Link(uuid.UUID(int=1), first, second, A, B),
        Link(uuid.UUID(int=3), third, fourth, A, B),
    ]
    assert [link.from_enrollment_id for link in before(links, [third])] == [first, second]
    assert after(links, [second]) == {third, fourth}
    assert before(links, [first]) == []


@st.composite
def minutes_of(draw, most):
    first = draw(st.integers(0, most - 1))
    return first, draw(st.integers(first + 1, most))


@given(st.lists(minutes_of(60), max_size=6), minutes_of(60))
def test_nothing_grows_and_nothing_vanishes_unseen(attended, taken):
    """What is carried and what is left behind add up to what was earned."""
    facts = [earned(A, *minutes, source=number) for number, minutes in enumerate(attended)]
    line = Line(A, *taken, X, 0)
    moved = total_minutes(part.slice for part in carried(facts, [line], TRANSFER))
    left = total_minutes(left_behind(facts, [line]).get(A, ()))
    assert moved + left == total_minutes(fact.slice for fact in facts)
