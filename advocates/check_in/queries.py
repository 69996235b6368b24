"""Reads of checking in: the sessions near a person, their check-ins, open kiosks, and personal codes."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select

from advocates import clock
from advocates.attendance.queries import RosterPerson, roster
from advocates.check_in.models import CheckIn, Kiosk, PersonalCode
from advocates.check_in.rules import Direction, Event, closes_at, is_near
from advocates.check_in.rules.evidence import MARGIN
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.database import db
from advocates.people.models import PersonProfile
from advocates.schedule.models import SessionSeat, TrainingSession


@dataclass(frozen=True)
class Place:
    """One person's place at one session, with their check-ins there, oldest first."""

    session: TrainingSession
    cohort_title: str
    person_id: uuid.UUID
    enrollment_id: uuid.UUID
    events: tuple[Event, ...]

    @property
    def last(self) -> Event | None:
        return self.events[-1] if self.events else None

    @property
    def is_in(self) -> bool:
        return self.last is not None and self.last.direction is Direction.IN


@dataclass(frozen=True)
class OpenKiosk:
    """A kiosk that is running, its session, and who started it."""

    kiosk: Kiosk
    session: TrainingSession
    cohort_title: str
    started_by_name: str | None


def own_places(person_id: uuid.UUID) -> Sequence[Place]:
    """Where this person can check in now, by time. Two statements, and one for each session that is near."""
    now = clock.now()
    is_mine = or_(
        exists().where(
            Placement.cohort_id == TrainingSession.cohort_id,
            Placement.enrollment_id == Enrollment.id,
            Enrollment.person_id == person_id,
        ),
        exists().where(
            SessionSeat.session_id == TrainingSession.id,
            SessionSeat.enrollment_id == Enrollment.id,
            Enrollment.person_id == person_id,
        ),
    )
    near = db.session.execute(
        select(TrainingSession, Cohort.title)
        .join(Cohort, Cohort.id == TrainingSession.cohort_id)
        .where(
            TrainingSession.planned_start <= now + MARGIN,
            TrainingSession.planned_end >= now - MARGIN,
            TrainingSession.cancelled_at.is_(None),
            TrainingSession.signed_off_at.is_(None),
            is_mine,
        )
        .order_by(TrainingSession.planned_start, TrainingSession.id)
    ).all()
    found = [(session, title, on_register(session, person_id)) for session, title in near]
    events = events_of([session.id for session, _ in near]) if near else {}
    return [
        Place(session, title, person_id, person.enrollment_id, events[session.id].get(person.enrollment_id, ()))
        for session, title, person in found
        if person is not None
    ]


def on_register(session: TrainingSession, person_id: uuid.UUID) -> RosterPerson | None:
    """The person on the session's register; where two enrollments of theirs are, the newer one. One statement."""
    theirs = (person for person in roster(session) if person.person_id == person_id)
    return max(theirs, key=lambda person: person.enrollment_id, default=None)


def events_of(session_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Mapping[uuid.UUID, tuple[Event, ...]]]:
    """Everybody's check-ins, oldest first, by session and enrollment. One statement."""
    found: dict[uuid.UUID, dict[uuid.UUID, tuple[Event, ...]]] = defaultdict(dict)
    rows = db.session.execute(
        select(CheckIn.session_id, CheckIn.enrollment_id, CheckIn.direction, CheckIn.at, CheckIn.means)
        .where(CheckIn.session_id.in_(session_ids))
        .order_by(CheckIn.at, CheckIn.id)
    )
    for session_id, enrollment_id, direction, at, means in rows:
        mine = found[session_id].get(enrollment_id, ())
        found[session_id][enrollment_id] = (*mine, Event(direction, at, means))
    return found


def count_checked_in(session_id: uuid.UUID) -> int:
    """How many people ever checked in here. One statement."""
    count = select(func.count(func.distinct(CheckIn.enrollment_id))).where(CheckIn.session_id == session_id)
    return db.session.scalar(count) or 0


def sha256(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def find_open_kiosk(token: str) -> OpenKiosk | None:
    """The kiosk behind a cookie while it runs. One statement."""
    rows = _open_kiosks(Kiosk.token_sha256 == sha256(token))
    return rows[0] if rows else None


def kiosks_at(session_id: uuid.UUID) -> Sequence[OpenKiosk]:
    """The kiosks that run for a session, oldest first. One statement."""
    return _open_kiosks(Kiosk.session_id == session_id)


def _open_kiosks(which: object) -> Sequence[OpenKiosk]:
    rows = db.session.execute(
        select(Kiosk, TrainingSession, Cohort.title, PersonProfile.chosen_name)
        .join(TrainingSession, TrainingSession.id == Kiosk.session_id)
        .join(Cohort, Cohort.id == TrainingSession.cohort_id)
        .outerjoin(PersonProfile, PersonProfile.person_id == Kiosk.started_by)
        .where(which, Kiosk.ended_at.is_(None))  # type: ignore[arg-type]
        .order_by(Kiosk.started_at, Kiosk.id)
    )
    now = clock.now()
    return [
        OpenKiosk(kiosk, session, title, name)
        for kiosk, session, title, name in rows
        if now <= closes_at(session.planned_end)
    ]


def find_by_code(session: TrainingSession, cohort_title: str, code: str) -> Place | None:
    """Whose personal code this is among the people of the session's register. Up to three statements."""
    person_id = db.session.scalars(select(PersonalCode.person_id).filter_by(code=code)).one_or_none()
    person = on_register(session, person_id) if person_id else None
    if person is None:
        return None
    events = events_of([session.id])[session.id].get(person.enrollment_id, ())
    return Place(session, cohort_title, person.person_id, person.enrollment_id, events)


def personal_code(person_id: uuid.UUID) -> str | None:
    """One statement."""
    return db.session.scalars(select(PersonalCode.code).filter_by(person_id=person_id)).one_or_none()


def is_near_now(session: TrainingSession, now: datetime) -> bool:
    return is_near(session.planned_start, session.planned_end, now)
