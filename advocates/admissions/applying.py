"""Apply on the public page. The answer is the same whether or not the program knows the address."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from flask import render_template
from flask_babel import force_locale, gettext
from sqlalchemy import select

from advocates import clock
from advocates.admissions.models import Application
from advocates.admissions.offering import offer_free_seats
from advocates.admissions.queries import current_consent, state_of, terms_of
from advocates.admissions.rules import WindowState
from advocates.audit.recording import record
from advocates.cohorts.models import Cohort
from advocates.cohorts.queries import known_people
from advocates.cohorts.rules import EnrollmentStatus
from advocates.cohorts.seats import lock_line
from advocates.cohorts.waiting import begin_enrollment
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db
from advocates.formatting import spoken
from advocates.messages.models import MailKind
from advocates.messages.outbox import Mail, can_send_mail, queue_messages
from advocates.people.models import Account, PersonProfile
from advocates.people.registering import PersonDraft, create_people
from advocates.people.rules import email_key
from advocates.people.signing_in import count_try

APPLIED_ONLINE = "applied_online"


@dataclass(frozen=True)
class Applicant:
    chosen_name: str
    email: str
    agency_id: uuid.UUID | None
    language: str


class NotOpen(Exception):
    """Nobody can apply to this cohort now."""


class ConsentChanged(Exception):
    """The text that was shown is not in force any more."""


def apply(cohort_id: uuid.UUID, applicant: Applicant, consent_text_id: uuid.UUID, throttle: Iterable[str]) -> None:
    """Note the application of somebody new; who is here, in training elsewhere or through with it stays as they are.

    Either way one mail says which, where mail can be sent. Where the cohort asks for no approval, a free seat is
    offered at once and anybody else waits. Raises NotOpen, ConsentChanged.
    """
    cohort = lock_line(cohort_id)
    terms, consent = terms_of(cohort_id), current_consent()
    if state_of(terms, cohort) is not WindowState.OPEN:
        raise NotOpen
    if consent is None or consent.id != consent_text_id:
        raise ConsentChanged
    count_try(db.session(), throttle)
    person_id = _new_to(cohort, applicant)
    if _may_be_written_to(applicant.email):
        queue_messages([_mail(cohort, applicant, is_new=person_id is not None)])
    if person_id is None:
        db.session.flush()
        return
    status = EnrollmentStatus.APPLIED if terms.needs_approval else EnrollmentStatus.WAITLISTED
    change = begin_enrollment(cohort, person_id, status, APPLIED_ONLINE, None)
    db.session.add(
        Application(
            enrollment_id=change.enrollment_id,
            cohort_id=cohort_id,
            consent_text_id=consent_text_id,
            applied_at=clock.now(),
        )
    )
    db.session.flush()
    record(None, "apply", rows=[change], cohort_id=cohort_id, enrollment_id=change.enrollment_id)
    if not terms.needs_approval:
        offer_free_seats(cohort)


def _new_to(cohort: Cohort, applicant: Applicant) -> uuid.UUID | None:
    """Whose application it is, added to the program where nobody signs in by this address; None where nothing changes.

    A stranger may type anybody's address: what is known of a person is never changed here.
    """
    account = select(Account.person_id).filter_by(email_key=email_key(applicant.email))
    person_id = db.session.scalars(account).one_or_none()
    if person_id is None:
        draft = PersonDraft(
            applicant.chosen_name, applicant.email, language=applicant.language, agency_id=applicant.agency_id
        )
        return create_people([draft])[0]
    version = db.session.get_one(CurriculumVersion, cohort.curriculum_version_id)
    person = known_people([], [person_id], version, cohort.id)[person_id]
    is_taken = person.is_here or person.cohort is not None or person.has_completed
    return None if is_taken else person_id


def _mail(cohort: Cohort, applicant: Applicant, *, is_new: bool) -> Mail:
    language = spoken(applicant.language)
    with force_locale(language):
        body = render_template("admissions/mail/applied.txt", cohort=cohort, is_new=is_new)
        subject = gettext("Your application")
    return Mail(applicant.email, subject, body.strip() + "\n", MailKind.APPLICATION, language)


def _may_be_written_to(email: str) -> bool:
    """Who asked not to be written to is not, whoever types their address. One statement."""
    declines = (
        select(PersonProfile.declines_mail)
        .join(Account, Account.person_id == PersonProfile.person_id)
        .where(Account.email_key == email_key(email))
    )
    return can_send_mail() and not db.session.scalar(declines)
