"""Grades that a person gives, and grades made anew when a question was wrong.

An essay is graded line by line against its rubric. Nobody grades their own, and a disputed grade goes to somebody who
did not give it. A second look and a correction keep the better result: neither ever takes points away.
"""

import enum
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from advocates.question_bank.rules import Criterion, Kind, Question, score


class GradeRole(enum.StrEnum):
    """A person's first grade, a second look at it, or what the correction of a question gives at the least."""

    FIRST = "first"
    SECOND = "second"
    REGRADE = "regrade"


class RegradeWay(enum.StrEnum):
    """Everybody who was asked gets all points, or the answers are scored by the corrected question."""

    ACCEPT_ALL = "accept_all"
    NEW_KEY = "new_key"


class GradeProblem(enum.StrEnum):
    OWN_WORK = "own_work"
    NOT_AN_ESSAY = "not_an_essay"
    GRADED_BEFORE = "graded_before"
    SAME_GRADER = "same_grader"
    LINES_MISSING = "lines_missing"
    MORE_THAN_LINE = "more_than_line"


@dataclass(frozen=True)
class Grade:
    """What somebody gave: whole points for each line of the rubric, in its order."""

    role: GradeRole
    graded_by: uuid.UUID
    lines: tuple[int, ...]

    @property
    def points(self) -> int:
        return sum(self.lines)


def rubric_of(question: Question) -> tuple[Criterion, ...]:
    """Every line that a person grades: of the essay, or of a scenario's essays one after the other."""
    if question.kind is Kind.SCENARIO:
        return tuple(line for inside in question.questions for line in rubric_of(inside))
    return question.rubric if question.kind is Kind.ESSAY else ()


def grade_problem(
    question: Question,
    lines: Sequence[int],
    grader: uuid.UUID,
    taker: uuid.UUID,
    before: Sequence[Grade],
    *,
    is_disputed: bool,
) -> GradeProblem | None:
    """What stands against this grade after those `before`; None when nothing does."""
    rubric = rubric_of(question)
    if not rubric:
        return GradeProblem.NOT_AN_ESSAY
    if grader == taker:
        return GradeProblem.OWN_WORK
    if before and not is_disputed:
        return GradeProblem.GRADED_BEFORE
    if grader in {grade.graded_by for grade in before}:
        return GradeProblem.SAME_GRADER
    if len(lines) != len(rubric):
        return GradeProblem.LINES_MISSING
    if any(not 0 <= given <= line.points for given, line in zip(lines, rubric, strict=True)):
        return GradeProblem.MORE_THAN_LINE
    return None


def points_of(question: Question, answer: Any, grades: Collection[Grade]) -> Fraction | None:
    """What the answer earned: what the rules score, and the better of the grades; None while it waits for one."""
    scored = score(question, answer)
    if not scored.needs_person:
        return scored.points
    if not grades:
        return None
    return scored.points + max(grade.points for grade in grades)


def standing_points(
    question: Question, answer: Any, grades: Collection[Grade], at_least: Fraction | None
) -> Fraction | None:
    """`points_of`, and never less than what a correction of the question gave."""
    points = points_of(question, answer, grades)
    known = [each for each in (points, at_least) if each is not None]
    return max(known, default=None)


def regraded(old: Question, new: Question, way: RegradeWay, answer: Any, grades: Collection[Grade]) -> Fraction | None:
    """What the answer earns after the correction: never less than before."""
    before = points_of(old, answer, grades)
    after = Fraction(old.worth) if way is RegradeWay.ACCEPT_ALL else points_of(new, answer, grades)
    return after if before is None or after is None else max(before, after)


def keeps_its_parts(old: Question, new: Question) -> bool:
    """Whether answers to one can be scored by the other: as many parts, in the same places, for the same points."""
    sizes = ("choices", "pairs", "distractors", "items", "rubric", "questions")
    return (
        old.kind is new.kind
        and old.worth == new.worth
        and all(len(getattr(old, name)) == len(getattr(new, name)) for name in sizes)
        and all(keeps_its_parts(one, other) for one, other in zip(old.questions, new.questions, strict=True))
    )
