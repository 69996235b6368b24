"""What of tests, skills and agreements stands after a transfer."""

import uuid
from datetime import date

import pytest

from advocates.assessments.rules import AssessmentFacts, Attempt, SignedAgreement, SignedSkill, with_carried
from advocates.equivalence.rules import GateKind, GateLine

DAY = date(2026, 10, 20)
OLD, NEW, TRAINER, TEXT = (uuid.UUID(int=n) for n in range(1, 5))


def attempt(number, score=40):
    return Attempt(uuid.UUID(int=10 + number), number, score, 50, DAY)


def skill(name, number=20):
    return SignedSkill(uuid.UUID(int=number), name, DAY, TRAINER)


def agreement(key, number=30):
    return SignedAgreement(uuid.UUID(int=number), key, 1, DAY, TEXT)


SKILLS = (skill("Listens"), skill("Plans", 21))
LEFT = AssessmentFacts(OLD, attempt(1), (attempt(1, 20), attempt(2)), SKILLS, (agreement("code_of_ethics"),))
HERE = AssessmentFacts(NEW)


@pytest.mark.parametrize(
    ("gate", "expected"),
    [
        (GateLine(GateKind.PRE_TEST), AssessmentFacts(NEW, pre_test_taken=LEFT.pre_test_taken)),
        (GateLine(GateKind.POST_TEST), AssessmentFacts(NEW, post_test_attempts=LEFT.post_test_attempts)),
        (
            GateLine(GateKind.SKILL, "Plans", "Makes plans"),
            AssessmentFacts(NEW, signed_skills=(skill("Makes plans", 21),)),
        ),
        (
            GateLine(GateKind.AGREEMENT, "code_of_ethics", "code_of_ethics"),
            AssessmentFacts(NEW, signed_agreements=(agreement("code_of_ethics"),)),
        ),
        (GateLine(GateKind.SKILL, "Dances", "Dances"), HERE),
        (GateLine(GateKind.AGREEMENT, "confidentiality", "confidentiality"), HERE),
    ],
    ids=lambda value: value.kind.value if isinstance(value, GateLine) else "",
)
def test_only_what_is_mapped_stands(gate, expected):
    assert with_carried(HERE, LEFT, [gate]) == expected


def test_nothing_mapped_leaves_everything_to_be_done_again():
    assert with_carried(HERE, LEFT, []) == HERE


def test_a_skill_signed_anew_is_not_there_twice():
    here = AssessmentFacts(NEW, signed_skills=(skill("Listens", 40),))
    found = with_carried(here, LEFT, [GateLine(GateKind.SKILL, "Listens", "Listens")])
    assert found.signed_skills == (skill("Listens", 40),)


def test_attempts_made_before_come_before_those_made_since():
    here = AssessmentFacts(NEW, post_test_attempts=(attempt(3),))
    found = with_carried(here, LEFT, [GateLine(GateKind.POST_TEST)])
    assert [each.number for each in found.post_test_attempts] == [1, 2, 3]
