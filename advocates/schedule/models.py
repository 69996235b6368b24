"""Training sessions, their agenda segments, and seats for people from outside the cohort."""

import enum
import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocates.curriculum.delivery import DeliveryMode
from advocates.database import Keyed, Model, text_enum


class TrainingSession(Keyed, Model):
    """One meeting. Times are whole UTC minutes; the zone is for showing and typing clock times."""

    __table_args__ = (CheckConstraint("planned_end > planned_start", name="ends_after_it_starts"),)
    cohort_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cohort.id"), index=True)
    title: Mapped[str | None] = mapped_column(String(200))
    planned_start: Mapped[datetime] = mapped_column(index=True)
    planned_end: Mapped[datetime]
    time_zone: Mapped[str] = mapped_column(String(60))
    place: Mapped[str] = mapped_column(String(300))
    delivery_mode: Mapped[DeliveryMode] = mapped_column(text_enum(DeliveryMode))
    agenda_version: Mapped[int] = mapped_column(default=1)
    signed_off_at: Mapped[datetime | None]
    signed_off_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    cancelled_at: Mapped[datetime | None]
    cancel_reason_code: Mapped[str | None] = mapped_column(String(40))


class AgendaSegment(Keyed, Model):
    """A part of a session: a slice of a module from `from_minute`, or a break (no module), which earns nothing."""

    __table_args__ = (
        CheckConstraint("planned_end > planned_start", name="ends_after_it_starts"),
        CheckConstraint("delivered_end >= delivered_start", name="delivered_in_order"),
    )
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("training_session.id"), index=True)
    agenda_version: Mapped[int] = mapped_column(default=1)
    planned_start: Mapped[datetime]
    planned_end: Mapped[datetime]
    delivered_start: Mapped[datetime | None]
    delivered_end: Mapped[datetime | None]
    module_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("module.id"), index=True)
    from_minute: Mapped[int | None]
    delivery_mode: Mapped[DeliveryMode | None] = mapped_column(text_enum(DeliveryMode))


class SeatKind(enum.StrEnum):
    GUEST = "guest"
    WALK_IN = "walk_in"
    MAKE_UP = "make_up"


class SessionSeat(Keyed, Model):
    """Somebody who attends this session without a place in its cohort."""

    __table_args__ = (UniqueConstraint("session_id", "enrollment_id"),)
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("training_session.id"))
    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"), index=True)
    kind: Mapped[SeatKind] = mapped_column(text_enum(SeatKind))
