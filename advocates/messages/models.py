"""The outbox: what is to be sent, stored with the change that causes it."""

import enum
from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from advocates.database import Keyed, Model, text_enum


class MessageState(enum.StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class MailKind(enum.StrEnum):
    """What a mail is about."""

    ACCOUNT = "account"
    APPLICATION = "application"
    OFFER = "offer"
    REMINDER = "reminder"
    CHANGE = "change"
    CANCELLATION = "cancellation"
    SURVEY = "survey"


class OutboxMessage(Keyed, Model):
    """One mail. Its body is emptied once sent: it may hold a link that signs somebody in.

    `once_key` names what must never be written twice; `problem` is the kind of error of the last try.
    """

    __table_args__ = (Index("uq_outbox_message_once_key", "once_key", unique=True),)
    kind: Mapped[MailKind] = mapped_column(text_enum(MailKind), default=MailKind.ACCOUNT)
    address: Mapped[str] = mapped_column(String(320))
    language: Mapped[str] = mapped_column(String(10), default="en")
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[MessageState] = mapped_column(text_enum(MessageState), index=True, default=MessageState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(index=True)
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    problem: Mapped[str | None] = mapped_column(String(60))
    once_key: Mapped[str | None] = mapped_column(String(200))
