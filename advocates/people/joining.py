"""Use a link: choose a password, and be signed in everywhere else no more."""

from advocates import clock
from advocates.access import Role
from advocates.audit.recording import record
from advocates.database import db
from advocates.people import inviting, signing_in
from advocates.people.granting import create_grants
from advocates.people.models import Account, Invitation
from advocates.people.registering import PersonDraft, create_people, end_links


class LinkOver(Exception):
    """The link was used, has expired or never was."""


def choose_password(token: str, password_hash: str) -> str:
    """Set the password of the person the link was made for; the token of their new sign-in. Raises LinkOver.

    Every other link and sign-in of theirs ends.
    """
    invitation = _get_invitation(token)
    account = db.session.get(Account, invitation.person_id, with_for_update=True)
    if account is None or account.disabled_at is not None:
        raise LinkOver
    had_password = account.password_hash is not None
    account.password_hash = password_hash
    end_links([account.person_id])
    signing_in.end_all_sign_ins(account)
    sign_in = signing_in.start_sign_in(account)
    if had_password:
        inviting.mail_about_change(account.person_id)
    record(account.person_id, "choose_password", person_id=account.person_id, invitation_id=invitation.id)
    return sign_in


def create_first_administrator(token: str, name: str, email: str, password_hash: str) -> str:
    """Make the person, the account and the role; the token of the new sign-in. Raises LinkOver, EmailTaken."""
    invitation = _get_invitation(token)
    person_id = create_people([PersonDraft(chosen_name=name, email=email)])[0]
    account = db.session.get_one(Account, person_id)
    account.password_hash = password_hash
    create_grants([person_id], Role.ADMINISTRATOR, None)
    inviting.end_first_administrator_links()
    sign_in = signing_in.start_sign_in(account)
    record(person_id, "create_first_administrator", person_id=person_id, invitation_id=invitation.id)
    return sign_in


def _get_invitation(token: str) -> Invitation:
    invitation = inviting.find_invitation(token)
    if invitation is None:
        raise LinkOver
    invitation.used_at = clock.now()
    db.session.flush()
    return invitation
