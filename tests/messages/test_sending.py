"""Each mail goes out once, to a real SMTP server, whatever fails on the way."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from advocates import clock
from advocates.database import db
from advocates.messages import sending
from advocates.messages.models import MessageState, OutboxMessage
from advocates.messages.outbox import Mail, queue_message, queue_messages
from advocates.messages.sending import ATTEMPTS, send_waiting
from tests.budgets import statements
from tests.messages.mail_server import free_port, mail_server, mail_settings

LINK = "https://training.example.org/invitations/one-time"


@pytest.fixture
def mailbox(app):
    with mail_server(app) as mailbox:
        yield mailbox


def _queue(number=1):
    queue_messages([Mail(f"person{n}@example.org", "Your account", f"Hello,\n{LINK}{n}\n") for n in range(number)])
    db.session.commit()


def _stored():
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()


def _let_leases_end():
    for message in _stored():
        message.leased_until = clock.now() - timedelta(seconds=1)
    db.session.commit()


def test_a_mail_arrives_whole_and_its_body_is_emptied(mailbox):
    queue_message("lucja@example.org", "Your account", f"Cześć Łucja,\n{LINK}\n")
    db.session.commit()
    assert send_waiting() == 1
    mail = mailbox.mails[0]
    assert (mail["To"], mail["From"], mail["Subject"]) == ("lucja@example.org", "training@example.org", "Your account")
    plain, html = mail.iter_parts()
    assert plain.get_content().splitlines() == ["Cześć Łucja,", LINK]
    assert f'Cześć Łucja,<br>\r\n<a href="{LINK}">{LINK}</a>' in html.get_content()
    assert mail["Content-Language"] == "en"
    stored = _stored()[0]
    assert (stored.state, stored.body) == (MessageState.SENT, "")
    assert stored.sent_at is not None


def test_a_mail_is_sent_once_only(mailbox):
    _queue(3)
    assert [send_waiting(), send_waiting()] == [3, 0]
    assert len(mailbox.mails) == 3


def test_two_workers_never_send_the_same_mail(app, mailbox):
    _queue(12)
    sent, errors = [], []

    def work():
        try:
            with app.app_context():
                sent.append(send_waiting())
        except Exception as error:
            errors.append(error)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert errors == []
    assert sum(sent) == 12
    assert len({mail["To"] for mail in mailbox.mails}) == len(mailbox.mails) == 12


def test_a_mail_of_a_killed_worker_is_sent_when_its_lease_ends(mailbox):
    _queue()
    assert sending._lease_next() is not None  # and then the worker dies
    assert send_waiting() == 0
    _let_leases_end()
    assert send_waiting() == 1


def test_both_tries_of_one_mail_carry_the_same_message_id(app, mailbox):
    _queue()
    message = _stored()[0]
    settings = app.config["SETTINGS"]
    sending._deliver(message, settings)
    sending._deliver(message, settings)
    assert mailbox.mails[0]["Message-ID"] == mailbox.mails[1]["Message-ID"]


def test_one_refused_address_does_not_hold_up_the_others(mailbox):
    _queue(3)
    mailbox.refused.add("person0@example.org")
    assert send_waiting() == 2
    assert [m.state for m in _stored()] == [MessageState.WAITING, MessageState.SENT, MessageState.SENT]


def test_a_refused_mail_is_tried_again_after_growing_pauses_then_given_up(mailbox):
    _queue()
    mailbox.refused.add("person0@example.org")
    pauses = []
    for _ in range(ATTEMPTS):
        assert send_waiting() == 0
        pauses.append(_stored()[0].leased_until - clock.now())
        _let_leases_end()
    assert pauses == sorted(pauses)
    assert pauses[-1] > 5 * pauses[0]
    message = _stored()[0]
    assert (message.state, message.problem, message.sent_at) == (MessageState.FAILED, "SMTPRecipientsRefused", None)
    send_waiting()
    assert mailbox.tries == ATTEMPTS


def test_an_outage_of_the_server_uses_up_no_tries(app):
    _queue(3)
    with mail_settings(app, mail_server="127.0.0.1", mail_port=free_port()):
        for _ in range(ATTEMPTS + 2):
            assert send_waiting() == 0
    assert {(m.state, m.attempts) for m in _stored()} == {(MessageState.WAITING, 0)}
    with mail_server(app) as mailbox:
        assert send_waiting() == 3
    assert len(mailbox.mails) == 3


def test_an_outage_ends_the_round_after_one_try(app, monkeypatch):
    _queue(5)
    tries = []
    real = sending._deliver
    monkeypatch.setattr(sending, "_deliver", lambda *a: tries.append(1) or real(*a))
    with mail_settings(app, mail_server="127.0.0.1", mail_port=free_port()):
        send_waiting()
    assert len(tries) == 1


def test_an_address_that_no_mail_can_carry_does_not_stop_the_worker(mailbox):
    queue_message("a@example.org\nBcc: everybody@example.org", "Your account", "x")
    queue_message("fine@example.org", "Your account", "x")
    db.session.commit()
    assert send_waiting() == 1
    assert [mail["To"] for mail in mailbox.mails] == ["fine@example.org"]


def test_without_a_mail_server_everything_keeps_waiting(app):
    _queue(2)
    assert send_waiting() == 0
    assert {m.state for m in _stored()} == {MessageState.WAITING}


def test_a_failure_is_logged_without_the_address(mailbox, caplog):
    _queue()
    mailbox.refused.add("person0@example.org")
    send_waiting()
    assert "could not be sent" in caplog.text
    assert "person0" not in caplog.text


def test_many_mails_are_queued_in_one_statement(app):
    with statements() as sent:
        queue_messages([Mail(f"p{n}@example.org", "Your account", "x") for n in range(24)])
    db.session.commit()
    assert len(sent) == 1


def test_the_worker_is_nudged_once_a_mail_is_committed_and_not_before(app):
    queue = app.extensions["jobs"]
    queue_message("lucja@example.org", "Your account", LINK)
    assert queue.pending_count() == 0
    db.session.commit()
    assert queue.pending_count() == 1
    db.session.commit()
    assert queue.pending_count() == 1


def test_what_may_be_written_once_only_is_stored_once(mailbox):
    mails = [Mail("wen@example.org", "Your schedule", "Hello", once_key=key) for key in ("a", "b")]
    for _ in range(2):
        queue_messages(mails)
        db.session.commit()
    assert send_waiting() == 2
    queue_messages(mails)
    db.session.commit()
    assert send_waiting() == 0
