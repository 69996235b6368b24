"""Invitations and the mails that carry their private links: one, and at most two reminders."""

import base64
import hashlib
import hmac
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from flask import current_app, render_template
from flask_babel import force_locale, gettext
from sqlalchemy import select

from advocates import clock
from advocates.audit.recording import record
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db, new_id
from advocates.evaluations.models import SurveyInvitation, SurveyRound
from advocates.evaluations.queries import standing_of
from advocates.evaluations.rules import Standing, SurveyKind, is_mail_due
from advocates.formatting import spoken
from advocates.messages.models import MailKind
from advocates.messages.outbox import Mail, can_send_mail, queue_messages
from advocates.people.models import PersonProfile
from advocates.people.rules import email_key
from advocates.people.signing_in import sha256
from advocates.schedule.models import TrainingSession


class AskingRefused(Exception):
    """Nobody was asked."""


class RoundOver(AskingRefused):
    """The round is closed."""


class AddressAsked(AskingRefused):
    """This supervisor is asked in this round already, or another one of this graduate is."""


@dataclass(frozen=True)
class _Addressee:
    invitation: SurveyInvitation
    address: str
    language: str


def link_of(invitation: SurveyInvitation) -> str:
    """The private link. From the base address and never from the request."""
    return f"{current_app.config['BASE_ADDRESS']}/surveys/{_token(invitation.id)}"


def once_prefix(round_id: uuid.UUID) -> str:
    """What the once-keys of a round's mails begin with."""
    return f"survey:{round_id}:"


def new_invitation(round_id: uuid.UUID, person_id: uuid.UUID, address: str | None = None) -> SurveyInvitation:
    id_ = new_id()
    return SurveyInvitation(
        id=id_, round_id=round_id, person_id=person_id, address=address, token_sha256=sha256(_token(id_)), mails=0
    )


def ask_supervisor(actor_id: uuid.UUID, round_id: uuid.UUID, graduate_id: uuid.UUID, email: str) -> None:
    """Ask the supervisor of a graduate who agreed to it. Raises AskingRefused.

    The address is kept for the sending, and goes when the round closes; the trail never names it.
    """
    round_ = db.session.get_one(SurveyRound, round_id, with_for_update=True, populate_existing=True)
    if standing_of(round_) is not Standing.OPEN:
        raise RoundOver
    asked = db.session.scalars(select(SurveyInvitation).filter_by(round_id=round_id)).all()
    if any(row.person_id == graduate_id or email_key(row.address or "") == email_key(email) for row in asked):
        raise AddressAsked
    db.session.add(new_invitation(round_id, graduate_id, email))
    round_.invited += 1
    record(actor_id, "ask_supervisor", round_id=round_id, person_id=graduate_id)


def write_to_round(round_: SurveyRound) -> int:
    """Queue the mails of this round that are due; how many. The caller holds the round's lock and commits."""
    if not can_send_mail():
        return 0
    now = clock.now()
    due = [
        each
        for each in _addressees(round_)
        if is_mail_due(round_.kind, each.invitation.mails, each.invitation.mailed_at, round_.closes_at, now)
    ]
    if not due:
        return 0
    cohort = db.session.get_one(Cohort, round_.cohort_id)
    session = db.session.get(TrainingSession, round_.session_id) if round_.session_id else None
    queue_messages([_mail(round_, cohort, session, each) for each in due])
    for each in due:
        each.invitation.mails, each.invitation.mailed_at = each.invitation.mails + 1, now
        each.invitation.token_sha256 = sha256(_token(each.invitation.id))  # the secret key may be another by now
    db.session.flush()
    return len(due)


def _addressees(round_: SurveyRound) -> Sequence[_Addressee]:
    """Who has neither answered nor declined, takes mail and did not withdraw. One statement."""
    left = (
        select(Enrollment.id)
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .where(
            Placement.cohort_id == round_.cohort_id,
            Enrollment.person_id == SurveyInvitation.person_id,
            Enrollment.status == EnrollmentStatus.WITHDRAWN,
        )
        .exists()
    )
    rows = db.session.execute(
        select(SurveyInvitation, PersonProfile.email, PersonProfile.language, PersonProfile.declines_mail)
        .join(PersonProfile, PersonProfile.person_id == SurveyInvitation.person_id)
        .where(SurveyInvitation.round_id == round_.id, SurveyInvitation.is_done.is_(False), ~left)
        .order_by(SurveyInvitation.id),
        execution_options={"populate_existing": True},
    )
    if round_.kind is SurveyKind.FOLLOW_UP_SUPERVISOR:
        return [_Addressee(row, row.address, "en") for row, *_ in rows if row.address]
    return [_Addressee(row, email, language) for row, email, language, declines in rows if email and not declines]


def _mail(round_: SurveyRound, cohort: Cohort, session: TrainingSession | None, to: _Addressee) -> Mail:
    language = spoken(to.language)
    with force_locale(language):
        body = render_template(
            "evaluations/mail/survey.txt",
            round=round_,
            cohort=cohort,
            session=session,
            is_reminder=to.invitation.mails > 0,
            link=link_of(to.invitation),
        )
        subject = gettext("Your training")
        if round_.kind is SurveyKind.FOLLOW_UP_SUPERVISOR:
            subject = gettext("A few questions about a training")
    once = f"{once_prefix(round_.id)}{to.invitation.id}:{to.invitation.mails}"
    return Mail(to.address, subject, body.strip() + "\n", MailKind.SURVEY, language, once)


def _token(invitation_id: uuid.UUID) -> str:
    """Follows from the secret key, so that a reminder carries the same link; only its hash is stored."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    digest = hmac.new(key, b"survey|" + invitation_id.bytes, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
