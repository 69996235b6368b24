"""Reads of admissions. Each function sends one statement, however many rows it finds."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from advocates import clock
from advocates.admissions.models import Application, ApplicationWindow, ConsentText, Offer
from advocates.admissions.rules import OfferState, Terms, WindowState, last_day, window_state
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db
from advocates.people.models import Agency, PersonProfile

SEEKING = (EnrollmentStatus.APPLIED, EnrollmentStatus.WAITLISTED, EnrollmentStatus.OFFERED)


@dataclass(frozen=True)
class Seeker:
    """Somebody who applied, waits or was offered a seat."""

    enrollment_id: uuid.UUID
    person_id: uuid.UUID
    chosen_name: str
    email: str | None
    agency_id: uuid.UUID | None
    agency: str | None
    language: str
    declines_mail: bool
    status: EnrollmentStatus
    since: datetime
    consented_at: datetime | None
    offer_id: uuid.UUID | None
    expires_at: datetime | None

    @property
    def write_to(self) -> str | None:
        """Their address, where they may be written to."""
        return None if self.declines_mail else self.email


@dataclass(frozen=True)
class Opening:
    """A cohort that strangers may apply to now."""

    cohort: Cohort
    last_day: date | None


def terms_of(cohort_id: uuid.UUID) -> Terms:
    """How the cohort admits people; the defaults where nobody set anything."""
    row = db.session.get(ApplicationWindow, cohort_id, populate_existing=True)
    return terms_from(row) if row else Terms()


def terms_from(row: ApplicationWindow) -> Terms:
    return Terms(**{field.name: getattr(row, field.name) for field in fields(Terms)})


def state_of(terms: Terms, cohort: Cohort) -> WindowState:
    """No statement."""
    today, is_closed = clock.today(cohort.time_zone), cohort.closed_at is not None
    return window_state(terms, clock.now(), today, cohort.ends_on, is_closed=is_closed)


def openings() -> Sequence[Opening]:
    """Every cohort that strangers may apply to now, the first to begin first."""
    rows = db.session.execute(
        select(Cohort, ApplicationWindow)
        .join(ApplicationWindow, ApplicationWindow.cohort_id == Cohort.id)
        .where(ApplicationWindow.is_on)
        .order_by(Cohort.starts_on, Cohort.title)
    )
    open_ = [(cohort, window) for cohort, window in rows if state_of(terms_from(window), cohort) is WindowState.OPEN]
    return [Opening(cohort, last_day(window.closes_at, cohort.time_zone)) for cohort, window in open_]


def seekers(cohort_id: uuid.UUID) -> Sequence[Seeker]:
    """Who applied (the first first), who waits (the next one first), and who was offered a seat."""
    rows: Iterable[Any] = db.session.execute(
        select(
            Enrollment.id,
            Enrollment.person_id,
            PersonProfile.chosen_name,
            PersonProfile.email,
            PersonProfile.agency_id,
            Agency.name,
            PersonProfile.language,
            PersonProfile.declines_mail,
            Enrollment.status,
            Enrollment.status_changed_at,
            Application.applied_at,
            Offer.id,
            Offer.expires_at,
        )
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .outerjoin(Agency, Agency.id == PersonProfile.agency_id)
        .outerjoin(Application, Application.enrollment_id == Enrollment.id)
        .outerjoin(Offer, (Offer.enrollment_id == Enrollment.id) & (Offer.state == OfferState.OPEN))
        .where(Placement.cohort_id == cohort_id, Placement.ended_at.is_(None), Enrollment.status.in_(SEEKING))
        .order_by(Enrollment.waitlist_position.is_(None), Enrollment.waitlist_position, Enrollment.id)
    )
    return [Seeker(*row) for row in rows]


def answered_offers(cohort_id: uuid.UUID) -> Sequence[tuple[str, Offer]]:
    """Offers that ended without a seat taken, with the name, the newest first; at most 50."""
    query = (
        select(PersonProfile.chosen_name, Offer)
        .join(Enrollment, Enrollment.id == Offer.enrollment_id)
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .where(Offer.cohort_id == cohort_id, Offer.state.in_([OfferState.DECLINED, OfferState.EXPIRED]))
        .order_by(Offer.id.desc())
        .limit(50)
    )
    return [(name, offer) for name, offer in db.session.execute(query)]


def consent_texts() -> Sequence[ConsentText]:
    """Every version, the one in force first."""
    return db.session.scalars(select(ConsentText).order_by(ConsentText.version.desc())).all()


def current_consent() -> ConsentText | None:
    """The version in force."""
    return db.session.scalars(select(ConsentText).order_by(ConsentText.version.desc()).limit(1)).one_or_none()
