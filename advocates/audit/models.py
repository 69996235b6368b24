"""The audit chain, its head, and the erasable values beside it."""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from advocates.database import Keyed, Model


class AuditHead(Model):
    """One row: the last link of the chain. Locking it orders all writers; it is always locked last."""

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))


class AuditEvent(Model):
    """APPEND-ONLY. One activity: hash = SHA-256(previous hash, payload bytes)."""

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    occurred_at: Mapped[datetime]
    actor_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(String(60), index=True)
    payload: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))


class AuditValue(Keyed, Model):
    """What a field was before and after. Erasable: the chain holds only its salted digest."""

    seq: Mapped[int] = mapped_column(ForeignKey("audit_event.seq"), index=True)
    field: Mapped[str] = mapped_column(String(60))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    salt: Mapped[str] = mapped_column(String(32))


class AppendOnly:
    """Mixin for append-only rows: the digest that the audit event of `audit_seq` also holds."""

    audit_seq: Mapped[int] = mapped_column(BigInteger, index=True)
    row_sha256: Mapped[str] = mapped_column(String(64))
