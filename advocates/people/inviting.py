"""Single-use links that expire: to join, to choose a new password, to become the first administrator.

Only a link's hash is stored. It is shown once to whoever made it, and mailed where a mail server is set.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app, render_template
from flask_babel import gettext
from sqlalchemy import exists, select, update

from advocates import clock
from advocates.access import Role
from advocates.audit.recording import record
from advocates.database import db, new_id, new_token
from advocates.messages.outbox import Mail, can_send_mail, queue_messages
from advocates.people.models import Account, Invitation, InvitationPurpose, PersonProfile, RoleGrant
from advocates.people.registering import end_links
from advocates.people.rules import FIRST_ADMINISTRATOR_LASTS, JOIN_LASTS, RESET_LASTS, email_key
from advocates.people.signing_in import count_try, sha256

LASTS: dict[InvitationPurpose, timedelta] = {
    InvitationPurpose.JOIN: JOIN_LASTS,
    InvitationPurpose.RESET: RESET_LASTS,
    InvitationPurpose.FIRST_ADMINISTRATOR: FIRST_ADMINISTRATOR_LASTS,
}


class NoAccount(Exception):
    """The person has no e-mail address yet, or their account is closed: there is nothing to sign in with."""


@dataclass(frozen=True)
class _Invitee:
    person_id: uuid.UUID
    name: str
    email: str
    has_password: bool
    declines_mail: bool


def invite(actor_id: uuid.UUID, person_id: uuid.UUID, purpose: InvitationPurpose = InvitationPurpose.JOIN) -> str:
    """Make a link, mail it where mail can be sent, and return it to be copied. Earlier links of the person end.

    Raises NoAccount.
    """
    invitees = _invitees([person_id])
    if not invitees:
        raise NoAccount
    end_links([person_id])
    link = _make_links(invitees, purpose)[person_id]
    record(actor_id, "invite_person", person_id=person_id, purpose=purpose.value)
    return link


def invite_many(actor_id: uuid.UUID | None, person_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Links to join for many people, in a fixed number of statements, by person.

    Who has no e-mail or has chosen a password already needs no link, and gets none.
    """
    invitees = [invitee for invitee in _invitees(person_ids) if not invitee.has_password]
    if not invitees:
        return {}
    invited = [invitee.person_id for invitee in invitees]
    end_links(invited)
    links = _make_links(invitees, InvitationPurpose.JOIN)
    record(actor_id, "invite_people", person_ids=invited)
    return links


def request_reset(email: str, throttle_subjects: Iterable[str]) -> None:
    """Count the try, and mail a link if somebody signs in with this address. One commit's worth of work either way."""
    count_try(db.session(), throttle_subjects)
    account = select(Account.person_id).filter_by(email_key=email_key(email))
    invitees = _invitees(db.session.scalars(account).all())
    if invitees:
        _make_links(invitees, InvitationPurpose.RESET)
        record(None, "request_reset", person_id=invitees[0].person_id)
    db.session.flush()


def create_first_administrator_link() -> str:
    """A link whose page makes an administrator. Earlier ones end."""
    end_first_administrator_links()
    token = _add_invitation(None, InvitationPurpose.FIRST_ADMINISTRATOR)
    db.session.flush()
    record(None, "create_first_administrator_link")
    return _link(token)


def end_first_administrator_links() -> None:
    """Make every open link of this kind useless."""
    first = update(Invitation).where(
        Invitation.purpose == InvitationPurpose.FIRST_ADMINISTRATOR, Invitation.used_at.is_(None)
    )
    db.session.execute(first.values(used_at=clock.now()), execution_options={"synchronize_session": False})


def has_administrator() -> bool:
    """Whether somebody can sign in and administer."""
    able = (
        exists()
        .where(RoleGrant.role == Role.ADMINISTRATOR, RoleGrant.ended_at.is_(None))
        .where(Account.person_id == RoleGrant.person_id)
        .where(Account.password_hash.is_not(None), Account.disabled_at.is_(None))
    )
    return bool(db.session.scalar(select(able)))


def find_invitation(token: str) -> Invitation | None:
    """The invitation behind a link while it can still be used; locked where the transaction may write."""
    query = select(Invitation).where(
        Invitation.token_sha256 == sha256(token), Invitation.used_at.is_(None), Invitation.expires_at > clock.now()
    )
    if not db.session.info.get("reading"):
        query = query.with_for_update()
    return db.session.scalars(query, execution_options={"populate_existing": True}).one_or_none()


def mail_about_change(person_id: uuid.UUID) -> None:
    """Tell the holder that their password was changed, in case it was not them."""
    for invitee in _invitees([person_id]) if can_send_mail() else []:
        body = render_template("people/mail/changed.txt", name=invitee.name)
        queue_messages([Mail(invitee.email, gettext("Your account"), body)])


def _invitees(person_ids: Sequence[uuid.UUID]) -> list[_Invitee]:
    query = (
        select(
            PersonProfile.person_id,
            PersonProfile.chosen_name,
            PersonProfile.email,
            Account.password_hash,
            PersonProfile.declines_mail,
        )
        .join(Account, Account.person_id == PersonProfile.person_id)
        .where(PersonProfile.person_id.in_(person_ids), PersonProfile.email.is_not(None), Account.disabled_at.is_(None))
    )
    return [
        _Invitee(row.person_id, row.chosen_name, row.email or "", row.password_hash is not None, row.declines_mail)
        for row in db.session.execute(query)
    ]


def _make_links(invitees: Sequence[_Invitee], purpose: InvitationPurpose) -> dict[uuid.UUID, str]:
    links = {invitee.person_id: _link(_add_invitation(invitee.person_id, purpose)) for invitee in invitees}
    db.session.flush()
    if can_send_mail():
        queue_messages(
            _mail(invitee, purpose, links[invitee.person_id])
            for invitee in invitees
            # A new password is only ever mailed on the person's own demand.
            if not invitee.declines_mail or purpose is InvitationPurpose.RESET
        )
    return links


def _add_invitation(person_id: uuid.UUID | None, purpose: InvitationPurpose) -> str:
    token, now = new_token(), clock.now()
    db.session.add(
        Invitation(
            id=new_id(),
            token_sha256=sha256(token),
            person_id=person_id,
            purpose=purpose,
            created_at=now,
            expires_at=now + LASTS[purpose],
        )
    )
    return token


def _link(token: str) -> str:
    """From the base address and never from the request: a foreign Host header must not get into a mail."""
    return f"{current_app.config['BASE_ADDRESS']}/invitations/{token}"


def _mail(invitee: _Invitee, purpose: InvitationPurpose, link: str) -> Mail:
    body = render_template(
        f"people/mail/{purpose.value}.txt",
        name=invitee.name,
        link=link,
        expires_at=clock.now() + LASTS[purpose],
        zone=current_app.config["SETTINGS"].time_zone,
    )
    return Mail(invitee.email, gettext("Your account"), body.strip() + "\n")
