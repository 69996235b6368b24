"""How an enrollment came to its status: every change with who, when and why."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from advocates.cohorts.models import EnrollmentStatusChange
from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db
from advocates.people.models import PersonProfile


@dataclass(frozen=True)
class StatusStep:
    """`changed_by` is a chosen name, None where the applicant or the site itself did it."""

    from_status: EnrollmentStatus | None
    to_status: EnrollmentStatus
    reason_code: str | None
    changed_by: str | None
    changed_at: datetime


def status_history(enrollment_id: uuid.UUID) -> Sequence[StatusStep]:
    """The first change first; empty for enrollments from before changes were recorded. One statement."""
    rows = db.session.execute(
        select(
            EnrollmentStatusChange.from_status,
            EnrollmentStatusChange.to_status,
            EnrollmentStatusChange.reason_code,
            PersonProfile.chosen_name,
            EnrollmentStatusChange.changed_at,
        )
        .outerjoin(PersonProfile, PersonProfile.person_id == EnrollmentStatusChange.changed_by)
        .where(EnrollmentStatusChange.enrollment_id == enrollment_id)
        .order_by(EnrollmentStatusChange.audit_seq, EnrollmentStatusChange.id)
    )
    return [StatusStep(*row) for row in rows]
