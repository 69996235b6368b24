"""Reads of cohorts, enrollments and placements. Each function sends one statement, however many rows it finds."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from advocates.access import Role
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import (
    ENROLLED_AGAIN_FROM,
    OPEN_STATUSES,
    SEATED_STATUSES,
    TRANSFERRED,
    EnrollmentStatus,
    KnownPerson,
)
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db
from advocates.people.models import Account, Agency, Person, PersonProfile, RoleGrant
from advocates.people.rules import email_key


@dataclass(frozen=True)
class EnrollmentRow:
    """An enrollment, whose it is, and the cohort of its open placement (or of its last, once that has ended)."""

    enrollment: Enrollment
    chosen_name: str
    cohort: Cohort
    placement: Placement


@dataclass(frozen=True)
class RosterRow:
    """One person's place in a cohort. `left_at` is when the placement ended and why; both None while it is open."""

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
    left_because: str | None


@dataclass(frozen=True)
class CohortRow:
    """A cohort as the list shows it. `seated` people fill a seat."""

    cohort: Cohort
    version_title: str
    version_number: int
    seated: int


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
    query = (
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
            Placement.reason_code,
        )
        .select_from(Placement)
        .join(Enrollment, Enrollment.id == Placement.enrollment_id)
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .join(Person, Person.id == Enrollment.person_id)
        .outerjoin(Agency, Agency.id == PersonProfile.agency_id)
        .where(Placement.cohort_id == cohort_id, Person.merged_into_id.is_(None))
        .order_by(func.lower(PersonProfile.chosen_name), Placement.id)
    )
    if not with_left:
        query = query.where(Placement.ended_at.is_(None))
    rows: Iterable[Any] = db.session.execute(query)
    return [RosterRow(*row) for row in rows]


def list_cohorts(cohort_ids: Collection[uuid.UUID] | None) -> Sequence[CohortRow]:
    """These cohorts, or all where None, those that end last first."""
    query = (
        select(Cohort, CurriculumVersion.title, CurriculumVersion.number, func.count(Enrollment.id))
        .join(CurriculumVersion, CurriculumVersion.id == Cohort.curriculum_version_id)
        .outerjoin(Placement, (Placement.cohort_id == Cohort.id) & Placement.ended_at.is_(None))
        .outerjoin(Enrollment, (Enrollment.id == Placement.enrollment_id) & Enrollment.status.in_(SEATED_STATUSES))
        .group_by(Cohort.id, CurriculumVersion.id)
        .order_by(Cohort.ends_on.desc(), Cohort.title)
    )
    if cohort_ids is not None:
        query = query.where(Cohort.id.in_(cohort_ids))
    return [CohortRow(*row) for row in db.session.execute(query)]


def count_seated(cohort_id: uuid.UUID) -> int:
    """How many people fill a seat of the cohort: applicants and those who left do not."""
    query = (
        select(func.count())
        .select_from(Placement)
        .join(Enrollment, Enrollment.id == Placement.enrollment_id)
        .where(Placement.cohort_id == cohort_id, Placement.ended_at.is_(None), Enrollment.status.in_(SEATED_STATUSES))
    )
    return db.session.scalar(query) or 0


def trainers(cohort_id: uuid.UUID) -> Sequence[tuple[uuid.UUID, str]]:
    """The cohort's trainers by name: (person id, chosen name)."""
    query = (
        select(PersonProfile.person_id, PersonProfile.chosen_name)
        .join(RoleGrant, RoleGrant.person_id == PersonProfile.person_id)
        .where(RoleGrant.cohort_id == cohort_id, RoleGrant.role == Role.TRAINER, RoleGrant.ended_at.is_(None))
        .order_by(func.lower(PersonProfile.chosen_name), PersonProfile.person_id)
    )
    return [(person_id, name) for person_id, name in db.session.execute(query)]


def known_people(
    emails: Collection[str], person_ids: Collection[uuid.UUID], version: CurriculumVersion, cohort_id: uuid.UUID
) -> Mapping[uuid.UUID, KnownPerson]:
    """Who signs in with these addresses or is named by id, and how they stand towards the cohort and its version."""
    rows = db.session.execute(
        select(
            PersonProfile.person_id,
            PersonProfile.chosen_name,
            Account.email_key,
            PersonProfile.certificate_name,
            Agency.name,
            Enrollment,
            Cohort,
        )
        .outerjoin(Account, Account.person_id == PersonProfile.person_id)
        .outerjoin(Agency, Agency.id == PersonProfile.agency_id)
        .outerjoin(
            Enrollment,
            (Enrollment.person_id == PersonProfile.person_id) & (Enrollment.curriculum_id == version.curriculum_id),
        )
        .outerjoin(Placement, (Placement.enrollment_id == Enrollment.id) & Placement.ended_at.is_(None))
        .outerjoin(Cohort, Cohort.id == Placement.cohort_id)
        .where(
            Account.email_key.in_({email_key(email) for email in emails}) | PersonProfile.person_id.in_(person_ids),
        )
        # Of several that are closed the last says what goes on: one that was accepted, for it holds what was earned.
        .order_by(Enrollment.enrolled_at.is_not(None), Enrollment.created_at, Enrollment.id)
    )
    people: dict[uuid.UUID, KnownPerson] = {}
    for person_id, name, key, printed, agency, enrollment, cohort in rows:
        person = people.setdefault(person_id, KnownPerson(person_id, name, key, printed, agency))
        if enrollment is not None:
            people[person_id] = replace(person, **_standing(enrollment, cohort, version, cohort_id))
    return people


def _standing(
    enrollment: Enrollment, cohort: Cohort | None, version: CurriculumVersion, cohort_id: uuid.UUID
) -> dict[str, Any]:
    """What one enrollment says about its person."""
    if enrollment.status is EnrollmentStatus.COMPLETED:
        return {"has_completed": True}
    if enrollment.status in OPEN_STATUSES and cohort is not None:
        return {"is_here": cohort.id == cohort_id, "cohort": cohort.title}
    is_closed = enrollment.status in ENROLLED_AGAIN_FROM and enrollment.reason_code != TRANSFERRED
    if is_closed and enrollment.curriculum_version_id == version.id:
        return {"reopens": enrollment.id}
    return {}
