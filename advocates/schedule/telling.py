"""Tell those who attend a session that it changed, by mail with a neutral subject."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select, union

from advocates import clock
from advocates.access import Role
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db
from advocates.formatting import clock_span, day, spoken
from advocates.messages.models import MailKind
from advocates.messages.outbox import Mail, can_send_mail, queue_messages
from advocates.people.models import PersonProfile, RoleGrant
from advocates.schedule.models import SessionSeat, TrainingSession


def when_and_where(start: datetime, end: datetime, time_zone: str, *where: str | None) -> str:
    """Tuesday, November 3, 2026, 5:30 PM – 8:30 PM CST, Malcolm X College, 1104."""
    return ", ".join([day(start, time_zone), clock_span(start, end, time_zone), *filter(None, where)])


@dataclass(frozen=True)
class Described:
    """When and where a session was at one moment, put into words only where they are read, in the reader's language."""

    start: datetime
    end: datetime
    time_zone: str
    where: tuple[str | None, ...]

    def __str__(self) -> str:
        return when_and_where(self.start, self.end, self.time_zone, *self.where)


def describe(session: TrainingSession) -> Described:
    when = session.planned_start, session.planned_end, session.time_zone
    return Described(*when, (session.place, session.room, session.link))


def tell_of_change(cohort: Cohort, session: TrainingSession, before: Described, was_to_end: datetime) -> int:
    """Tell what it was (`describe` before the change) and now is; returns how many are told."""

    def words() -> str:
        return _(
            "Hello,\n\nA session of %(cohort)s has changed.\n\nBefore: %(before)s\nNow: %(now)s\n",
            cohort=cohort.title,
            before=before,
            now=describe(session),
        )

    return _tell(session, MailKind.CHANGE, words, max(was_to_end, session.planned_end))


def tell_of_split(
    cohort: Cohort, session: TrainingSession, second: TrainingSession, before: Described, was_to_end: datetime
) -> int:
    """Tell that one session is two now; returns how many are told."""

    def words() -> str:
        return _(
            "Hello,\n\nA session of %(cohort)s is now two.\n\nBefore: %(before)s\nNow: %(first)s\nAnd: %(second)s\n",
            cohort=cohort.title,
            before=before,
            first=describe(session),
            second=describe(second),
        )

    return _tell(session, MailKind.CHANGE, words, max(was_to_end, session.planned_end, second.planned_end))


def tell_of_cancelling(cohort: Cohort, session: TrainingSession) -> int:
    """Tell that it does not take place; returns how many are told."""

    def words() -> str:
        return _(
            "Hello,\n\nA session of %(cohort)s will not take place: %(session)s\n\n"
            "We will tell you where its content is taught instead.\n",
            cohort=cohort.title,
            session=describe(session),
        )

    return _tell(session, MailKind.CANCELLATION, words, session.planned_end)


@dataclass(frozen=True)
class Recipient:
    person_id: uuid.UUID
    address: str
    language: str


def recipients_of(session: TrainingSession) -> list[Recipient]:
    """The cohort's enrolled people and trainers, and those with a seat, who may be written to. One statement."""
    enrolled = (
        select(Enrollment.person_id)
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .where(
            Placement.cohort_id == session.cohort_id,
            Placement.ended_at.is_(None),
            Enrollment.status == EnrollmentStatus.ENROLLED,
        )
    )
    seated = (
        select(Enrollment.person_id)
        .join(SessionSeat, SessionSeat.enrollment_id == Enrollment.id)
        .where(SessionSeat.session_id == session.id, Enrollment.status != EnrollmentStatus.WITHDRAWN)
    )
    trainers = select(RoleGrant.person_id).where(
        RoleGrant.cohort_id == session.cohort_id, RoleGrant.role == Role.TRAINER, RoleGrant.ended_at.is_(None)
    )
    people = union(enrolled, seated, trainers).subquery()
    rows = db.session.execute(
        select(PersonProfile.person_id, PersonProfile.email, PersonProfile.language)
        .where(
            PersonProfile.person_id.in_(select(people.c.person_id)),
            PersonProfile.email.is_not(None),
            PersonProfile.declines_mail.is_(False),
        )
        .order_by(PersonProfile.email)
    )
    return [Recipient(person_id, address, language) for person_id, address, language in rows if address]


def write_to_each(
    recipients: Iterable[Recipient],
    kind: MailKind,
    subject: Callable[[], str],
    words: Callable[[], str],
    once: str | None = None,
) -> int:
    """Queue a mail for each in their own language, and at most once for each person where `once` names it."""
    mails = []
    for recipient in recipients:
        language = spoken(recipient.language)
        with force_locale(language):
            once_key = f"{once}:{recipient.person_id}" if once else None
            mails.append(Mail(recipient.address, subject(), words(), kind, language, once_key))
    return len(queue_messages(mails))


def _tell(session: TrainingSession, kind: MailKind, words: Callable[[], str], over_at: datetime) -> int:
    """What is over concerns nobody any more, and a mail that waits for a server to be set would come too late."""
    if over_at <= clock.now() or not can_send_mail():
        return 0
    return write_to_each(recipients_of(session), kind, lambda: _("A change to your schedule"), words)
