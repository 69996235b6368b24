"""A link for a new password, asked for without being signed in."""

import pytest
from sqlalchemy import func, select

from advocates import clock
from advocates.database import db
from advocates.messages.models import OutboxMessage
from advocates.messages.sending import send_waiting
from advocates.people.models import Account, Invitation, SignInFailure
from tests.budgets import statements
from tests.factories.people import make_person
from tests.messages.mail_server import mail_server, mail_settings, text_of
from tests.people.links import PASSWORD, path_of

ADDRESS = "/password/forgotten"


@pytest.fixture
def with_mail(app):
    with mail_settings(app, mail_server="127.0.0.1"):
        yield


@pytest.fixture
def member(app):
    return make_person("Ines Marlow", email="ines@example.org", password_hash="x")


def _ask(client, email="ines@example.org"):
    return client.post_form(ADDRESS, {"email": email})


def _links():
    return db.session.scalar(select(func.count()).select_from(Invitation))


def test_the_link_arrives_and_sets_a_new_password(app, client, member):
    with mail_server(app) as mailbox:
        assert _ask(client, " INES@example.org").status_code == 303
        assert send_waiting() == 1
    mail = mailbox.mails[0]
    link = next(word for word in text_of(mail).split() if "/invitations/" in word)
    assert client.post_form(path_of(link), {"password": PASSWORD}).status_code == 303


@pytest.mark.usefixtures("with_mail", "member")
def test_known_and_unknown_get_the_same_answer(app):
    known, unknown = app.test_client(), app.test_client()
    answers = [_ask(known), _ask(unknown, "nobody@example.org")]
    assert {(a.status_code, a.location) for a in answers} == {(303, "/sign-in")}
    pages = [client.get("/sign-in").text for client in (known, unknown)]
    assert all("a link is on its way" in page for page in pages)
    assert _links() == 1


@pytest.mark.usefixtures("with_mail", "member")
def test_known_and_unknown_cost_one_commit_each(client):
    commits = []
    for email in ("ines@example.org", "nobody@example.org"):
        with statements() as sent:
            _ask(client, email)
        commits.append(sum("sign_in_failure" in s and s.startswith("INSERT") for s in sent))
    assert commits == [1, 1]
    assert db.session.scalar(select(func.count()).select_from(SignInFailure)) == 4


@pytest.mark.usefixtures("with_mail", "member")
def test_three_requests_in_five_minutes_are_enough_for_anybody(client):
    for email in ("ines@example.org", "nobody@example.org"):
        assert [_ask(client, email).status_code for _ in range(4)] == [303, 303, 303, 422]
    assert _links() == 3
    assert "Too many tries" in _ask(client).text


@pytest.mark.usefixtures("with_mail")
def test_asking_for_resets_does_not_throttle_signing_in(client, member):
    for _ in range(4):
        _ask(client)
    assert "is not right" in client.post_form("/sign-in", {"email": "ines@example.org", "password": "x"}).text


@pytest.mark.usefixtures("with_mail")
def test_a_closed_account_gets_no_link(client, member):
    db.session.get_one(Account, member.id).disabled_at = clock.now()
    db.session.commit()
    assert _ask(client).status_code == 303
    assert _links() == 0


@pytest.mark.usefixtures("with_mail")
def test_an_empty_form_is_refused_at_its_field(client):
    response = _ask(client, "")
    assert response.status_code == 422
    assert "Type your e-mail address." in response.text


@pytest.mark.usefixtures("member")
def test_without_a_mail_server_the_page_says_whom_to_ask(client):
    assert "Ask an administrator" in client.get(ADDRESS).text
    assert "Ask an administrator" in _ask(client).text
    assert _links() == 0
    assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == 0
