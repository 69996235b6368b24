"""Change a session that is not signed off: its agenda, its time and place, or that it takes place at all."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from advocates import clock
from advocates.audit.recording import Changes, record
from advocates.cohorts.models import Cohort
from advocates.cohorts.seats import lock_open_cohort
from advocates.database import db
from advocates.schedule import rules
from advocates.schedule.holding import Use, hold
from advocates.schedule.models import TrainingSession
from advocates.schedule.overlaps import refuse_overlaps
from advocates.schedule.queries import SessionRow, sessions_of_cohort
from advocates.schedule.scheduling import agenda_rows, refuse_agenda
from advocates.schedule.telling import describe, tell_of_cancelling, tell_of_change


class Obstacle(StrEnum):
    """What stands in the way of a change."""

    SIGNED_OFF = "signed_off"
    CANCELLED = "cancelled"
    HAS_MARKS = "has_marks"
    DELIVERED = "delivered"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NOTHING_NEW = "nothing_new"


class SessionLocked(Exception):
    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle)
        self.obstacle = obstacle


_evidence: list[Callable[[uuid.UUID], bool]] = []


def counts_as_evidence(has_marks: Callable[[uuid.UUID], bool]) -> Callable[[uuid.UUID], bool]:
    """Register what tells whether attendance was recorded at a session: that one is neither moved nor cancelled.

    Attendance stands above the schedule, so it registers its question here. Usable as a decorator.
    """
    _evidence.append(has_marks)
    return has_marks


def find_obstacle(session: TrainingSession) -> Obstacle | None:
    """What in the session itself forbids every change, or None."""
    if session.cancelled_at is not None:
        return Obstacle.CANCELLED
    return Obstacle.SIGNED_OFF if session.signed_off_at is not None else None


def edit_agenda(
    actor_id: uuid.UUID,
    session_id: uuid.UUID,
    seen_version: int,
    new: rules.PlannedSession,
    title: str | None = None,
    *,
    is_held_anyway: bool = False,
) -> int:
    """Give the session another agenda, mode, end and title; returns how many are told of a new end.

    The old agenda's rows stay as history. Raises SessionLocked, AgendaRefused, SessionsOverlap or
    OnlyKnowingly.
    """
    cohort, session, _, others = lock_session(session_id, seen_version)
    if new.end != session.planned_end:
        # Marks hold the scheduled interval: against a later end, everybody would seem to have left early.
        refuse_with_marks(session.id)
    refuse_agenda(cohort, new)
    refuse_overlaps(others, [(new.start, new.end)])
    held = {}
    if new.end > session.planned_end:
        longer = Use(session.planned_end, new.end, session.place, session.room)
        held = hold(longer, session.time_zone, is_held_anyway=is_held_anyway, session_id=session.id, is_new_day=False)
    before, was_to_end = describe(session), session.planned_end
    old_mode, session.delivery_mode, session.title = session.delivery_mode, new.delivery_mode, title
    write_agenda(session, new)
    told = 0 if was_to_end == new.end else tell_of_change(cohort, session, before, was_to_end)
    record(
        actor_id,
        "edit_agenda",
        changes={
            "planned_end": (was_to_end.isoformat(), new.end.isoformat()),
            "delivery_mode": (old_mode, new.delivery_mode),
        },
        session_id=session.id,
        agenda_version=session.agenda_version,
        **held,
    )
    return told


@dataclass(frozen=True)
class Where:
    """A place, and the room in it or the link to it."""

    place: str
    room: str | None = None
    link: str | None = None


def move_session(
    actor_id: uuid.UUID,
    session_id: uuid.UUID,
    seen_version: int,
    new_start: datetime,
    where: Where,
    *,
    is_held_anyway: bool = False,
) -> int:
    """Begin the session at another UTC instant or place, its minutes kept; returns how many are told.

    Raises SessionLocked, SessionsOverlap or OnlyKnowingly.
    """
    cohort, session, row, others = lock_session(session_id, seen_version)
    refuse_with_marks(session.id)
    if (new_start, where) == (session.planned_start, _where(session)):
        raise SessionLocked(Obstacle.NOTHING_NEW)
    moved = rules.move_session(row.planned, new_start)
    refuse_overlaps(others, [(moved.start, moved.end)])
    held = hold(
        Use(moved.start, moved.end, where.place, where.room),
        session.time_zone,
        is_held_anyway=is_held_anyway,
        session_id=session.id,
        is_new_day=new_start != session.planned_start,
    )
    before, was, was_to_end = describe(session), _facts(session), session.planned_end
    session.place, session.room, session.link = where.place, where.room, where.link
    write_agenda(session, moved)
    told = tell_of_change(cohort, session, before, was_to_end)
    record(
        actor_id,
        "move_session",
        changes=_changes(was, _facts(session)),
        session_id=session.id,
        agenda_version=session.agenda_version,
        **held,
    )
    return told


def cancel_session(actor_id: uuid.UUID, session_id: uuid.UUID, reason: rules.CancelReason) -> int:
    """The session does not take place, and its minutes are not scheduled any more; returns how many are told.

    Raises SessionLocked: one with delivered minutes ended early and is never cancelled.
    """
    cohort, session, row, _ = lock_session(session_id)
    refuse_with_marks(session.id)
    if any(part.delivered_start != part.delivered_end for part in row.segments):
        raise SessionLocked(Obstacle.DELIVERED)
    session.cancelled_at, session.cancel_reason_code = clock.now(), reason
    told = tell_of_cancelling(cohort, session)
    record(actor_id, "cancel_session", session_id=session.id, reason=reason)
    return told


def _where(session: TrainingSession) -> Where:
    return Where(session.place, session.room, session.link)


def _facts(session: TrainingSession) -> dict[str, str | None]:
    """When and where it begins, for the audit trail."""
    begins = {"planned_start": session.planned_start.isoformat()}
    return begins | {"place": session.place, "room": session.room, "link": session.link}


def _changes(before: Mapping[str, str | None], now: Mapping[str, str | None]) -> Changes:
    return {name: (before[name], value) for name, value in now.items() if value or before[name]}


def lock_session(
    session_id: uuid.UUID, seen_version: int | None = None
) -> tuple[Cohort, TrainingSession, SessionRow, list[SessionRow]]:
    """The cohort and session, held until this transaction ends, the session as read, and the cohort's others."""
    session = db.session.get_one(TrainingSession, session_id)
    cohort = lock_open_cohort(session.cohort_id)
    db.session.refresh(session, with_for_update=True)
    if obstacle := find_obstacle(session):
        raise SessionLocked(obstacle)
    if seen_version not in {None, session.agenda_version}:
        raise SessionLocked(Obstacle.CHANGED_MEANWHILE)
    rows = {row.id: row for row in sessions_of_cohort(cohort.id)}
    return cohort, session, rows.pop(session.id), list(rows.values())


def refuse_with_marks(session_id: uuid.UUID) -> None:
    """Raise SessionLocked where attendance was recorded."""
    if any(has_marks(session_id) for has_marks in _evidence):
        raise SessionLocked(Obstacle.HAS_MARKS)


def write_agenda(session: TrainingSession, new: rules.PlannedSession) -> None:
    """The next version of the session's agenda, from the new start to the new end."""
    session.planned_start, session.planned_end = new.start, new.end
    session.agenda_version += 1
    db.session.add_all(agenda_rows(session.id, session.agenda_version, new.delivery_mode, new.segments))
    db.session.flush()
