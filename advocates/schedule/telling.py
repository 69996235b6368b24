"""Tell those who attend a session that it changed, by mail with a neutral subject."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select, union

from advocates import clock
from advocates.access import Role
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db
from advocates.formatting import clock_span, day
from advocates.messages.outbox import Mail, can_send_mail, queue_messages
from advocates.people.models import PersonProfile, RoleGrant
from advocates.schedule.models import SessionSeat, TrainingSession


def when_and_where(start: datetime, end: datetime, time_zone: str, place: str) -> str:
    """Tuesday, November 3, 2026, 5:30 PM – 8:30 PM CST, Malcolm X College."""
    return f"{day(start, time_zone)}, {clock_span(start, end, time_zone)}, {place}"


def describe(session: TrainingSession) -> str:
    return when_and_where(session.planned_start, session.planned_end, session.time_zone, session.place)


def tell_of_change(cohort: Cohort, session: TrainingSession, before: str, was_to_end: datetime) -> int:
    """Tell what it was (`describe` before the change) and now is; returns how many are told."""
    body = _(
        "Hello,\n\nA session of %(cohort)s has changed.\n\nBefore: %(before)s\nNow: %(now)s\n",
        cohort=cohort.title,
        before=before,
        now=describe(session),
    )
    return _tell(session, body, max(was_to_end, session.planned_end))


def tell_of_cancelling(cohort: Cohort, session: TrainingSession) -> int:
    """Tell that it does not take place; returns how many are told."""
    body = _(
        "Hello,\n\nA session of %(cohort)s will not take place: %(session)s\n\n"
        "We will tell you where its content is taught instead.\n",
        cohort=cohort.title,
        session=describe(session),
    )
    return _tell(session, body, session.planned_end)


def addresses_of(session: TrainingSession) -> list[str]:
    """The mail addresses of the cohort's enrolled people and trainers, and of those with a seat. One statement."""
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
        .where(SessionSeat.session_id == session.id)
    )
    trainers = select(RoleGrant.person_id).where(
        RoleGrant.cohort_id == session.cohort_id, RoleGrant.role == Role.TRAINER, RoleGrant.ended_at.is_(None)
    )
    people = union(enrolled, seated, trainers).subquery()
    addresses = select(PersonProfile.email).where(
        PersonProfile.person_id.in_(select(people.c.person_id)), PersonProfile.email.is_not(None)
    )
    return [address for address in db.session.scalars(addresses.order_by(PersonProfile.email)) if address]


def _tell(session: TrainingSession, body: str, over_at: datetime) -> int:
    """What is over concerns nobody any more, and a mail that waits for a server to be set would come too late."""
    if over_at <= clock.now() or not can_send_mail():
        return 0
    subject = _("A change to your schedule")
    return len(queue_messages(Mail(address, subject, body) for address in addresses_of(session)))
