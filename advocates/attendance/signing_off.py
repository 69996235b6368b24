"""Signing a session off: the delivered times are confirmed, credit is posted, and the register is locked."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from advocates import clock
from advocates.attendance.crediting import recredit
from advocates.attendance.marking import N_, find_overlaps, new_mark
from advocates.attendance.models import AttendanceMark
from advocates.attendance.open_register import RegisterClosed, refuse_closed
from advocates.attendance.queries import Register, RosterPerson, load_register, lock_people, lock_session
from advocates.attendance.queries.signing import may_sign_off
from advocates.attendance.rules import (
    CreditReason,
    DeliveredRefused,
    PlannedPart,
    Window,
    read_delivered,
    read_end,
    stay_until,
)
from advocates.audit.recording import record
from advocates.database import db, new_id
from advocates.schedule.models import AgendaSegment, TrainingSession
from advocates.schedule.queries import SegmentRow


class Unmarked(Exception):
    """These people are neither here, nor not here, nor "could not be established"."""

    def __init__(self, people: Sequence[RosterPerson]) -> None:
        super().__init__(f"{len(people)} unmarked")
        self.people = people


def sign_off(
    actor_id: uuid.UUID,
    session_id: uuid.UUID,
    agenda_version: int,
    typed: Mapping[uuid.UUID, tuple[str, str]],
    ended: str = "",
) -> None:
    """Confirm when each segment was delivered (clock times as typed, empty for as planned) and post the credit.

    Of a class that ran over, `ended` is later than planned: whoever was there to its planned end stayed until then.
    RegisterClosed, Unmarked or DeliveredRefused: then nothing was changed.
    """
    session = lock_session(session_id)
    refuse_closed(session)
    if session.agenda_version != agenda_version:
        raise RegisterClosed(N_("The agenda changed in the meantime. Look at its parts again, then sign off."))
    register = load_register(session)
    refuse_signing(actor_id, register)
    was_to_end = session.planned_end
    marks = _run_over(actor_id, register, read_end(ended, register.window, clock.now()))
    _confirm_delivered(register, typed, ended)
    session.signed_off_at, session.signed_off_by = clock.now(), actor_id
    entries = recredit(actor_id, list(register.people), CreditReason.SIGNED_OFF.value, new_marks=marks)
    has_run_over = session.planned_end != was_to_end
    record(
        actor_id,
        "sign_off_session",
        rows=[*marks, *entries],
        changes={"planned_end": (was_to_end.isoformat(), session.planned_end.isoformat())} if has_run_over else None,
        session_id=session_id,
        agenda_version=agenda_version,
        minutes=sum(entry.minutes for entry in entries),
    )


def preview_minutes(
    window: Window, segments: Iterable[SegmentRow], typed: Mapping[uuid.UUID, tuple[str, str]], ended: str
) -> dict[uuid.UUID, int]:
    """The minutes that each segment would be delivered for; nothing is changed. DeliveredRefused as `sign_off`."""
    now = clock.now()
    run_over = replace(window, end=max(window.end, read_end(ended, window, now)))
    delivered = read_delivered(_planned(segments), typed, ended, run_over, now)
    return {segment_id: int((end - start).total_seconds()) // 60 for segment_id, (start, end) in delivered.items()}


def refuse_signing(actor_id: uuid.UUID, register: Register) -> None:
    """RegisterClosed before the session began, for somebody who takes part in it and for who does not teach it;
    Unmarked while names are open.
    """
    if not has_begun(register.session):
        raise RegisterClosed(N_("This session has not begun. Sign it off when it is over."))
    if any(person.person_id == actor_id for person in register.people.values()):
        message = N_("You take part in this session yourself: another trainer or an administrator signs it off.")
        raise RegisterClosed(message)
    if not may_sign_off(register.session.id, actor_id):
        message = N_("Other trainers teach this session: one of them signs it off, or an administrator.")
        raise RegisterClosed(message)
    if register.unmarked:
        raise Unmarked(register.unmarked)


def has_begun(session: TrainingSession) -> bool:
    return clock.now() >= session.planned_start


def is_running(session: TrainingSession) -> bool:
    return has_begun(session) and clock.now() < session.planned_end


def _run_over(actor_id: uuid.UUID, register: Register, end: datetime) -> list[AttendanceMark]:
    """Move the session's end to a later one; the next marks of those who were there to the planned end."""
    session, planned_end = register.session, register.session.planned_end
    if end <= planned_end:
        return []
    session.planned_end = end
    locked = lock_people(session, register.people.keys())
    current = {enrollment_id: locked.current(enrollment_id) for enrollment_id in locked.people}
    stayed = {
        enrollment_id: content
        for enrollment_id, stored in current.items()
        if stored and (content := stay_until(stored.content, planned_end, end))
    }
    if errors := find_overlaps(locked, stayed):
        raise DeliveredRefused({"ended": next(iter(errors.values()))})
    return [new_mark(locked, enrollment_id, content, actor_id, new_id()) for enrollment_id, content in stayed.items()]


def _confirm_delivered(register: Register, typed: Mapping[uuid.UUID, tuple[str, str]], ended: str) -> None:
    session = register.session
    segments = db.session.scalars(
        select(AgendaSegment).where(
            AgendaSegment.session_id == session.id, AgendaSegment.agenda_version == session.agenda_version
        )
    ).all()
    delivered = read_delivered(_planned(segments), typed, ended, register.window, clock.now())
    for segment in segments:
        segment.delivered_start, segment.delivered_end = delivered[segment.id]


def _planned(segments: Iterable[AgendaSegment | SegmentRow]) -> list[PlannedPart]:
    return [PlannedPart(segment.id, segment.planned_start, segment.planned_end) for segment in segments]
