"""The page of the outbox."""

import pytest

from advocates import clock
from advocates.database import db
from advocates.messages.models import MailKind, MessageState, OutboxMessage
from advocates.messages.outbox import Mail, queue_messages
from tests.budgets import statements
from tests.factories.people import make_person


@pytest.fixture
def client(app):
    return app.test_client().sign_in(make_person("Ada Quill", roles=["administrator"]).id)


def queue(number, **columns):
    mails = [Mail(f"p{n}@example.org", "Your account", "A one-time link", MailKind.REMINDER) for n in range(number)]
    for message in queue_messages(mails):
        for name, value in columns.items():
            setattr(message, name, value)
    db.session.commit()


def test_states_and_problems_are_said_and_texts_never(client):
    queue(1)
    queue(1, state=MessageState.SENT, sent_at=clock.now(), body="")
    queue(1, state=MessageState.FAILED, problem="SMTPRecipientsRefused", attempts=8)
    page = client.get("/messages").text
    assert page.count("Try again") == 1
    assert "The mail server refused this address." in page
    assert "Tried 8 times." in page
    assert "one-time link" not in page
    assert "p0@example.org" not in client.get("/messages?state=sent&page=9").text.replace("p0@example.org", "", 1)


def test_an_unknown_state_shows_all(client):
    queue(1)
    assert "p0@example.org" in client.get("/messages?state=lost").text


def test_statements_do_not_grow(client):
    for number in (1, 60):
        queue(number)
        with statements() as sent:
            assert client.get("/messages").status_code == 200
        assert len(sent) == 3


def test_pages_lead_to_each_other(client):
    queue(51)
    assert client.get("/messages").text.count("@example.org</th>") == 50
    assert client.get("/messages?page=2").text.count("@example.org</th>") == 1
    assert db.session.query(OutboxMessage).count() == 51
