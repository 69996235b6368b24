"""A seat at another cohort's session: booked before anything is proposed, so that the person can come at all."""

import uuid

from sqlalchemy import select

from advocates.attendance.making_up import lock_enrollment
from advocates.attendance.proposing import ProposalRefused, refuse_own, refuse_proposing, refuse_without_seat
from advocates.attendance.queries.owing import load_owing
from advocates.attendance.seating import free_seat, has_seat, take_seat
from advocates.audit.recording import record
from advocates.cohorts.queries import EnrollmentRow
from advocates.curriculum.rules import N_
from advocates.database import db
from advocates.schedule.models import SeatKind, SessionSeat, TrainingSession


def book_seat(actor_id: uuid.UUID, row: EnrollmentRow, session_id: uuid.UUID) -> None:
    """A seat in a session to come that teaches something they miss; by itself it earns nothing. ProposalRefused."""
    _lock(row, session_id)
    refuse_proposing(actor_id, row)
    if has_seat(session_id, row.enrollment.id):
        raise ProposalRefused("", N_("This person has a seat in that session already."))
    offers = [offer for offer in load_owing(row).offers if offer.session.id == session_id]
    offer = next((offer for offer in offers if offer.seats_left is not None), None)
    if offer is None:
        message = N_(
            "No seat is needed there: choose a session to come of another cohort that teaches what is missing."
        )
        raise ProposalRefused("", message)
    refuse_without_seat(offer)
    take_seat(session_id, row.enrollment.id, is_booked=True)
    record(actor_id, "book_seat", session_id=session_id, enrollment_id=row.enrollment.id)


def cancel_seat(actor_id: uuid.UUID, row: EnrollmentRow, session_id: uuid.UUID) -> None:
    """Free the seat for somebody else, of whoever withdrew too.

    ProposalRefused where there is none, or a make-up or a mark needs it.
    """
    _lock(row, session_id)
    refuse_own(actor_id, row)
    seat = {"session_id": session_id, "enrollment_id": row.enrollment.id, "kind": SeatKind.MAKE_UP}
    if db.session.scalar(select(SessionSeat.id).filter_by(**seat)) is None:
        raise ProposalRefused("", N_("There is no such seat any more."))
    if not free_seat(session_id, row.enrollment.id):
        message = N_("This seat is needed: a make-up names it, or attendance is recorded. Take the make-up back first.")
        raise ProposalRefused("", message)
    record(actor_id, "cancel_seat", session_id=session_id, enrollment_id=row.enrollment.id)


def _lock(row: EnrollmentRow, session_id: uuid.UUID) -> None:
    db.session.execute(select(TrainingSession.id).filter_by(id=session_id).with_for_update())
    lock_enrollment(row.enrollment.id)
