"""Reads of calendars. One statement each, however many sessions."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select

from advocates import clock
from advocates.access import PERMISSIONS, Permission, Role
from advocates.calendars.models import CalendarLink
from advocates.calendars.rules import Entry
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db
from advocates.people.models import Account, PersonProfile, RoleGrant
from advocates.schedule.models import SessionSeat, TrainingSession
from advocates.staffing.models import SessionStaff

# A calendar program keeps what it once fetched; the feed itself stays short.
REACHES_BACK = timedelta(days=400)
ATTENDING = (EnrollmentStatus.ENROLLED, EnrollmentStatus.COMPLETED, EnrollmentStatus.NOT_COMPLETED)
READERS = [role for role in Role if role is not Role.TRAINEE and Permission.VIEW_COHORTS in PERMISSIONS[role]]


@dataclass(frozen=True)
class OpenLink:
    """A link that works now, of a person whose account is open."""

    id: uuid.UUID
    person_id: uuid.UUID
    cohort_id: uuid.UUID | None
    language: str


@dataclass(frozen=True)
class LinkRow:
    """A person's link as their page lists it. `cohort_title` is None for their own sessions."""

    id: uuid.UUID
    token_sha256: str
    cohort_title: str | None
    created_at: datetime


@dataclass(frozen=True)
class OwnSession:
    """A session as one's own calendar lists it."""

    session_id: uuid.UUID
    starts: datetime
    ends: datetime
    time_zone: str
    place: str
    room: str | None
    is_cancelled: bool
    cohort_id: uuid.UUID
    cohort: str


def find_link(token_sha256: str) -> OpenLink | None:
    """The link of this token, if it shows anything: revoked, or its cohort no longer its owner's, it does not."""
    allowed = or_(CalendarLink.cohort_id.is_(None), _may_read(CalendarLink.person_id, CalendarLink.cohort_id))
    row = db.session.execute(
        select(CalendarLink.id, CalendarLink.person_id, CalendarLink.cohort_id, PersonProfile.language)
        .join(PersonProfile, PersonProfile.person_id == CalendarLink.person_id)
        .join(Account, Account.person_id == CalendarLink.person_id)
        .where(
            CalendarLink.token_sha256 == token_sha256,
            CalendarLink.revoked_at.is_(None),
            Account.disabled_at.is_(None),
            allowed,
        )
    ).one_or_none()
    return OpenLink(*row) if row else None


def open_links(person_id: uuid.UUID) -> Sequence[LinkRow]:
    rows = db.session.execute(
        select(CalendarLink.id, CalendarLink.token_sha256, Cohort.title, CalendarLink.created_at)
        .outerjoin(Cohort, Cohort.id == CalendarLink.cohort_id)
        .where(CalendarLink.person_id == person_id, CalendarLink.revoked_at.is_(None))
        .order_by(Cohort.title.is_not(None), Cohort.title)
    )
    return [LinkRow(*row) for row in rows]


def entries_of_person(person_id: uuid.UUID) -> Sequence[Entry]:
    """The sessions that the person attends or teaches, in order of time."""
    return _entries(_takes_part(person_id))


def entries_of_cohort(cohort_id: uuid.UUID) -> Sequence[Entry]:
    return _entries(TrainingSession.cohort_id == cohort_id)


def own_sessions(person_id: uuid.UUID, since: datetime, until: datetime) -> Sequence[OwnSession]:
    """What the person attends or teaches between two instants, in order of time, the canceled ones too."""
    table = TrainingSession
    rows = db.session.execute(
        select(
            table.id,
            table.planned_start,
            table.planned_end,
            table.time_zone,
            table.place,
            table.room,
            table.cancelled_at.is_not(None),
            Cohort.id,
            Cohort.title,
        )
        .join(Cohort, Cohort.id == table.cohort_id)
        .where(_takes_part(person_id), table.planned_end > since, table.planned_start < until)
        .order_by(table.planned_start, table.id)
    )
    return [OwnSession(*row) for row in rows]


def entry_for(session_id: uuid.UUID, person_id: uuid.UUID) -> Entry | None:
    """One session, for somebody who takes part in it or may read its cohort."""
    may_see = or_(_takes_part(person_id), _may_read(person_id, TrainingSession.cohort_id))
    rows = db.session.execute(_select().where(TrainingSession.id == session_id, may_see)).all()
    return _entry(rows[0]) if rows else None


def _takes_part(person_id: uuid.UUID) -> ColumnElement[bool]:
    placed = (
        select(Placement.cohort_id)
        .join(Enrollment, Enrollment.id == Placement.enrollment_id)
        .where(Enrollment.person_id == person_id, Enrollment.status.in_(ATTENDING), Placement.ended_at.is_(None))
    )
    seated = (
        select(SessionSeat.session_id)
        .join(Enrollment, Enrollment.id == SessionSeat.enrollment_id)
        .where(Enrollment.person_id == person_id, Enrollment.status != EnrollmentStatus.WITHDRAWN)
    )
    teaches = select(RoleGrant.cohort_id).where(
        RoleGrant.person_id == person_id,
        RoleGrant.role == Role.TRAINER,
        RoleGrant.cohort_id.is_not(None),
        *_holds(),
    )
    named = select(SessionStaff.session_id).where(SessionStaff.removed_at.is_(None))
    # Who of the trainers comes may be said of a session; where it is not, all are asked.
    teaches_it = TrainingSession.cohort_id.in_(teaches) & TrainingSession.id.not_in(named)
    return or_(
        TrainingSession.cohort_id.in_(placed),
        TrainingSession.id.in_(seated),
        teaches_it,
        TrainingSession.cohort_id.in_(teaches)
        & TrainingSession.id.in_(named.where(SessionStaff.person_id == person_id)),
    )


def _may_read(person_id: object, cohort_id: object) -> ColumnElement[bool]:
    """Whether a role lets the person read the cohort: everything, or this one."""
    everywhere = (RoleGrant.role == Role.ADMINISTRATOR) & RoleGrant.cohort_id.is_(None)
    here = RoleGrant.role.in_(READERS) & (RoleGrant.cohort_id == cohort_id)
    return exists().where(RoleGrant.person_id == person_id, or_(everywhere, here), *_holds())


def _holds() -> tuple[ColumnElement[bool], ...]:
    return RoleGrant.ended_at.is_(None), or_(RoleGrant.expires_at.is_(None), RoleGrant.expires_at > clock.now())


def _entries(wanted: ColumnElement[bool]) -> Sequence[Entry]:
    recent = TrainingSession.planned_start >= clock.now() - REACHES_BACK
    rows = db.session.execute(
        _select().where(wanted, recent).order_by(TrainingSession.planned_start, TrainingSession.id)
    )
    return [_entry(row) for row in rows]


def _select() -> Select[Any]:
    return select(*TrainingSession.__table__.columns)  # columns, not entities: nothing here is changed


def _entry(row: Any) -> Entry:
    return Entry(
        session_id=row.id,
        starts=row.planned_start,
        ends=row.planned_end,
        time_zone=row.time_zone,
        place=", ".join(filter(None, (row.place, row.room))),
        link=row.link,
        sequence=row.calendar_sequence,
        changed_at=row.calendar_changed_at,
        is_cancelled=row.cancelled_at is not None,
    )
