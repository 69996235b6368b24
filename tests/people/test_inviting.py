"""Links to join and to choose a new password: made, mailed, stored as a hash, ended."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from advocates import clock
from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.messages.models import OutboxMessage
from advocates.messages.sending import send_waiting
from advocates.people.inviting import NoAccount, find_invitation, invite, invite_many
from advocates.people.models import Account, Invitation, InvitationPurpose, PersonProfile
from tests.budgets import statements
from tests.factories.people import make_person
from tests.messages.mail_server import mail_server, mail_settings, text_of


def _token(link):
    return link.rsplit("/", 1)[1]


@pytest.fixture
def request_context(app):
    with app.test_request_context():
        yield


def test_only_the_hash_of_a_link_is_stored(app, administrator):
    link = invite(administrator.id, make_person().id)
    db.session.commit()
    stored = db.session.scalars(select(Invitation)).one()
    assert _token(link) not in str(vars(stored))
    assert _token(link) not in str(db.session.scalars(select(AuditEvent.payload)).all())
    assert find_invitation(_token(link)) is stored


def test_a_link_to_join_lives_a_week_and_one_to_reset_an_hour(app, administrator):
    person = make_person()
    for purpose, lasts in (("join", timedelta(days=7)), ("reset", timedelta(hours=1))):
        link = invite(administrator.id, person.id, InvitationPurpose(purpose))
        assert find_invitation(_token(link)).expires_at - clock.now() == pytest.approx(lasts, abs=timedelta(seconds=5))
    db.session.commit()


def test_a_new_link_ends_the_earlier_ones(app, administrator):
    person = make_person()
    first, second = invite(administrator.id, person.id), invite(administrator.id, person.id)
    db.session.commit()
    assert find_invitation(_token(first)) is None
    assert find_invitation(_token(second)) is not None


def test_a_person_without_email_or_with_a_closed_account_gets_no_link(app, administrator):
    closed = make_person("Closed Account")
    db.session.get_one(Account, closed.id).disabled_at = clock.now()
    walk_in = make_person("Walk In")
    db.session.get_one(PersonProfile, walk_in.id).email = None
    db.session.commit()
    for person in (closed, walk_in):
        with pytest.raises(NoAccount):
            invite(administrator.id, person.id)


def test_the_mail_has_a_neutral_subject_and_says_nothing_about_the_program(app, administrator, request_context):
    person = make_person("Łucja O'Hara", email="lucja@example.org")
    with mail_server(app) as mailbox:
        link = invite(administrator.id, person.id)
        db.session.commit()
        assert send_waiting() == 1
    mail = mailbox.mails[0]
    assert mail["Subject"] == "Your account"
    text = text_of(mail)
    assert link in text.split()
    assert "Hello Łucja O'Hara," in text
    assert not {"victim", "advocate", "survivor"} & set(text.lower().split())


def test_without_a_mail_server_no_link_lies_in_the_outbox(app, administrator):
    invite(administrator.id, make_person().id)
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == 0


@pytest.mark.parametrize("people", [1, 3, 24])
def test_many_are_invited_in_a_fixed_number_of_statements(app, administrator, people, request_context):
    invited = [make_person(f"Person {n}").id for n in range(people)]
    with mail_settings(app, mail_server="127.0.0.1"), statements() as sent:
        links = invite_many(administrator.id, invited)
        db.session.commit()
    assert set(links) == set(invited)
    assert len(set(links.values())) == people
    assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == people
    # invitees, end links, add links, add mails, head of the trail, its move, the event
    assert len(sent) == 7


def test_who_has_a_password_or_no_email_is_left_out_of_many(app, administrator):
    member, newcomer = make_person("Member", password_hash="x"), make_person("Newcomer")
    assert set(invite_many(administrator.id, [member.id, newcomer.id])) == {newcomer.id}
    db.session.commit()


def test_inviting_nobody_records_nothing(app, administrator):
    assert invite_many(administrator.id, []) == {}
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == 0
