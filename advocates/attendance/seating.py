"""Seats at other cohorts' sessions: taken with a make-up or booked ahead of one, and given up again."""

import uuid

from sqlalchemy import delete, select

from advocates.attendance.models import AttendanceMark, MakeUp
from advocates.attendance.queries.make_ups import OPEN
from advocates.database import db
from advocates.schedule.models import SeatKind, SessionSeat


def has_seat(session_id: uuid.UUID, enrollment_id: uuid.UUID) -> bool:
    """Whether they have a seat of any kind there."""
    seat = select(SessionSeat.id).filter_by(session_id=session_id, enrollment_id=enrollment_id)
    return db.session.scalar(seat) is not None


def take_seat(session_id: uuid.UUID, enrollment_id: uuid.UUID) -> None:
    """So that the register of a session elsewhere shows them. A guest's seat will do."""
    if not has_seat(session_id, enrollment_id):
        db.session.add(SessionSeat(session_id=session_id, enrollment_id=enrollment_id, kind=SeatKind.MAKE_UP))


def free_seat(session_id: uuid.UUID, enrollment_id: uuid.UUID) -> bool:
    """Free the seat unless a make-up needs it; whether it is free now. Whoever was marked stays on the register."""
    db.session.flush()
    place = {"session_id": session_id, "enrollment_id": enrollment_id}
    others = select(MakeUp.id).filter_by(**place).where(MakeUp.state.in_(OPEN))
    marks = select(AttendanceMark.id).filter_by(**place)
    if db.session.scalar(others.limit(1)) is not None or db.session.scalar(marks.limit(1)) is not None:
        return False
    db.session.execute(delete(SessionSeat).filter_by(**place, kind=SeatKind.MAKE_UP))
    return True
