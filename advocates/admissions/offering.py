"""Offer seats: to those whom an administrator chose, and by itself to the next who waits whenever a seat is free."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app, render_template
from flask_babel import force_locale, gettext
from sqlalchemy import select, union, update

from advocates import clock
from advocates.admissions.models import Offer
from advocates.admissions.queries import terms_of
from advocates.admissions.rules import OfferState, Terms, may_offer_by_itself
from advocates.audit.recording import record
from advocates.cohorts.enrolling import Link
from advocates.cohorts.models import Cohort, Enrollment, EnrollmentStatusChange, Placement
from advocates.cohorts.moving import end_places, move_enrollments
from advocates.cohorts.rules import EnrollmentStatus, Waiting, next_in_line, quotas_left
from advocates.cohorts.seats import fill_free_seats, fills_free_seats, free_seats, lock_cohort, lock_line, quotas_of
from advocates.cohorts.waiting import waitlist
from advocates.database import db, new_id, new_token, reading
from advocates.formatting import spoken
from advocates.messages.models import MailKind
from advocates.messages.outbox import Mail, can_send_mail, queue_messages
from advocates.people.signing_in import sha256

NEXT_IN_LINE, EXPIRED = "next_in_line", "offer_expired"


@dataclass(frozen=True)
class Offered:
    """The rows that the activity records, and the links of those who could not be written to.

    `untold` offers have no link yet: somebody must make it and hand it over.
    """

    changes: Sequence[EnrollmentStatusChange]
    links: Sequence[Link]
    untold: int = 0


def make_offers(
    cohort: Cohort, terms: Terms, people: Sequence[Waiting], reason_code: str, by: uuid.UUID | None
) -> Offered:
    """Hold a seat for each of these people and write to them. The caller holds the cohort's lock and counted the seats.

    Who cannot be written to gets a link to be handed over; where nobody is there to do it (`by` is None), their time
    begins only when somebody makes the link. Raises MoveRefused.
    """
    if not people:
        return Offered([], [])
    ids = [person.enrollment_id for person in people]
    changes = move_enrollments(ids, EnrollmentStatus.OFFERED, reason_code, by=by)
    end_offers(ids)
    tokens = {person: new_token() for person in people}
    told = {person for person in people if (can_send_mail() and person.email) or by is not None}
    now = clock.now()
    expires_at = now + terms.offer_lasts
    db.session.add_all(
        Offer(
            id=new_id(),
            enrollment_id=person.enrollment_id,
            cohort_id=cohort.id,
            token_sha256=sha256(token),
            state=OfferState.OPEN,
            made_by=by,
            made_at=now,
            expires_at=expires_at if person in told else None,
        )
        for person, token in tokens.items()
    )
    db.session.flush()
    unwritten = write_to(cohort, expires_at, {person: tokens[person] for person in told})
    return Offered(changes, unwritten, len(people) - len(told))


def write_to(cohort: Cohort, expires_at: datetime, tokens: dict[Waiting, str]) -> Sequence[Link]:
    """Queue a mail with its link to each; the links of those without an address, or of all without a mail server."""
    mails, links = [], []
    for person, token in tokens.items():
        # From the base address and never from the request: a foreign Host header must not get into a mail.
        link = f"{current_app.config['BASE_ADDRESS']}/offers/{token}"
        if not (can_send_mail() and person.email):
            links.append(Link(person.chosen_name, link))
            continue
        mails.append(_mail(cohort, expires_at, person, link))
    if mails:
        queue_messages(mails)
    return links


def _mail(cohort: Cohort, expires_at: datetime, person: Waiting, link: str) -> Mail:
    language = spoken(person.language)
    with force_locale(language):
        body = render_template(
            "admissions/mail/offer.txt", name=person.chosen_name, cohort=cohort, link=link, expires_at=expires_at
        )
        subject = gettext("Your training")
    return Mail(person.email or "", subject, body.strip() + "\n", MailKind.OFFER, language)


def end_offers(enrollment_ids: Collection[uuid.UUID], state: OfferState = OfferState.ENDED) -> None:
    """No open offer of these enrollments stands any more. One statement."""
    ending = update(Offer).where(Offer.enrollment_id.in_(enrollment_ids), Offer.state == OfferState.OPEN)
    db.session.execute(ending.values(state=state, answered_at=clock.now()))


@fills_free_seats
def offer_free_seats(cohort: Cohort) -> int:
    """Offer every free seat to the next who waits, where the cohort's terms say so; how many offers nobody heard of."""
    terms = terms_of(cohort.id)
    if cohort.closed_at is not None or not may_offer_by_itself(terms, clock.today(cohort.time_zone), cohort.starts_on):
        return 0
    lock_line(cohort.id)
    line = waitlist(cohort.id)
    chosen = next_in_line(line, free_seats(cohort), quotas_left(quotas_of(cohort.id))) if line else []
    if not chosen:
        return 0
    offered = make_offers(cohort, terms, chosen, NEXT_IN_LINE, by=None)
    ids = [person.enrollment_id for person in chosen]
    record(None, "offer_seats", rows=offered.changes, cohort_id=cohort.id, enrollment_ids=ids)
    return offered.untold


def sweep_offers() -> int:
    """End the offers whose time is over and offer what is free; how many ended. Commits cohort by cohort."""
    with reading():
        overdue = select(Offer.cohort_id).where(Offer.state == OfferState.OPEN, Offer.expires_at <= clock.now())
        waiting = (
            select(Placement.cohort_id)
            .join(Enrollment, Enrollment.id == Placement.enrollment_id)
            .where(Placement.ended_at.is_(None), Enrollment.status == EnrollmentStatus.WAITLISTED)
        )
        cohort_ids = db.session.scalars(union(overdue, waiting)).all()
    ended = 0
    for cohort_id in cohort_ids:
        try:
            ended += _sweep(cohort_id)
            db.session.commit()
        except Exception:  # one cohort's trouble keeps no other waiting; the next sweep tries again
            db.session.rollback()
            current_app.logger.exception("the offers of cohort %s could not be swept", cohort_id)
    return ended


def _sweep(cohort_id: uuid.UUID) -> int:
    cohort = lock_cohort(cohort_id)
    overdue = select(Offer.enrollment_id).where(
        Offer.cohort_id == cohort_id, Offer.state == OfferState.OPEN, Offer.expires_at <= clock.now()
    )
    ids = db.session.scalars(overdue).all()
    changes: Sequence[EnrollmentStatusChange] = []
    if ids:
        lock_line(cohort_id, ids)
        held = [id_ for id_ in ids if db.session.get_one(Enrollment, id_).status is EnrollmentStatus.OFFERED]
        changes = move_enrollments(held, EnrollmentStatus.WITHDRAWN, EXPIRED, by=None)
        end_places(held, EXPIRED)
        end_offers(held, OfferState.EXPIRED)
        end_offers(ids)
    fill_free_seats(cohort)
    if ids:
        record(None, "expire_offers", rows=changes, cohort_id=cohort_id, enrollment_ids=ids)
    return len(changes)
