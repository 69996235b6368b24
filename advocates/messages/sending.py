"""Send what waits in the outbox: leased first, so that a killed worker's mail is sent by the next, and once."""

import smtplib
import ssl
from datetime import timedelta
from email.message import EmailMessage

from flask import current_app
from sqlalchemy import or_, select

import config
from advocates import clock
from advocates.database import db
from advocates.messages.models import MessageState, OutboxMessage
from advocates.messages.rules import as_html

LEASE = timedelta(minutes=2)
ATTEMPTS = 8
# A sending has at most about eight exchanges, and must end well before its lease does.
TIMEOUT_SECONDS = 10
_OF_ONE_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError, ValueError)


def send_waiting() -> int:
    """Send the mails that are due and return how many went out. Without a mail server everything keeps waiting.

    A refused mail is tried again after growing pauses, then given up. When the server itself fails, the round ends
    and nothing is used up: an outage of days loses no mail.
    """
    settings: config.Config = current_app.config["SETTINGS"]
    if not settings.can_send_mail:
        return 0
    sent = 0
    while (message := _lease_next()) is not None:
        try:
            _deliver(message, settings)
        except (OSError, ValueError) as error:
            # The text of an error may hold the address, so only its kind is logged.
            message.problem = type(error).__name__
            current_app.logger.warning("mail %s could not be sent: %s", message.id, message.problem)
            if isinstance(error, ssl.SSLError) or not isinstance(error, _OF_ONE_MAIL):
                _hand_back(message)
                break
            if message.attempts >= ATTEMPTS:
                message.state = MessageState.FAILED
            db.session.commit()
        else:
            _close(message)
            sent += 1
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


def _hand_back(message: OutboxMessage) -> None:
    message.attempts, message.leased_until = message.attempts - 1, None
    db.session.commit()


def _close(message: OutboxMessage) -> None:
    """The body goes: it may hold a link that signs somebody in."""
    message.state, message.body, message.problem = MessageState.SENT, "", None
    message.sent_at = clock.now()
    db.session.commit()


def _deliver(message: OutboxMessage, settings: config.Config) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = settings.mail_sender, message.address, message.subject
    # The same at each try, so that a mail server can drop the second of two.
    mail["Message-ID"] = f"<{message.id.hex}@{settings.host or 'localhost'}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body)
    mail.add_alternative(as_html(message.subject, message.body, message.language), subtype="html")
    mail["Content-Language"] = message.language
    with smtplib.SMTP(settings.mail_server, settings.mail_port, timeout=TIMEOUT_SECONDS) as server:
        if settings.mail_use_tls:
            server.starttls(context=ssl.create_default_context())
        if settings.mail_username:
            server.login(settings.mail_username, settings.mail_password)
        server.send_message(mail)
