"""Who can no longer complete the hours in the cohort's own sessions. Seven statements, however many people."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from advocates.attendance.queries import awaiting_and_upcoming
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db
from advocates.hours.queries import standings
from advocates.overview.queries.progress import evidence_of
from advocates.overview.rules import Outlook, look_ahead
from advocates.people.models import PersonProfile


@dataclass(frozen=True)
class AtRisk:
    """Somebody for whom `missed_minutes` have no place, or (0) too few minutes in a mode."""

    enrollment_id: uuid.UUID
    name: str
    cohort_id: uuid.UUID
    cohort: str
    missed_minutes: int


def people_at_risk(cohort_ids: Collection[uuid.UUID]) -> Sequence[AtRisk]:
    """Those in training whom their cohort's sessions cannot bring to the end any more, by cohort and name."""
    return [
        AtRisk(*person, outlook.missed_minutes)
        for person, outlook in _outlooks(cohort_ids)
        if outlook.needs_more_than_cohort
    ]


def people_stranded(cohort_id: uuid.UUID) -> Sequence[AtRisk]:
    """Those in training who owe minutes that no session or make-up holds a place for, planned yet or not."""
    return [
        AtRisk(*person, outlook.forecast.without_place_minutes)
        for person, outlook in _outlooks([cohort_id])
        if not outlook.forecast.can_complete_here
    ]


def _outlooks(cohort_ids: Collection[uuid.UUID]) -> Iterator[tuple[tuple[uuid.UUID, str, uuid.UUID, str], Outlook]]:
    """The first four columns of AtRisk, and where each person stands."""
    people = db.session.execute(
        select(Enrollment.id, PersonProfile.chosen_name, Cohort.id, Cohort.title)
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .join(Cohort, Cohort.id == Placement.cohort_id)
        .where(
            Cohort.id.in_(cohort_ids),
            Placement.ended_at.is_(None),
            Enrollment.status == EnrollmentStatus.ENROLLED,
        )
        .order_by(Cohort.starts_on, Cohort.id, func.lower(PersonProfile.chosen_name), Enrollment.id)
    ).all()
    known = standings([enrollment_id for enrollment_id, *_ in people])
    ahead = awaiting_and_upcoming({key: standing.version for key, standing in known.items()})
    for person in people:
        standing = known[person[0]]
        evidence = evidence_of(ahead[person[0]])
        yield (
            (person[0], person[1], person[2], person[3]),
            look_ahead(standing.balance, standing.live, evidence, standing.version),
        )
