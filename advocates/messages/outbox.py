"""Put mails into the outbox, with the change that causes them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import event, select

from advocates import clock
from advocates.database import db
from advocates.jobs import Nudge, nudge
from advocates.messages.models import MailKind, OutboxMessage


@dataclass(frozen=True)
class Mail:
    """What is to be sent. Subjects are neutral: others may see them on a screen.

    Of the mails with the same `once_key` only the first is ever stored.
    """

    address: str
    subject: str
    body: str
    kind: MailKind = MailKind.ACCOUNT
    language: str = "en"
    once_key: str | None = None


def can_send_mail() -> bool:
    """Whether a mail server is set. Where none is, links are handed over by copying them."""
    return bool(current_app.config["SETTINGS"].can_send_mail)


def queue_message(address: str, subject: str, body: str) -> OutboxMessage:
    """Store one mail to be sent by the worker."""
    return queue_messages([Mail(address, subject, body)])[0]


def queue_messages(mails: Iterable[Mail]) -> list[OutboxMessage]:
    """Store mails in one statement however many there are, in two where some may be written once only.

    The worker is nudged once they are committed.
    """
    now, wanted = clock.now(), list(mails)
    known = _known_keys({mail.once_key for mail in wanted if mail.once_key})
    messages = [OutboxMessage(created_at=now, **vars(mail)) for mail in wanted if mail.once_key not in known]
    if not messages:
        return []
    db.session.add_all(messages)
    db.session.flush()
    event.listen(db.session(), "after_commit", lambda _session: nudge(current_app, Nudge.OUTBOX), once=True)
    return messages


def _known_keys(keys: Collection[str]) -> Collection[str | None]:
    if not keys:
        return ()
    return set(db.session.scalars(select(OutboxMessage.once_key).where(OutboxMessage.once_key.in_(keys))))
