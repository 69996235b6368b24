"""Move an enrollment from one status to another, by allowed moves only."""

import uuid
from collections.abc import Collection

from sqlalchemy import select, update

from advocates import clock
from advocates.audit.recording import record
from advocates.cohorts.models import Enrollment, Placement
from advocates.cohorts.rules import ENROLLED_AGAIN_FROM, EnrollmentStatus, WithdrawalReason, may_become
from advocates.database import db

ENROLLED_AGAIN = "enrolled_again"


class MoveRefused(Exception):
    """The enrollment's status does not allow the move. Holds the status."""

    def __init__(self, status: EnrollmentStatus) -> None:
        super().__init__(f"not from {status.value}")
        self.status = status


class OwnEnrollment(Exception):
    """Nobody acts for their own enrollment."""


def move_enrollment(enrollment_id: uuid.UUID, status: EnrollmentStatus, reason_code: str | None = None) -> Enrollment:
    """The enrollment, locked and moved, without an audit event: the activity records its own. Raises MoveRefused."""
    query = select(Enrollment).where(Enrollment.id == enrollment_id).with_for_update()
    enrollment = db.session.scalars(query, execution_options={"populate_existing": True}).one()
    if not may_become(enrollment.status, status):
        raise MoveRefused(enrollment.status)
    enrollment.status, enrollment.status_changed_at = status, clock.now()
    enrollment.reason_code = reason_code
    if status is EnrollmentStatus.ENROLLED and enrollment.enrolled_at is None:
        enrollment.enrolled_at = enrollment.status_changed_at
    db.session.flush()
    return enrollment


def reopen_enrollments(enrollment_ids: Collection[uuid.UUID], cohort_id: uuid.UUID) -> list[uuid.UUID]:
    """Closed enrollments go on in the cohort: what was credited, tested and signed counts on. Raises MoveRefused.

    Returns those of applicants who were never accepted before. A fixed number of statements; the activity records.
    """
    query = select(Enrollment).where(Enrollment.id.in_(enrollment_ids)).order_by(Enrollment.id).with_for_update()
    enrollments = db.session.scalars(query, execution_options={"populate_existing": True}).all()
    now, first_accepted = clock.now(), []
    for enrollment in enrollments:
        if enrollment.status not in ENROLLED_AGAIN_FROM:
            raise MoveRefused(enrollment.status)
        enrollment.status, enrollment.status_changed_at = EnrollmentStatus.ENROLLED, now
        enrollment.reason_code = None
        if enrollment.enrolled_at is None:
            enrollment.enrolled_at = now
            first_accepted.append(enrollment.id)
    # Who did not complete kept the place; whoever withdrew has none.
    db.session.execute(
        update(Placement)
        .where(Placement.enrollment_id.in_(enrollment_ids), Placement.ended_at.is_(None))
        .values(ended_at=now, reason_code=ENROLLED_AGAIN)
    )
    db.session.add_all(Placement(enrollment_id=e.id, cohort_id=cohort_id, started_at=now) for e in enrollments)
    db.session.flush()
    return first_accepted


def withdraw_enrollment(actor_id: uuid.UUID, enrollment_id: uuid.UUID, reason: WithdrawalReason) -> None:
    """End an enrollment and its place in the cohort. What was credited stays. Raises MoveRefused, OwnEnrollment."""
    if db.session.get_one(Enrollment, enrollment_id).person_id == actor_id:
        raise OwnEnrollment
    move_enrollment(enrollment_id, EnrollmentStatus.WITHDRAWN, reason.value)
    db.session.execute(
        update(Placement)
        .where(Placement.enrollment_id == enrollment_id, Placement.ended_at.is_(None))
        .values(ended_at=clock.now(), reason_code=reason.value)
    )
    record(actor_id, "withdraw_enrollment", enrollment_id=enrollment_id, reason=reason.value)
