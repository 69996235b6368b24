"""Who owes minutes in the demo, and what becomes of it: a make-up and a seat in another cohort, the rest still open."""

import uuid
from datetime import date, timedelta

from advocates import clock
from advocates.attendance.booking import book_seat
from advocates.attendance.making_up import approve_make_up, propose_make_up
from advocates.attendance.proposing import Proposal
from advocates.attendance.queries.owing import Offer, Owing, load_owing
from advocates.attendance.rules.make_ups import Debt
from advocates.cohorts.queries import EnrollmentRow, find_enrollment
from advocates.database import db
from advocates.demo import stage
from advocates.demo.stage import Company, Staff
from advocates.hours.rules import Slice, intersect

EVIDENCE = "The same part is taught in the other cohort’s week."
MADE_UP_ELSEWHERE, BOOKED = 0, 7
PAID_MINUTES = 30


def tell_owed(staff: Staff, company: Company, today: date) -> None:
    """By place in the cast: one makes a part up in another cohort and owes the rest, one has a seat there for now.

    Others miss what an activity could stand in for, and what only another cohort teaches: they are left at risk.
    """
    with clock.at(stage.noon(today - timedelta(days=1))):
        row, owing = _owing(company.enrollment_ids[MADE_UP_ELSEWHERE])
        debt, offer = _longest(owing)
        taught = intersect(offer.slices, [debt.minutes])[0]
        part = Slice(taught.from_minute, min(taught.to_minute, taught.from_minute + PAID_MINUTES))
        proposal = Proposal(debt.module_id, part, offer.session.id, None, EVIDENCE)
        make_up_id = propose_make_up(staff.trainers[0].person_id, row, proposal)
        approve_make_up(staff.trainers[1].person_id, make_up_id)
        row, owing = _owing(company.enrollment_ids[BOOKED])
        book_seat(staff.trainers[0].person_id, row, _longest(owing)[1].session.id)
        db.session.commit()


def _owing(enrollment_id: uuid.UUID) -> tuple[EnrollmentRow, Owing]:
    row = find_enrollment(enrollment_id)
    assert row is not None  # noqa: S101
    return row, load_owing(row)


def _longest(owing: Owing) -> tuple[Debt, Offer]:
    """The longest debt that another cohort has a seat for, and where that is first."""
    found = ((debt, offer) for debt in owing.debts for offer in owing.offers_of(debt) if offer.is_bookable)
    return max(found, key=lambda each: each[0].minutes.minutes)
