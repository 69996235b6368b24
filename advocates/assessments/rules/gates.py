"""Completion gates besides hours (DOMAIN "Completion gates besides hours"): tests, skills and agreements.

The pre-test is taken and never failed. The post-test is passed when score x 100 >= mark x questions, over at least
as many questions as the version asks for. Each skill the version names is signed, and each agreement.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from advocates.assessments.rules.asking import SignedAgreement, standing_signature
from advocates.curriculum.rules import PostTestRule, VersionRules
from advocates.equivalence.rules import GateKind


@dataclass(frozen=True)
class Attempt:
    """One sitting that stands: `score` right answers out of `questions`."""

    id: uuid.UUID
    number: int
    score: int
    questions: int
    taken_on: date


@dataclass(frozen=True)
class SignedSkill:
    """A named skill that a trainer saw done; `id` is the sign-off's, `rubric_number` its rubric's edition."""

    id: uuid.UUID
    skill: str
    observed_on: date
    signed_by: uuid.UUID
    rubric_number: int | None = None


@dataclass(frozen=True)
class AssessmentFacts:
    """All that stands recorded of one enrollment; each item names its evidence row.

    A settled one is completed: no text that came later asks it for a signature again.
    """

    enrollment_id: uuid.UUID
    pre_test_taken: Attempt | None = None
    post_test_attempts: tuple[Attempt, ...] = ()
    signed_skills: tuple[SignedSkill, ...] = ()
    signed_agreements: tuple[SignedAgreement, ...] = ()
    is_settled: bool = False


@dataclass(frozen=True)
class Gate:
    """One gate of a version. `name` is the skill's name or the agreement's key, empty for tests.

    A gate that stands open names the evidence row and the day of the evidence (not of its entry). Of an agreement it
    also says which text was signed.
    """

    kind: GateKind
    name: str
    evidence_id: uuid.UUID | None = None
    opened_on: date | None = None
    signed: SignedAgreement | None = None

    @property
    def is_open(self) -> bool:
        return self.evidence_id is not None


def is_passed(score: int, questions: int, rule: PostTestRule) -> bool:
    """Whole numbers only: 69.9 % never passes a mark of 70."""
    return questions >= rule.questions_at_least and score * 100 >= rule.pass_mark_percent * questions


def best_attempt(attempts: Iterable[Attempt], rule: PostTestRule) -> Attempt | None:
    """The highest share of right answers over enough questions; the earlier of two equal ones."""
    return max(
        attempts,
        key=lambda a: (a.questions >= rule.questions_at_least, Fraction(a.score, a.questions), -a.number),
        default=None,
    )


def passing_attempt(attempts: Iterable[Attempt], rule: PostTestRule) -> Attempt | None:
    """The earliest attempt that passed: its day is when the gate opened."""
    passed = (attempt for attempt in attempts if is_passed(attempt.score, attempt.questions, rule))
    return min(passed, key=lambda attempt: (attempt.taken_on, attempt.number), default=None)


def gates(rules: VersionRules, facts: AssessmentFacts) -> tuple[Gate, ...]:
    """Every gate of the version in the order pre-test, post-test, skills, agreements, each open or not."""
    return tuple(_gates(rules, facts))


def _gates(rules: VersionRules, facts: AssessmentFacts) -> Iterator[Gate]:
    yield _test_gate(GateKind.PRE_TEST, facts.pre_test_taken)
    yield _test_gate(GateKind.POST_TEST, passing_attempt(facts.post_test_attempts, rules.post_test))
    signed = {skill.skill: skill for skill in facts.signed_skills}
    for name in rules.skills:
        skill = signed.get(name)
        yield Gate(GateKind.SKILL, name, skill.id, skill.observed_on) if skill else Gate(GateKind.SKILL, name)
    for key in rules.agreements:
        yield _agreement_gate(key, standing_signature(facts.signed_agreements, key, is_settled=facts.is_settled))


def _test_gate(kind: GateKind, attempt: Attempt | None) -> Gate:
    return Gate(kind, "", attempt.id, attempt.taken_on) if attempt else Gate(kind, "")


def _agreement_gate(key: str, signed: SignedAgreement | None) -> Gate:
    if signed is None:
        return Gate(GateKind.AGREEMENT, key)
    return Gate(GateKind.AGREEMENT, key, signed.id, signed.signed_on, signed)
