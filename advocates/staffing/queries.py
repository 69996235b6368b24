"""Reads of staff, qualifications and bookings. Each says how many statements it sends, however many rows."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from advocates.access import Role
from advocates.cohorts.models import Cohort
from advocates.database import db
from advocates.people.models import PersonProfile, RoleGrant
from advocates.schedule.holding import Taken, tells_who_is_taken
from advocates.schedule.models import TrainingSession
from advocates.schedule.rules import room_key
from advocates.staffing.models import GuestSpeaker, Qualification, SessionStaff
from advocates.staffing.rules import Booking, Held


@dataclass(frozen=True)
class Candidate:
    """Somebody who can teach a session: a trainer of its cohort, or a guest speaker."""

    person_id: uuid.UUID
    name: str
    is_guest: bool
    qualifications: Sequence[Held] = ()


@dataclass(frozen=True)
class Around:
    """The sessions that share a moment with some others: their bookings, and what a page says of each."""

    bookings: Sequence[Booking]
    cohorts: Mapping[uuid.UUID, str]
    times: Mapping[uuid.UUID, tuple[datetime, datetime, str]]
    names: Mapping[uuid.UUID, str]
    staff: Mapping[uuid.UUID, Sequence[uuid.UUID]] = field(default_factory=dict)


def candidates(cohort_id: uuid.UUID) -> Sequence[Candidate]:
    """The cohort's trainers, then the guest speakers, by name. Two statements."""
    trains = select(RoleGrant.person_id).where(
        RoleGrant.cohort_id == cohort_id, RoleGrant.role == Role.TRAINER, RoleGrant.ended_at.is_(None)
    )
    speaks = select(GuestSpeaker.person_id)
    is_trainer = PersonProfile.person_id.in_(trains)
    people = db.session.execute(
        select(PersonProfile.person_id, PersonProfile.chosen_name, is_trainer)
        .where(is_trainer | PersonProfile.person_id.in_(speaks))
        .order_by(is_trainer.desc(), func.lower(PersonProfile.chosen_name), PersonProfile.person_id)
    ).all()
    held = qualifications_of([person_id for person_id, *_ in people])
    return [
        Candidate(person_id, name, not trainer, [_held(row) for row in held.get(person_id, ())])
        for person_id, name, trainer in people
    ]


def qualifications_of(person_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Sequence[Qualification]]:
    """The qualifications of each, the newest first. One statement."""
    rows = db.session.scalars(
        select(Qualification)
        .where(Qualification.person_id.in_(person_ids), Qualification.removed_at.is_(None))
        .order_by(Qualification.holds_from.desc(), Qualification.title)
    )
    found: dict[uuid.UUID, list[Qualification]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


def staff_of(session_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """The people named for one session. One statement."""
    named = select(SessionStaff.person_id).where(
        SessionStaff.session_id == session_id, SessionStaff.removed_at.is_(None)
    )
    return db.session.scalars(named.order_by(SessionStaff.id)).all()


@tells_who_is_taken
def staff_taken(session_id: uuid.UUID, start: datetime, end: datetime) -> Sequence[Taken]:
    """The other sessions between two instants that somebody teaches who is named for this one. One statement."""
    mine = select(SessionStaff.person_id).where(
        SessionStaff.session_id == session_id, SessionStaff.removed_at.is_(None)
    )
    table = TrainingSession
    rows = db.session.execute(
        select(
            table.id,
            Cohort.title,
            table.planned_start,
            table.planned_end,
            table.time_zone,
            PersonProfile.chosen_name,
        )
        .join(SessionStaff, (SessionStaff.session_id == table.id) & SessionStaff.removed_at.is_(None))
        .join(Cohort, Cohort.id == table.cohort_id)
        .join(PersonProfile, PersonProfile.person_id == SessionStaff.person_id)
        .where(
            table.id != session_id,
            table.planned_start < end,
            table.planned_end > start,
            table.cancelled_at.is_(None),
            SessionStaff.person_id.in_(mine),
        )
        .order_by(table.planned_start, table.id, SessionStaff.id)
    )
    return [Taken(*row) for row in rows]


def bookings_around(session_ids: Collection[uuid.UUID]) -> Around:
    """The bookings of these sessions and of all that take place at their times, in any cohort. Two statements.

    Nobody is booked by a session that names no staff: which of the cohort's trainers comes is still open.
    """
    wanted = select(func.min(TrainingSession.planned_start), func.max(TrainingSession.planned_end)).where(
        TrainingSession.id.in_(session_ids)
    )
    span = wanted.subquery()
    first, last = span.c
    table = TrainingSession
    rows = db.session.execute(
        select(table.id, table.planned_start, table.planned_end, table.time_zone, table.place, table.room, Cohort.title)
        .join(Cohort, Cohort.id == table.cohort_id)
        .join(span, (table.planned_start < last) & (table.planned_end > first))
        .where(table.cancelled_at.is_(None))
        .order_by(table.planned_start)
    ).all()
    named = db.session.execute(
        select(SessionStaff.session_id, SessionStaff.person_id, PersonProfile.chosen_name)
        .join(PersonProfile, PersonProfile.person_id == SessionStaff.person_id)
        .where(SessionStaff.session_id.in_([row.id for row in rows]), SessionStaff.removed_at.is_(None))
        .order_by(SessionStaff.id)
    ).all()
    staff: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for session_id, person_id, _ in named:
        staff[session_id].append(person_id)
    return Around(
        bookings=[_booking(row, staff[row.id]) for row in rows],
        cohorts={row.id: row.title for row in rows},
        times={row.id: (row.planned_start, row.planned_end, row.time_zone) for row in rows},
        names={person_id: name for _, person_id, name in named},
        staff=staff,
    )


def _booking(row: Any, people: Collection[uuid.UUID]) -> Booking:
    room = room_key(row.place, row.room)
    return Booking(row.id, row.planned_start, row.planned_end, frozenset([*people, *([room] if room else [])]))


def _held(row: Qualification) -> Held:
    return Held(row.title, row.holds_from, row.holds_until)
