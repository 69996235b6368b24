"""Record the score of a test that was taken on screen."""

import uuid
from datetime import date

from advocates import clock
from advocates.assessments.models import AssessmentAttempt
from advocates.assessments.queries import assessment_facts, rules_of
from advocates.assessments.rules import (
    AssessmentKind,
    FurtherAttemptReason,
    RaiseReason,
    attempts_allowed,
    attempts_of,
    next_number,
)
from advocates.cohorts.models import Enrollment
from advocates.cohorts.rules import EnrollmentStatus
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


def raise_score(
    actor_id: uuid.UUID, enrollment: Enrollment, attempt_id: uuid.UUID, score: int, reason: RaiseReason
) -> AssessmentAttempt | None:
    """The better score in the place of the recorded one, which is kept and no longer stands; None where nothing rises.

    Never lower, nothing where the attempt was taken back, and nothing after graduation: a certificate stands on what
    was recorded. The caller holds the enrollment's lock and writes the audit event.
    """
    old = db.session.get_one(AssessmentAttempt, attempt_id, with_for_update=True, populate_existing=True)
    if old.voided_at is not None or score <= old.score or enrollment.status is not EnrollmentStatus.ENROLLED:
        return None
    old.voided_at, old.voided_by, old.void_reason_code = clock.now(), actor_id, reason
    db.session.flush()
    better = AssessmentAttempt(
        id=new_id(),
        enrollment_id=old.enrollment_id,
        kind=old.kind,
        number=old.number,
        score=score,
        questions=old.questions,
        taken_on=old.taken_on,
        beyond_limit_reason_code=old.beyond_limit_reason_code,
        recorded_by=actor_id,
        recorded_at=clock.now(),
    )
    db.session.add(better)
    db.session.flush()
    return better
