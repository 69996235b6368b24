"""The contact-hour ledger: append-only in the database itself."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from advocates.audit.models import AppendOnly
from advocates.curriculum.delivery import DeliveryMode
from advocates.database import Keyed, Model, text_enum

TRANSFERRED = "transfer"


class CreditEntry(Keyed, AppendOnly, Model):
    """APPEND-ONLY. A slice of a module credited (minutes > 0), or the reversal of one entry (minutes < 0).

    Its kind is that of its evidence, the mark or the make-up; or "transfer" where the minutes came along by one from
    another enrollment, whose evidence it then names.
    """

    __table_args__ = (
        CheckConstraint(
            "abs(minutes) = to_minute - from_minute AND to_minute > from_minute", name="minutes_are_the_slice"
        ),
        CheckConstraint("(minutes < 0) = (reverses_id IS NOT NULL)", name="only_reversals_are_negative"),
    )
    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"), index=True)
    module_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("module.id"))
    from_minute: Mapped[int]
    to_minute: Mapped[int]
    minutes: Mapped[int]
    delivery_mode: Mapped[DeliveryMode] = mapped_column(text_enum(DeliveryMode))
    kind: Mapped[str] = mapped_column(String(20))
    mark_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("attendance_mark.id"))
    make_up_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("make_up.id"))
    transfer_id: Mapped[uuid.UUID | None]
    segment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("agenda_segment.id"))
    reverses_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("credit_entry.id"), unique=True)
    rule_version: Mapped[int]
    reason_code: Mapped[str] = mapped_column(String(40))
    posted_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    posted_at: Mapped[datetime]
