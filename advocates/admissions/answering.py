"""Answer an offer of a seat by its private link: accept it or let it go, once."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from advocates import clock
from advocates.admissions.models import Offer
from advocates.admissions.rules import OfferStanding, OfferState, offer_standing
from advocates.audit.recording import record
from advocates.cohorts.accepting import take_seat
from advocates.cohorts.models import Cohort, Enrollment
from advocates.cohorts.moving import end_places, move_enrollment
from advocates.cohorts.rules import EnrollmentStatus
from advocates.cohorts.seats import fill_free_seats, lock_line
from advocates.database import db
from advocates.people.inviting import invite_many
from advocates.people.models import PersonProfile
from advocates.people.signing_in import sha256

ACCEPTED, DECLINED = "offer_accepted", "offer_declined"


class OfferOver(Exception):
    """The offer cannot be answered any more. Nothing was changed."""

    def __init__(self, standing: OfferStanding) -> None:
        super().__init__(f"the offer is {standing.value}")
        self.standing = standing


@dataclass(frozen=True)
class FoundOffer:
    """An offer as the person who holds its link sees it."""

    offer: Offer
    enrollment: Enrollment
    cohort: Cohort
    chosen_name: str

    @property
    def standing(self) -> OfferStanding:
        is_closed = self.cohort.closed_at is not None
        offer, status = self.offer, self.enrollment.status
        return offer_standing(offer.state, offer.expires_at, status, clock.now(), is_closed=is_closed)


def find_offer(token: str) -> FoundOffer | None:
    """One statement."""
    row = db.session.execute(
        select(Offer, Enrollment, Cohort, PersonProfile.chosen_name)
        .join(Enrollment, Enrollment.id == Offer.enrollment_id)
        .join(Cohort, Cohort.id == Offer.cohort_id)
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .where(Offer.token_sha256 == sha256(token))
    ).one_or_none()
    return FoundOffer(*row) if row else None


def accept_offer(found: FoundOffer) -> str | None:
    """Enroll the person; their link to choose a password, None where they have one. Raises OfferOver."""
    cohort = _lock(found)
    person_id = found.enrollment.person_id
    seated = take_seat(cohort, found.enrollment, ACCEPTED, by=None, credits_by=found.offer.made_by or person_id)
    found.offer.state, found.offer.answered_at = OfferState.ACCEPTED, clock.now()
    links = invite_many(None, [person_id])
    _record(found, "accept_offer", seated.enrollment_id, seated.rows)
    return links.get(person_id)


def decline_offer(found: FoundOffer) -> None:
    """Let the seat go to the next who waits. Raises OfferOver."""
    cohort = _lock(found)
    change = move_enrollment(found.enrollment.id, EnrollmentStatus.WITHDRAWN, DECLINED, by=None)
    end_places([found.enrollment.id], DECLINED)
    found.offer.state, found.offer.answered_at = OfferState.DECLINED, clock.now()
    fill_free_seats(cohort)
    _record(found, "decline_offer", found.enrollment.id, [change])


def _lock(found: FoundOffer) -> Cohort:
    """The cohort, the line, the enrollment and the offer as they are now."""
    cohort = lock_line(found.cohort.id, [found.enrollment.id])
    # Who was withdrawn meanwhile has no place any more, so the line does not hold them.
    db.session.refresh(found.enrollment, with_for_update=True)
    db.session.get_one(Offer, found.offer.id, with_for_update=True, populate_existing=True)
    if found.standing is not OfferStanding.OPEN:
        raise OfferOver(found.standing)
    return cohort


def _record(found: FoundOffer, action: str, enrollment_id: uuid.UUID, rows: Sequence[Any]) -> None:
    record(None, action, rows=rows, offer_id=found.offer.id, enrollment_id=enrollment_id, cohort_id=found.cohort.id)
