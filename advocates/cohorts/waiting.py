"""Those who wait for a seat of a cohort, in order. Whoever changes the line holds the cohort's lock."""

import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import case, func, select

from advocates import clock
from advocates.audit.recording import record
from advocates.cohorts.enrolling import EnrollingRefused, judge_newcomers, people_of
from advocates.cohorts.models import Cohort, Enrollment, EnrollmentStatusChange, Placement
from advocates.cohorts.moving import MoveRefused, OwnEnrollment, move_enrollments, status_change
from advocates.cohorts.rules import Decision, EnrollmentStatus, Line
from advocates.cohorts.rules.line import Waiting
from advocates.cohorts.seats import fill_free_seats, lock_open_line
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db, new_id
from advocates.people.models import PersonProfile

_IN_LINE = (Enrollment.waitlist_position.is_(None), Enrollment.waitlist_position, Enrollment.id)


def waitlist(cohort_id: uuid.UUID) -> Sequence[Waiting]:
    """Those who wait, the next one first. One statement."""
    rows = db.session.execute(
        select(
            Enrollment.id,
            Enrollment.person_id,
            PersonProfile.chosen_name,
            case((PersonProfile.declines_mail, None), else_=PersonProfile.email),
            PersonProfile.agency_id,
            PersonProfile.language,
        )
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .where(
            Placement.cohort_id == cohort_id,
            Placement.ended_at.is_(None),
            Enrollment.status == EnrollmentStatus.WAITLISTED,
        )
        .order_by(*_IN_LINE)
    )
    return [Waiting(*row) for row in rows]


def begin_enrollment(
    cohort: Cohort, person_id: uuid.UUID, status: EnrollmentStatus, reason_code: str | None, by: uuid.UUID | None
) -> EnrollmentStatusChange:
    """An enrollment of somebody who is not accepted yet, with its place; the activity records the row returned."""
    version, now = db.session.get_one(CurriculumVersion, cohort.curriculum_version_id), clock.now()
    enrollment = Enrollment(
        id=new_id(),
        person_id=person_id,
        curriculum_id=version.curriculum_id,
        curriculum_version_id=version.id,
        status=status,
        status_changed_at=now,
        reason_code=reason_code,
        created_at=now,
        waitlist_position=_last(cohort.id) + 1 if status is EnrollmentStatus.WAITLISTED else None,
    )
    db.session.add(enrollment)
    db.session.flush()
    db.session.add(Placement(id=new_id(), enrollment_id=enrollment.id, cohort_id=cohort.id, started_at=now))
    db.session.flush()
    return status_change(enrollment, None, by)


def put_on_waitlist(
    cohort_id: uuid.UUID, enrollment_ids: Sequence[uuid.UUID], reason_code: str, by: uuid.UUID | None
) -> list[EnrollmentStatusChange]:
    """Move the enrollments to the end of the line in this order; the activity records the rows. Raises MoveRefused."""
    if not enrollment_ids:
        return []
    last = _last(cohort_id)
    changes = move_enrollments(enrollment_ids, EnrollmentStatus.WAITLISTED, reason_code, by=by)
    for position, enrollment_id in enumerate(enrollment_ids, last + 1):
        db.session.get_one(Enrollment, enrollment_id).waitlist_position = position
    db.session.flush()
    return changes


def waitlist_newcomers(
    actor_id: uuid.UUID, cohort_id: uuid.UUID, lines: Sequence[Line], decisions: Mapping[str, Decision] | None = None
) -> list[uuid.UUID]:
    """Put people on the waitlist for whom no seat is free; their enrollments, none for who is in the cohort already.

    A seat that is free after all is offered to the next in line at once. Raises EnrollingRefused where a line is wrong.
    """
    cohort = lock_open_line(cohort_id)
    judgment = judge_newcomers(actor_id, cohort, lines, decisions)
    if not judgment.is_sound:
        raise EnrollingRefused(judgment)
    changes = [
        begin_enrollment(cohort, person_id, EnrollmentStatus.WAITLISTED, "cohort_full", actor_id)
        for person_id in people_of(judgment)
    ]
    enrollment_ids = [change.enrollment_id for change in changes]
    if changes:
        record(actor_id, "waitlist_people", rows=changes, cohort_id=cohort_id, enrollment_ids=enrollment_ids)
        fill_free_seats(cohort)  # recorded after it, as it happens after it
    return enrollment_ids


def move_in_line(actor_id: uuid.UUID, cohort_id: uuid.UUID, enrollment_id: uuid.UUID, steps: int) -> None:
    """Move somebody `steps` places up (negative) or down, as far as the line reaches.

    Raises MoveRefused, and OwnEnrollment where the actor's own place would become another.
    """
    lock_open_line(cohort_id)
    line = waitlist(cohort_id)
    order = [person.enrollment_id for person in line]
    if enrollment_id not in order:
        raise MoveRefused(db.session.get_one(Enrollment, enrollment_id).status)
    before = order.index(enrollment_id)
    order.insert(max(0, min(len(order) - 1, before + steps)), order.pop(before))
    if any(person.person_id == actor_id and order[place] != person.enrollment_id for place, person in enumerate(line)):
        raise OwnEnrollment
    for position, waiting_id in enumerate(order, 1):
        db.session.get_one(Enrollment, waiting_id).waitlist_position = position
    after = order.index(enrollment_id)
    if after != before:
        record(actor_id, "move_in_line", cohort_id=cohort_id, enrollment_id=enrollment_id, place=after + 1)


def _last(cohort_id: uuid.UUID) -> int:
    """The last place that is taken."""
    query = (
        select(func.max(Enrollment.waitlist_position))
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .where(Placement.cohort_id == cohort_id, Placement.ended_at.is_(None))
    )
    return db.session.scalar(query) or 0
