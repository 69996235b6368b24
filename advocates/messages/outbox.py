"""Put a mail into the outbox, with the change that causes it."""

from advocates import clock
from advocates.database import db
from advocates.messages.models import OutboxMessage


def queue_message(address: str, subject: str, body: str) -> OutboxMessage:
    """Store a mail to be sent by the worker. Subjects are neutral: others may see them on a screen."""
    message = OutboxMessage(address=address, subject=subject, body=body, created_at=clock.now())
    db.session.add(message)
    db.session.flush()
    return message
