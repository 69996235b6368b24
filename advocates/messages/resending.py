"""Try a mail again that was given up."""

import uuid

from flask import current_app
from sqlalchemy import event, select

from advocates.audit.recording import record
from advocates.database import db
from advocates.jobs import Nudge, nudge
from advocates.messages.models import MessageState, OutboxMessage


class NothingToResend(Exception):
    """The mail is on its way or arrived; one that arrived is not kept and cannot be sent twice."""


def resend_message(actor_id: uuid.UUID, message_id: uuid.UUID) -> None:
    """Give a failed mail new tries. Raises LookupError or NothingToResend."""
    query = select(OutboxMessage).where(OutboxMessage.id == message_id).with_for_update()
    message = db.session.scalars(query, execution_options={"populate_existing": True}).one_or_none()
    if message is None:
        raise LookupError(message_id)
    if message.state is not MessageState.FAILED or not message.body:
        raise NothingToResend
    message.state, message.attempts, message.leased_until = MessageState.WAITING, 0, None
    db.session.flush()
    event.listen(db.session(), "after_commit", lambda _session: nudge(current_app, Nudge.OUTBOX), once=True)
    record(actor_id, "resend_mail", message_id=message_id)
