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


def take_seat(session_id: uuid.UUID, enrollment_id: uuid.UUID, *, is_booked: bool = False) -> None:
    """So that the register of a session elsewhere shows them. A guest's seat will do.

    One that `is_booked` by itself outlives every make-up: only whoever cancels it gives it up.
    """
    if not has_seat(session_id, enrollment_id):
        place = {"session_id": session_id, "enrollment_id": enrollment_id}
        db.session.add(SessionSeat(**place, kind=SeatKind.MAKE_UP, is_booked=is_booked))


def give_up_seat(session_id: uuid.UUID, enrollment_id: uuid.UUID) -> None:
    """Free the seat that a make-up took, unless another needs it. One booked by itself stays."""
    seat = select(SessionSeat.is_booked).filter_by(session_id=session_id, enrollment_id=enrollment_id)
    if not db.session.scalar(seat):
        free_seat(session_id, enrollment_id)


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
