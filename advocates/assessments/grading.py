"""Record the scores of a test, all or none."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date

from advocates import clock
from advocates.access import Actor, Role
from advocates.assessments.models import AssessmentAttempt
from advocates.assessments.queries import assessment_facts, lock_enrolled, rules_of
from advocates.assessments.rules import (
    AssessmentFacts,
    AssessmentKind,
    Score,
    ScoreProblem,
    attempts_of,
    score_problem,
)
from advocates.audit.recording import record
from advocates.cohorts.models import Cohort, Enrollment
from advocates.database import db, new_id


class ScoresRefused(Exception):
    """Nothing was recorded: what is wrong, by enrollment."""

    def __init__(self, problems: Mapping[uuid.UUID, ScoreProblem]) -> None:
        super().__init__()
        self.problems = problems


def record_scores(
    actor: Actor, cohort: Cohort, kind: AssessmentKind, questions: int, taken_on: date, scores: Sequence[Score]
) -> None:
    """One attempt for each score, out of as many questions, taken on that local day. Raises ScoresRefused."""
    enrolled = lock_enrolled(cohort.id, [score.enrollment_id for score in scores])
    facts = assessment_facts(enrolled)
    _refuse_wrong(actor, kind, questions, scores, enrolled, facts)
    now = clock.now()
    attempts = [
        AssessmentAttempt(
            id=new_id(),
            enrollment_id=score.enrollment_id,
            kind=kind,
            number=score.number,
            score=score.score,
            questions=questions,
            taken_on=taken_on,
            beyond_limit_reason_code=score.reason,
            recorded_by=actor.person_id,
            recorded_at=now,
        )
        for score in scores
    ]
    db.session.add_all(attempts)
    changes = {f"score {attempt.id}": (None, f"{attempt.score}/{questions}") for attempt in attempts}
    ids = [attempt.id for attempt in attempts]
    record(actor.person_id, "record_scores", changes=changes, cohort_id=cohort.id, kind=kind, attempt_ids=ids)


def _refuse_wrong(
    actor: Actor,
    kind: AssessmentKind,
    questions: int,
    scores: Sequence[Score],
    enrolled: Mapping[uuid.UUID, Enrollment],
    facts: Mapping[uuid.UUID, AssessmentFacts],
) -> None:
    rules = rules_of({enrollment.curriculum_version_id for enrollment in enrolled.values()})
    problems: dict[uuid.UUID, ScoreProblem] = {}
    for score in scores:
        enrollment = enrolled.get(score.enrollment_id)
        problem: ScoreProblem | None
        if enrollment is None:
            problem = ScoreProblem.NOT_ENROLLED
        elif enrollment.person_id == actor.person_id:
            problem = ScoreProblem.OWN_ENROLLMENT
        else:
            attempts = attempts_of(kind, facts[enrollment.id])
            rule = rules[enrollment.curriculum_version_id].post_test
            may_grant = actor.has(Role.ADMINISTRATOR)
            problem = score_problem(score, questions, kind, attempts, rule, may_grant=may_grant)
        if problem is not None:
            problems[score.enrollment_id] = problem
    if problems:
        raise ScoresRefused(problems)
