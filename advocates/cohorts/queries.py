"""Reads of cohorts, enrollments and placements. Each function sends one statement, however many rows it finds."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select

from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db
from advocates.people.models import Agency, PersonProfile


@dataclass(frozen=True)
class EnrollmentRow:
    """An enrollment, whose it is, and the cohort of its open placement (or of its last, once that has ended)."""

    enrollment: Enrollment
    chosen_name: str
    cohort: Cohort
    placement: Placement


@dataclass(frozen=True)
class RosterRow:
    """One person's place in a cohort. `left_at` is when the placement ended, None while it is open."""

    enrollment_id: uuid.UUID
    person_id: uuid.UUID
    curriculum_version_id: uuid.UUID
    chosen_name: str
    pronunciation: str | None
    email: str | None
    agency: str | None
    status: EnrollmentStatus
    placed_at: datetime
    left_at: datetime | None


def find_enrollment(enrollment_id: uuid.UUID) -> EnrollmentRow | None:
    """The enrollment with its person's chosen name and its cohort, or None."""
    row = db.session.execute(
        select(Enrollment, PersonProfile.chosen_name, Cohort, Placement)
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .join(Cohort, Cohort.id == Placement.cohort_id)
        .where(Enrollment.id == enrollment_id)
        .order_by(Placement.ended_at.is_not(None), Placement.started_at.desc(), Placement.id.desc())
        .limit(1)
    ).one_or_none()
    return EnrollmentRow(*row) if row else None


def open_placement_cohort_id(enrollment_id: uuid.UUID) -> uuid.UUID | None:
    """The cohort where the enrollment has its open placement, or None."""
    return db.session.scalars(
        select(Placement.cohort_id).where(Placement.enrollment_id == enrollment_id, Placement.ended_at.is_(None))
    ).one_or_none()


def roster(cohort_id: uuid.UUID, *, with_left: bool = False) -> Sequence[RosterRow]:
    """The people placed in a cohort by name, applicants included; with those who left where asked."""
    query = _roster().where(Placement.cohort_id == cohort_id)
    if not with_left:
        query = query.where(Placement.ended_at.is_(None))
    return [RosterRow(*row) for row in db.session.execute(query)]


def _roster() -> Select[tuple[object, ...]]:
    return (
        select(
            Enrollment.id,
            Enrollment.person_id,
            Enrollment.curriculum_version_id,
            PersonProfile.chosen_name,
            PersonProfile.pronunciation,
            PersonProfile.email,
            Agency.name,
            Enrollment.status,
            Placement.started_at,
            Placement.ended_at,
        )
        .join(Enrollment, Enrollment.id == Placement.enrollment_id)
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .outerjoin(Agency, Agency.id == PersonProfile.agency_id)
        .order_by(PersonProfile.chosen_name, Enrollment.id)
    )
