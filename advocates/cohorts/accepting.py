"""Enroll somebody who applied, waits or was offered a seat: by an administrator, or by their own answer to an offer."""

import uuid
from dataclasses import dataclass
from typing import Any

from advocates.audit.recording import record
from advocates.cohorts.enrolling import Enrolled, credit_accepted, grant_trainee, links_to_hand_over
from advocates.cohorts.models import Cohort, Enrollment
from advocates.cohorts.moving import (
    ENROLLED_AGAIN,
    MoveRefused,
    OwnEnrollment,
    end_places,
    move_enrollment,
    reopen_enrollments,
)
from advocates.cohorts.queries import find_enrollment, known_people
from advocates.cohorts.rules import EnrollmentStatus
from advocates.cohorts.seats import free_seats, lock_open_line, refuse_full_quota
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db
from advocates.people.inviting import invite_many

APPLYING = frozenset({EnrollmentStatus.APPLIED, EnrollmentStatus.WAITLISTED, EnrollmentStatus.OFFERED})


class CohortFull(Exception):
    """No seat is free."""


@dataclass(frozen=True)
class Seated:
    """The enrollment that is now in training, and the rows that the activity records."""

    enrollment_id: uuid.UUID
    rows: list[Any]


def accept_application(actor_id: uuid.UUID, enrollment_id: uuid.UUID) -> Enrolled:
    """Enroll somebody who applied or waits. Raises MoveRefused, OwnEnrollment, CohortFull, QuotaFull."""
    found = find_enrollment(enrollment_id)
    if found is None:
        raise LookupError(enrollment_id)
    person_id = found.enrollment.person_id
    if person_id == actor_id:
        raise OwnEnrollment
    cohort = lock_open_line(found.cohort.id, [enrollment_id])
    if found.enrollment.status is not EnrollmentStatus.OFFERED:
        if not free_seats(cohort):
            raise CohortFull
        refuse_full_quota(cohort.id, person_id)
    seated = take_seat(cohort, found.enrollment, "accepted", by=actor_id, credits_by=actor_id)
    links = invite_many(actor_id, [person_id])
    record(
        actor_id,
        "accept_application",
        rows=seated.rows,
        enrollment_id=seated.enrollment_id,
        cohort_id=cohort.id,
    )
    return Enrolled([seated.enrollment_id], links_to_hand_over(links))


def take_seat(
    cohort: Cohort, enrollment: Enrollment, reason_code: str, *, by: uuid.UUID | None, credits_by: uuid.UUID
) -> Seated:
    """Put a locked applicant into training. Who left this version before goes on where they were. Raises MoveRefused.

    `by` is None where they answered for themself. The caller holds the cohort's lock and has counted the seats.
    """
    version = db.session.get_one(CurriculumVersion, cohort.curriculum_version_id)
    before = known_people([], [enrollment.person_id], version, cohort.id)[enrollment.person_id].reopens
    if before is None:
        change = move_enrollment(enrollment.id, EnrollmentStatus.ENROLLED, reason_code, by=by)
        rows = [change, *credit_accepted(credits_by, enrollment.id)]
        grant_trainee(by, [enrollment.person_id])
        return Seated(enrollment.id, rows)
    if enrollment.status not in APPLYING:
        raise MoveRefused(enrollment.status)
    closed = move_enrollment(enrollment.id, EnrollmentStatus.WITHDRAWN, ENROLLED_AGAIN, by=by)
    end_places([enrollment.id], ENROLLED_AGAIN)
    again = reopen_enrollments([before], cohort.id, by=by)
    credited = [row for each in again.first_accepted for row in credit_accepted(credits_by, each)]
    grant_trainee(by, [enrollment.person_id])
    return Seated(before, [closed, *again.changes, *credited])
