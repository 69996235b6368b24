"""Record the score of a test that was taken on screen."""

import uuid
from datetime import date

from advocates import clock
from advocates.assessments.models import AssessmentAttempt
from advocates.assessments.queries import assessment_facts, rules_of
from advocates.assessments.rules import (
    AssessmentKind,
    FurtherAttemptReason,
    attempts_allowed,
    attempts_of,
    next_number,
)
from advocates.cohorts.models import Enrollment
from advocates.database import db, new_id


def record_sitting(
    enrollment: Enrollment,
    kind: AssessmentKind,
    *,
    score: int,
    questions: int,
    taken_on: date,
    recorded_by: uuid.UUID,
) -> AssessmentAttempt | None:
    """The attempt, `questions` being the points there were; None for a pre-test that somebody typed in meanwhile.

    The program scores, so a trainee's own sending records it. The caller holds the enrollment's lock and writes the
    audit event. An attempt granted beyond the version's limit says so.
    """
    attempts = attempts_of(kind, assessment_facts([enrollment.id])[enrollment.id])
    if kind is AssessmentKind.PRE_TEST and attempts:
        return None
    rule = rules_of([enrollment.curriculum_version_id])[enrollment.curriculum_version_id].post_test
    is_beyond = len(attempts) >= attempts_allowed(kind, rule)
    attempt = AssessmentAttempt(
        id=new_id(),
        enrollment_id=enrollment.id,
        kind=kind,
        number=next_number(attempts),
        score=score,
        questions=questions,
        taken_on=taken_on,
        beyond_limit_reason_code=FurtherAttemptReason.PROGRAM_DECISION if is_beyond else None,
        recorded_by=recorded_by,
        recorded_at=clock.now(),
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt
