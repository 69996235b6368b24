"""Who may be given a seat at a session of a cohort that is not theirs, or not yet."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from advocates.attendance.queries.facts import NOT_YET_ENROLLED
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import OPEN_STATUSES, EnrollmentStatus
from advocates.database import db
from advocates.people.models import Person, PersonProfile
from advocates.people.rules import spellings
from advocates.schedule.models import SessionSeat, TrainingSession

MOST = 20


@dataclass(frozen=True)
class Visitor:
    """Somebody who may sit in. `is_of_cohort`: they applied to this very cohort, or visited it before."""

    enrollment_id: uuid.UUID
    name: str
    cohort: str
    is_of_cohort: bool
    status: EnrollmentStatus

    @property
    def is_visitor(self) -> bool:
        return self.status is EnrollmentStatus.VISITING


def applicants(session: TrainingSession) -> Sequence[Visitor]:
    """Who applied to the session's cohort or visited it, and has no seat at the session, by name. One statement."""
    statuses = NOT_YET_ENROLLED | {EnrollmentStatus.VISITING}
    return _visitors(session, Placement.cohort_id == session.cohort_id, Enrollment.status.in_(statuses))


def find_visitors(
    session: TrainingSession, term: str, cohort_ids: Collection[uuid.UUID] | None, actor_id: uuid.UUID
) -> Sequence[Visitor]:
    """The first 20 of other cohorts (of these; None: of all) whose name holds the term. One statement."""
    return _visitors(
        session,
        Placement.cohort_id != session.cohort_id,
        Placement.cohort_id.in_(cohort_ids) if cohort_ids is not None else true(),
        Enrollment.person_id != actor_id,
        or_(*(PersonProfile.chosen_name.icontains(text, autoescape=True) for text in spellings(term))),
    )


def _visitors(session: TrainingSession, *wanted: ColumnElement[bool]) -> Sequence[Visitor]:
    has_seat = exists().where(SessionSeat.session_id == session.id, SessionSeat.enrollment_id == Enrollment.id)
    is_placed = and_(Placement.ended_at.is_(None), Enrollment.status.in_(OPEN_STATUSES))
    rows = db.session.execute(
        select(
            Enrollment.id,
            PersonProfile.chosen_name,
            Cohort.title,
            Placement.cohort_id == session.cohort_id,
            Enrollment.status,
        )
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .join(Cohort, Cohort.id == Placement.cohort_id)
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .join(Person, Person.id == Enrollment.person_id)
        .where(or_(is_placed, Enrollment.status == EnrollmentStatus.VISITING), ~has_seat, *wanted)
        .where(Person.merged_into_id.is_(None))
        .order_by(PersonProfile.chosen_name, Enrollment.id)
        .limit(MOST)
    )
    return [Visitor(*row) for row in rows]
