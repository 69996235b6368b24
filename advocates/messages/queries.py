"""Reads of the outbox. Never its bodies: they may hold links that sign somebody in."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from advocates.database import db
from advocates.messages.models import MailKind, MessageState, OutboxMessage

PER_PAGE = 50


@dataclass(frozen=True)
class MessageRow:
    id: uuid.UUID
    kind: MailKind
    address: str
    state: MessageState
    attempts: int
    created_at: datetime
    leased_until: datetime | None
    sent_at: datetime | None
    problem: str | None


@dataclass(frozen=True)
class MessagePage:
    """Rows with the newest first, the page's number from 1, how many pages there are, and counts by state."""

    rows: Sequence[MessageRow]
    number: int
    pages: int
    counts: Mapping[MessageState, int]


def messages_page(state: MessageState | None, number: int) -> MessagePage:
    """A page of the mails in this state, or in any. Two statements."""
    counted = select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state)
    counts = {row[0]: row[1] for row in db.session.execute(counted)}
    total = counts.get(state, 0) if state else sum(counts.values())
    pages = max(1, -(-total // PER_PAGE))
    number = min(max(number, 1), pages)
    columns = [getattr(OutboxMessage, name) for name in MessageRow.__dataclass_fields__]
    query = select(*columns).order_by(OutboxMessage.created_at.desc(), OutboxMessage.id.desc())
    if state:
        query = query.where(OutboxMessage.state == state)
    rows = db.session.execute(query.limit(PER_PAGE).offset((number - 1) * PER_PAGE))
    return MessagePage([MessageRow(*row) for row in rows], number, pages, counts)
