"""Send what waits in the outbox: leased first, so that a killed worker's mail is sent by the next, and once."""

import smtplib
from datetime import timedelta
from email.message import EmailMessage
from email.utils import make_msgid

from flask import current_app
from sqlalchemy import or_, select

import config
from advocates import clock
from advocates.database import db
from advocates.messages.models import MessageState, OutboxMessage

LEASE = timedelta(minutes=2)
ATTEMPTS = 8
TIMEOUT_SECONDS = 20


def send_waiting() -> int:
    """Send the mails that are due and return how many went out. Without a mail server everything keeps waiting."""
    settings: config.Config = current_app.config["SETTINGS"]
    if not settings.can_send_mail:
        return 0
    sent = 0
    while (message := _lease_next()) is not None:
        sent += _send(message, settings)
    return sent


def _lease_next() -> OutboxMessage | None:
    now = clock.now()
    due = (
        select(OutboxMessage)
        .where(
            OutboxMessage.state == MessageState.WAITING,
            or_(OutboxMessage.leased_until.is_(None), OutboxMessage.leased_until < now),
        )
        .order_by(OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    message = db.session.scalars(due).one_or_none()
    if message is not None:
        message.attempts += 1
        message.leased_until = now + LEASE * message.attempts
    db.session.commit()
    return message


def _send(message: OutboxMessage, settings: config.Config) -> bool:
    """One mail, outside any transaction. A failure is tried again later, then given up and shown."""
    try:
        _deliver(message, settings)
    except (OSError, smtplib.SMTPException):
        current_app.logger.warning("mail %s could not be sent (try %d)", message.id, message.attempts)
        if message.attempts >= ATTEMPTS:
            message.state = MessageState.FAILED
        db.session.commit()
        return False
    message.state, message.sent_at, message.body = MessageState.SENT, clock.now(), ""
    db.session.commit()
    return True


def _deliver(message: OutboxMessage, settings: config.Config) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = settings.mail_sender, message.address, message.subject
    mail["Message-ID"] = make_msgid(idstring=message.id.hex, domain=settings.host or "localhost")
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body)
    with smtplib.SMTP(settings.mail_server, settings.mail_port, timeout=TIMEOUT_SECONDS) as server:
        if settings.mail_use_tls:
            server.starttls()
        if settings.mail_username:
            server.login(settings.mail_username, settings.mail_password)
        server.send_message(mail)
