"""Who can no longer complete the hours in the cohort's own sessions. Six statements, however many people."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from advocates.attendance.queries import awaiting_and_upcoming
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db
from advocates.hours.queries import standings
from advocates.overview.queries.progress import evidence_of
from advocates.overview.rules import look_ahead
from advocates.people.models import PersonProfile


@dataclass(frozen=True)
class AtRisk:
    """Somebody whose cohort's sessions can no longer credit `missed_minutes`, or (0) too few minutes in a mode."""

    enrollment_id: uuid.UUID
    name: str
    cohort_id: uuid.UUID
    cohort: str
    missed_minutes: int


def people_at_risk(cohort_ids: Collection[uuid.UUID]) -> Sequence[AtRisk]:
    """Those in training in these cohorts, by cohort and name."""
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
    found = []
    for enrollment_id, name, cohort_id, cohort in people:
        standing = known[enrollment_id]
        evidence = evidence_of(ahead[enrollment_id])
        outlook = look_ahead(standing.balance, standing.live, evidence, standing.version)
        if outlook.needs_more_than_cohort:
            found.append(AtRisk(enrollment_id, name, cohort_id, cohort, outlook.missed_minutes))
    return found
