"""What the tests tell: about their questions, and what a cohort learned."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from advocates.assessments.queries import people_of
from advocates.grading.queries import Taken, first_sittings, taken_in
from advocates.question_bank.rules import Question
from advocates.sittings.rules.analysis import Given, Item, analyze
from advocates.sittings.rules.gain import Gain, knowledge_gain


@dataclass(frozen=True)
class Analyzed:
    """A version of a question as it was asked, and its figures."""

    question_id: uuid.UUID
    question: Question
    item: Item


def analyze_test(assessment_id: uuid.UUID) -> Sequence[Analyzed]:
    """Each question of a test, from the first finished sitting of each person, by key. Four statements.

    An answer that waits for a grade is left out until it has one.
    """
    sittings = taken_in(first_sittings(assessment_id)).values()
    asked = {taken.question_version_id: taken for sitting in sittings for taken in sitting}
    given = [_given(sitting) for sitting in sittings]
    right = {version_id: [c.is_right for c in taken.question.choices] for version_id, taken in asked.items()}
    items = analyze(given, right)
    found = [Analyzed(asked[key].question_id, asked[key].question, item) for key, item in items.items()]
    return sorted(found, key=lambda each: each.question.key)


def gain_of(cohort_id: uuid.UUID) -> Gain:
    """Of everyone in training or graduated, by their first post-test. Six statements."""
    before: dict[uuid.UUID, Fraction] = {}
    after: dict[uuid.UUID, Fraction] = {}
    for person in people_of(cohort_id):
        key, pre = person.row.enrollment_id, person.facts.pre_test_taken
        first = min(person.facts.post_test_attempts, key=lambda attempt: attempt.number, default=None)
        if pre is not None:
            before[key] = Fraction(pre.score, pre.questions)
        if first is not None:
            after[key] = Fraction(first.score, first.questions)
    return knowledge_gain(before, after)


def _given(sitting: Sequence[Taken]) -> Mapping[uuid.UUID, Given]:
    graded = ((taken, taken.points) for taken in sitting)
    return {
        taken.question_version_id: Given(points / taken.question.worth, _ticked(taken.answer))
        for taken, points in graded
        if points is not None
    }


def _ticked(answer: object) -> frozenset[int]:
    if not isinstance(answer, dict):
        return frozenset()
    if "choice" in answer:
        return frozenset({answer["choice"]})
    return frozenset(answer.get("choices", ()))
