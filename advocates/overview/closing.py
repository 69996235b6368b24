"""Close a cohort: nothing of it is planned any more. Nobody who is still in training is left without a place."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from advocates import clock
from advocates.audit.recording import record
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import OPEN_STATUSES, EnrollmentStatus
from advocates.cohorts.seats import lock_cohort
from advocates.database import db
from advocates.overview.queries.risk import AtRisk, people_stranded
from advocates.schedule.models import TrainingSession


@dataclass(frozen=True)
class Hindrances:
    """What keeps a cohort open.

    `stranded` owe minutes that can be earned nowhere; `applicants` wait for an answer; `unsigned` sessions are
    neither signed off nor canceled.
    """

    stranded: Sequence[AtRisk]
    applicants: int
    unsigned: int

    def __bool__(self) -> bool:
        return bool(self.stranded or self.applicants or self.unsigned)


class CannotClose(Exception):
    def __init__(self, hindrances: Hindrances) -> None:
        super().__init__("the cohort cannot be closed")
        self.hindrances = hindrances


class ClosedAlready(Exception):
    """Somebody else closed or reopened the cohort meanwhile."""


def hindrances_of(cohort_id: uuid.UUID) -> Hindrances:
    """Nine statements, however many people and sessions."""
    applying = OPEN_STATUSES - {EnrollmentStatus.ENROLLED}
    applicants = (
        select(func.count())
        .select_from(Enrollment)
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .where(Placement.cohort_id == cohort_id, Placement.ended_at.is_(None), Enrollment.status.in_(applying))
    )
    unsigned = (
        select(func.count())
        .select_from(TrainingSession)
        .where(
            TrainingSession.cohort_id == cohort_id,
            TrainingSession.signed_off_at.is_(None),
            TrainingSession.cancelled_at.is_(None),
        )
    )
    return Hindrances(people_stranded(cohort_id), db.session.scalar(applicants) or 0, db.session.scalar(unsigned) or 0)


def close_cohort(actor_id: uuid.UUID, cohort_id: uuid.UUID) -> None:
    """Raises CannotClose or ClosedAlready."""
    cohort = _lock(cohort_id, is_closed=False)
    if hindrances := hindrances_of(cohort_id):
        raise CannotClose(hindrances)
    cohort.closed_at = clock.now()
    db.session.flush()
    record(actor_id, "close_cohort", cohort_id=cohort_id)


def reopen_cohort(actor_id: uuid.UUID, cohort_id: uuid.UUID, reason: str) -> None:
    """Plan it again, for a reason that the audit trail keeps. Raises ClosedAlready."""
    _lock(cohort_id, is_closed=True).closed_at = None
    db.session.flush()
    record(actor_id, "reopen_cohort", cohort_id=cohort_id, changes={"reason": (None, reason)})


def _lock(cohort_id: uuid.UUID, *, is_closed: bool) -> Cohort:
    cohort = lock_cohort(cohort_id)
    if (cohort.closed_at is not None) is not is_closed:
        raise ClosedAlready
    return cohort
