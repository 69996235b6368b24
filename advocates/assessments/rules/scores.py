"""Whether a score may be recorded (DOMAIN: after the last attempt an administrator may grant another with a reason)."""

import enum
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from advocates.assessments.rules.gates import AssessmentFacts, Attempt, is_passed
from advocates.curriculum.rules import PostTestRule

PRE_TEST_ATTEMPTS = 1


class AssessmentKind(enum.StrEnum):
    PRE_TEST = "pre_test"
    POST_TEST = "post_test"


class VoidReason(enum.StrEnum):
    """Why an attempt or a sign-off no longer stands."""

    WRONG_PERSON = "wrong_person"
    TYPING_ERROR = "typing_error"
    NOT_OBSERVED = "not_observed"
    IRREGULARITY = "irregularity"


class RaiseReason(enum.StrEnum):
    """Why a better score took the place of another, which no longer stands."""

    SECOND_LOOK = "second_look"
    QUESTION_CORRECTED = "question_corrected"


class FurtherAttemptReason(enum.StrEnum):
    """Why an administrator granted an attempt beyond the version's limit."""

    INTERRUPTED = "interrupted"
    AFTER_COACHING = "after_coaching"
    PROGRAM_DECISION = "program_decision"


class ScoreProblem(enum.StrEnum):
    NOT_ENROLLED = "not_enrolled"
    OWN_ENROLLMENT = "own_enrollment"
    RECORDED_MEANWHILE = "recorded_meanwhile"
    MORE_THAN_QUESTIONS = "more_than_questions"
    TOO_FEW_QUESTIONS = "too_few_questions"
    NO_ATTEMPT_LEFT = "no_attempt_left"
    REASON_NEEDED = "reason_needed"


@dataclass(frozen=True)
class Score:
    """A score to record: `number` is the attempt it was typed for, `score` the right answers."""

    enrollment_id: uuid.UUID
    number: int
    score: int
    reason: FurtherAttemptReason | None = None


@dataclass(frozen=True)
class Standing:
    """The attempts that stand, which of them passed (a pre-test always does), and what is left."""

    attempts: tuple[Attempt, ...]
    passed: frozenset[uuid.UUID]
    attempts_left: int
    next_number: int


def attempts_allowed(kind: AssessmentKind, rule: PostTestRule) -> int:
    return PRE_TEST_ATTEMPTS if kind is AssessmentKind.PRE_TEST else rule.attempts


def attempts_left(attempts_made: int, allowed: int) -> int:
    """Never below zero, though an administrator may have granted more than the version allows."""
    return max(0, allowed - attempts_made)


def next_number(attempts: Iterable[Attempt]) -> int:
    """The number of the attempt to come; saying it is how two people recording at once are told apart."""
    return max((attempt.number for attempt in attempts), default=0) + 1


def attempts_of(kind: AssessmentKind, facts: AssessmentFacts) -> tuple[Attempt, ...]:
    """The attempts of one kind that stand, by number."""
    if kind is AssessmentKind.POST_TEST:
        return facts.post_test_attempts
    return (facts.pre_test_taken,) if facts.pre_test_taken else ()


def standing(kind: AssessmentKind, facts: AssessmentFacts, rule: PostTestRule) -> Standing:
    """Where one person stands in one test."""
    attempts = attempts_of(kind, facts)
    is_pre_test = kind is AssessmentKind.PRE_TEST
    return Standing(
        attempts=attempts,
        passed=frozenset(a.id for a in attempts if is_pre_test or is_passed(a.score, a.questions, rule)),
        attempts_left=attempts_left(len(attempts), attempts_allowed(kind, rule)),
        next_number=next_number(attempts),
    )


def score_problem(
    score: Score,
    questions: int,
    kind: AssessmentKind,
    attempts: Sequence[Attempt],
    rule: PostTestRule,
    *,
    may_grant: bool,
) -> ScoreProblem | None:
    """What stands against recording the score after these attempts of its kind; None when nothing does."""
    is_post_test = kind is AssessmentKind.POST_TEST
    if score.number != next_number(attempts):
        return ScoreProblem.RECORDED_MEANWHILE
    if score.score > questions:
        return ScoreProblem.MORE_THAN_QUESTIONS
    if is_post_test and questions < rule.questions_at_least:
        return ScoreProblem.TOO_FEW_QUESTIONS
    if attempts_left(len(attempts), attempts_allowed(kind, rule)) > 0:
        return None
    # A pre-test is taken once: nothing hangs on its score.
    if not (is_post_test and may_grant):
        return ScoreProblem.NO_ATTEMPT_LEFT
    return None if score.reason else ScoreProblem.REASON_NEEDED
