"""Decide about those who applied or wait: offer a seat, put on the waitlist, turn down."""

import enum
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from advocates import clock
from advocates.admissions.models import Offer
from advocates.admissions.offering import end_offers, make_offers, write_to
from advocates.admissions.queries import Seeker, seekers, terms_of
from advocates.admissions.rules import OfferState
from advocates.audit.recording import record
from advocates.cohorts.enrolling import Link
from advocates.cohorts.models import Cohort, EnrollmentStatusChange
from advocates.cohorts.moving import MoveRefused, OwnEnrollment, end_places, move_enrollments
from advocates.cohorts.rules import EnrollmentStatus, Waiting, WithdrawalReason, next_in_line, quotas_left
from advocates.cohorts.seats import fill_free_seats, free_seats, lock_open_line, quotas_of
from advocates.cohorts.waiting import put_on_waitlist
from advocates.database import db, new_token
from advocates.people.signing_in import sha256

APPROVED, COHORT_FULL, PUT_THERE = "approved", "cohort_full", "put_there"


class Decision(enum.StrEnum):
    OFFER = "offer"
    WAITLIST = "waitlist"
    TURN_DOWN = "turn_down"


@dataclass(frozen=True)
class Decided:
    """How many of those chosen are where now; `unchanged` found no seat, or were decided about meanwhile.

    `is_full`: seats were to be offered and none is free any more.
    """

    offered: int = 0
    waitlisted: int = 0
    turned_down: int = 0
    unchanged: int = 0
    links: Sequence[Link] = ()
    is_full: bool = False


def decide(
    actor_id: uuid.UUID, cohort_id: uuid.UUID, enrollment_ids: Collection[uuid.UUID], decision: Decision
) -> Decided:
    """Decide about these people in the order in which they wait and applied. Raises OwnEnrollment.

    An offer needs a free seat and its agency's quota: an applicant who finds none is put on the waitlist.
    """
    cohort = lock_open_line(cohort_id, enrollment_ids)
    people = [person for person in seekers(cohort_id) if person.enrollment_id in enrollment_ids]
    if actor_id in {person.person_id for person in people}:
        raise OwnEnrollment
    decided, changes = _ACTIONS[decision](cohort, people, actor_id)
    if decision is Decision.TURN_DOWN:
        fill_free_seats(cohort)
    if changes:
        ids = [change.enrollment_id for change in changes]
        record(
            actor_id,
            "decide_applications",
            rows=changes,
            cohort_id=cohort_id,
            enrollment_ids=ids,
            decision=decision.value,
        )
    return decided


def renew_offer(actor_id: uuid.UUID, cohort_id: uuid.UUID, enrollment_id: uuid.UUID) -> Sequence[Link]:
    """A new link for an open offer in place of the old one, mailed, or returned where it cannot be. Raises MoveRefused.

    Its time stays as it was; it begins now where nobody had told the person yet.
    """
    cohort, terms = lock_open_line(cohort_id, [enrollment_id]), terms_of(cohort_id)
    person = next((each for each in seekers(cohort_id) if each.enrollment_id == enrollment_id), None)
    if person is None or person.offer_id is None or person.status is not EnrollmentStatus.OFFERED:
        raise MoveRefused(person.status if person else EnrollmentStatus.WITHDRAWN)
    if person.person_id == actor_id:
        raise OwnEnrollment
    offer = db.session.get_one(Offer, person.offer_id, with_for_update=True, populate_existing=True)
    if offer.state is not OfferState.OPEN or (offer.expires_at and offer.expires_at <= clock.now()):
        raise MoveRefused(person.status)
    token, expires_at = new_token(), offer.expires_at or clock.now() + terms.offer_lasts
    offer.token_sha256, offer.expires_at = sha256(token), expires_at
    links = write_to(cohort, expires_at, {_waiting(person): token})
    record(actor_id, "renew_offer", offer_id=offer.id, enrollment_id=enrollment_id, cohort_id=cohort_id)
    return links


Outcome = tuple[Decided, Sequence[EnrollmentStatusChange]]


def _offer(cohort: Cohort, people: Sequence[Seeker], by: uuid.UUID) -> Outcome:
    able = [person for person in people if person.status is not EnrollmentStatus.OFFERED]
    line = [_waiting(person) for person in able]
    free = free_seats(cohort)
    chosen = next_in_line(line, free, quotas_left(quotas_of(cohort.id)))
    made = make_offers(cohort, terms_of(cohort.id), chosen, APPROVED, by)
    seated = {person.enrollment_id for person in chosen}
    full = [p.enrollment_id for p in able if p.enrollment_id not in seated and p.status is EnrollmentStatus.APPLIED]
    changes = [*made.changes, *put_on_waitlist(cohort.id, full, COHORT_FULL, by)]
    unchanged = len(people) - len(chosen) - len(full)
    is_full = len(chosen) == free
    decided = Decided(offered=len(chosen), waitlisted=len(full), unchanged=unchanged, links=made.links, is_full=is_full)
    return decided, changes


def _waitlist(cohort: Cohort, people: Sequence[Seeker], by: uuid.UUID) -> Outcome:
    able = [person.enrollment_id for person in people if person.status is EnrollmentStatus.APPLIED]
    changes = put_on_waitlist(cohort.id, able, PUT_THERE, by)
    return Decided(waitlisted=len(able), unchanged=len(people) - len(able)), changes


def _turn_down(_cohort: Cohort, people: Sequence[Seeker], by: uuid.UUID) -> Outcome:
    ids, reason = [person.enrollment_id for person in people], WithdrawalReason.NOT_ACCEPTED.value
    if not ids:
        return Decided(), []
    changes = move_enrollments(ids, EnrollmentStatus.WITHDRAWN, reason, by=by)
    end_places(ids, reason)
    end_offers(ids)
    return Decided(turned_down=len(ids)), changes


_ACTIONS = {Decision.OFFER: _offer, Decision.WAITLIST: _waitlist, Decision.TURN_DOWN: _turn_down}


def _waiting(person: Seeker) -> Waiting:
    return Waiting(
        person.enrollment_id,
        person.person_id,
        person.chosen_name,
        person.write_to,
        person.agency_id,
        person.language,
    )
