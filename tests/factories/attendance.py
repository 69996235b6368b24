"""Marks and signed-off sessions, made by the real activities and committed."""

import uuid
from collections.abc import Sequence
from typing import Any

from advocates import clock
from advocates.attendance.marking import Entry, mark_attendance
from advocates.attendance.models import PaperSheet
from advocates.attendance.queries import load_register
from advocates.attendance.rules import Outcome, Typed
from advocates.attendance.signing_off import sign_off
from advocates.audit.recording import record
from advocates.database import db, new_id
from advocates.files import storing
from advocates.schedule.models import SeatKind, SessionSeat, TrainingSession


def entry_for(session: TrainingSession, enrollment: Any, outcome: str | None = "present", **typed: Any) -> Entry:
    """A register row as a browser sends it, made from what is stored now; times are texts like "5:55 pm"."""
    version = load_register(session).version(enrollment.id)
    return Entry(enrollment.id, version, uuid.uuid4(), Typed(Outcome(outcome) if outcome else None, **typed))


def make_mark(session: TrainingSession, enrollment: Any, trainer: Any, outcome: str = "present", **typed: Any) -> None:
    """The session's day must have come, by `clock`."""
    mark_attendance(trainer.id, session.id, [entry_for(session, enrollment, outcome, **typed)]).or_refuse()
    db.session.commit()


def make_signed_off(session: TrainingSession, trainer: Any, absent: Sequence[Any] = (), ended: str = "") -> None:
    """Everybody still unmarked was there throughout, but for `absent`; then the session is signed off."""
    entries = [entry_for(session, enrollment, "absent") for enrollment in absent]
    mark_attendance(trainer.id, session.id, entries, fills_unmarked=True).or_refuse()
    sign_off(trainer.id, session.id, session.agenda_version, {}, ended)
    db.session.commit()


def make_seat(session: TrainingSession, enrollment: Any, kind: str = "make_up") -> SessionSeat:
    seat = SessionSeat(id=new_id(), session_id=session.id, enrollment_id=enrollment.id, kind=SeatKind(kind))
    db.session.add(seat)
    db.session.commit()
    return seat


def make_sheet(session: TrainingSession, by: Any, scan: bytes | None = b"%PDF-1.7\n%scan") -> PaperSheet:
    """A paper sheet of nobody, with its scan."""
    sheet = PaperSheet(
        id=new_id(),
        session_id=session.id,
        scan_file_id=storing.put(scan, "application/pdf").id if scan else None,
        entered_by=by.id,
        witnessed_by=by.id,
        entered_at=clock.now(),
    )
    record(by.id, "attach_scan", rows=[sheet], session_id=session.id)
    db.session.commit()
    return sheet
