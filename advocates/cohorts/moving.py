"""Move an enrollment from one status to another, by allowed moves only."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from advocates import clock
from advocates.audit.recording import record
from advocates.cohorts.models import Enrollment, EnrollmentStatusChange, Placement
from advocates.cohorts.queries import open_placement_cohort_id
from advocates.cohorts.rules import (
    ENROLLED_AGAIN_FROM,
    SEATED_STATUSES,
    TRANSFERRED,
    EnrollmentStatus,
    WithdrawalReason,
    may_become,
)
from advocates.cohorts.seats import fill_free_seats, lock_line
from advocates.database import db

ENROLLED_AGAIN = "enrolled_again"


class MoveRefused(Exception):
    """The enrollment's status does not allow the move. Holds the status."""

    def __init__(self, status: EnrollmentStatus) -> None:
        super().__init__(f"not from {status.value}")
        self.status = status


class OwnEnrollment(Exception):
    """Nobody acts for their own enrollment."""


def status_change(
    enrollment: Enrollment, before: EnrollmentStatus | None, by: uuid.UUID | None
) -> EnrollmentStatusChange:
    """The row that says how the enrollment came to its present status: the activity gives it to `record(rows=...)`.

    `before` is None for a new enrollment, `by` where the applicant or the site itself did it.
    """
    return EnrollmentStatusChange(
        enrollment_id=enrollment.id,
        from_status=before,
        to_status=enrollment.status,
        reason_code=enrollment.reason_code,
        changed_by=by,
        changed_at=enrollment.status_changed_at,
    )


def move_enrollment(
    enrollment_id: uuid.UUID, status: EnrollmentStatus, reason_code: str | None = None, *, by: uuid.UUID | None
) -> EnrollmentStatusChange:
    """Lock and move one enrollment, without an audit event: the activity records its own with the row returned.

    Raises MoveRefused.
    """
    return move_enrollments([enrollment_id], status, reason_code, by=by)[0]


def move_enrollments(
    enrollment_ids: Collection[uuid.UUID],
    status: EnrollmentStatus,
    reason_code: str | None = None,
    *,
    by: uuid.UUID | None,
) -> list[EnrollmentStatusChange]:
    """Lock and move all of them or none, in two statements however many; the rows are in the order of their ids.

    Raises MoveRefused for the first that may not.
    """
    query = select(Enrollment).where(Enrollment.id.in_(enrollment_ids)).order_by(Enrollment.id).with_for_update()
    enrollments = db.session.scalars(query, execution_options={"populate_existing": True}).all()
    if len(enrollments) != len(set(enrollment_ids)):
        raise LookupError("no such enrollment")
    for enrollment in enrollments:
        if not may_become(enrollment.status, status):
            raise MoveRefused(enrollment.status)
    now, changes = clock.now(), []
    for enrollment in enrollments:
        before = enrollment.status
        enrollment.status, enrollment.status_changed_at = status, now
        enrollment.reason_code, enrollment.waitlist_position = reason_code, None
        if status is EnrollmentStatus.ENROLLED and enrollment.enrolled_at is None:
            enrollment.enrolled_at = now
        changes.append(status_change(enrollment, before, by))
    db.session.flush()
    return changes


@dataclass(frozen=True)
class Reopened:
    """Those of applicants who were never accepted before, and the rows that the activity records."""

    first_accepted: Sequence[uuid.UUID]
    changes: Sequence[EnrollmentStatusChange]


def reopen_enrollments(
    enrollment_ids: Collection[uuid.UUID], cohort_id: uuid.UUID, *, by: uuid.UUID | None
) -> Reopened:
    """Closed enrollments go on in the cohort: what was credited, tested and signed counts on. Raises MoveRefused.

    A fixed number of statements; the activity records.
    """
    query = select(Enrollment).where(Enrollment.id.in_(enrollment_ids)).order_by(Enrollment.id).with_for_update()
    enrollments = db.session.scalars(query, execution_options={"populate_existing": True}).all()
    now, first_accepted, changes = clock.now(), [], []
    for enrollment in enrollments:
        if enrollment.status not in ENROLLED_AGAIN_FROM or enrollment.reason_code == TRANSFERRED:
            raise MoveRefused(enrollment.status)
        before = enrollment.status
        enrollment.status, enrollment.status_changed_at = EnrollmentStatus.ENROLLED, now
        enrollment.reason_code = None
        changes.append(status_change(enrollment, before, by))
        if enrollment.enrolled_at is None:
            enrollment.enrolled_at = now
            first_accepted.append(enrollment.id)
    # Who did not complete kept the place; whoever withdrew has none.
    end_places(enrollment_ids, ENROLLED_AGAIN)
    db.session.add_all(Placement(enrollment_id=e.id, cohort_id=cohort_id, started_at=now) for e in enrollments)
    db.session.flush()
    return Reopened(first_accepted, changes)


def end_places(enrollment_ids: Collection[uuid.UUID], reason_code: str) -> None:
    """End the open places of these enrollments. One statement."""
    db.session.execute(
        update(Placement)
        .where(Placement.enrollment_id.in_(enrollment_ids), Placement.ended_at.is_(None))
        .values(ended_at=clock.now(), reason_code=reason_code)
    )


def withdraw_enrollment(actor_id: uuid.UUID, enrollment_id: uuid.UUID, reason: WithdrawalReason) -> int:
    """End an enrollment and its place in the cohort. What was credited stays. Raises MoveRefused, OwnEnrollment.

    A seat that becomes free is offered to the next who waits; returns how many offers nobody could be written to about.
    """
    if db.session.get_one(Enrollment, enrollment_id).person_id == actor_id:
        raise OwnEnrollment
    cohort_id = open_placement_cohort_id(enrollment_id)
    cohort = lock_line(cohort_id, [enrollment_id]) if cohort_id else None
    change = move_enrollment(enrollment_id, EnrollmentStatus.WITHDRAWN, reason.value, by=actor_id)
    end_places([enrollment_id], reason.value)
    untold = fill_free_seats(cohort) if cohort is not None and change.from_status in SEATED_STATUSES else 0
    record(actor_id, "withdraw_enrollment", rows=[change], enrollment_id=enrollment_id, reason=reason.value)
    return untold
