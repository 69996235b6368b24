"""Put mails into the outbox, with the change that causes them."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import event

from advocates import clock
from advocates.database import db
from advocates.jobs import Nudge, nudge
from advocates.messages.models import OutboxMessage


@dataclass(frozen=True)
class Mail:
    """What is to be sent. Subjects are neutral: others may see them on a screen."""

    address: str
    subject: str
    body: str


def can_send_mail() -> bool:
    """Whether a mail server is set. Where none is, links are handed over by copying them."""
    return bool(current_app.config["SETTINGS"].can_send_mail)


def queue_message(address: str, subject: str, body: str) -> OutboxMessage:
    """Store one mail to be sent by the worker."""
    return queue_messages([Mail(address, subject, body)])[0]


def queue_messages(mails: Iterable[Mail]) -> list[OutboxMessage]:
    """Store mails in one statement however many there are. The worker is nudged once they are committed."""
    now = clock.now()
    messages = [OutboxMessage(address=m.address, subject=m.subject, body=m.body, created_at=now) for m in mails]
    db.session.add_all(messages)
    db.session.flush()
    event.listen(db.session(), "after_commit", lambda _session: nudge(current_app, Nudge.OUTBOX), once=True)
    return messages
