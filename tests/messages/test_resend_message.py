"""A mail that was given up is tried again; one that was sent never is."""

import pytest
from sqlalchemy import select

from advocates import clock
from advocates.database import db
from advocates.messages.models import MessageState, OutboxMessage
from advocates.messages.outbox import queue_message
from advocates.messages.sending import send_waiting
from tests.factories.people import make_person
from tests.messages.mail_server import mail_server


@pytest.fixture
def client(app):
    return app.test_client().sign_in(make_person("Ada Quill", roles=["administrator"]).id)


def make_message(state, body="Hello"):
    message = queue_message("wen@example.org", "Your account", body)
    message.state, message.attempts = state, 8
    message.leased_until = clock.now()
    db.session.commit()
    return message.id


def test_a_failed_mail_goes_out_once_more_and_once_only(app, client):
    message_id = make_message(MessageState.FAILED)
    with mail_server(app) as mailbox:
        assert client.post_form(f"/messages/{message_id}/resend").status_code == 303
        assert [send_waiting(), send_waiting()] == [1, 0]
        assert len(mailbox.mails) == 1
        again = client.post_form(f"/messages/{message_id}/resend")
    assert again.status_code == 409
    assert db.session.scalars(select(OutboxMessage.state)).one() is MessageState.SENT


@pytest.mark.parametrize(("state", "body"), [(MessageState.WAITING, "Hello"), (MessageState.SENT, "")])
def test_what_waits_or_was_sent_is_refused_with_a_sentence(client, state, body):
    message_id = make_message(state, body)
    response = client.post_form(f"/messages/{message_id}/resend")
    assert response.status_code == 409
    assert "make a new link" in response.text
