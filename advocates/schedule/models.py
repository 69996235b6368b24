"""Training sessions, their agenda segments, seats for people from outside the cohort, and what planning rests on."""

import enum
import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, event, inspect, text
from sqlalchemy.orm import Mapped, mapped_column

from advocates import clock
from advocates.curriculum.delivery import DeliveryMode
from advocates.database import Keyed, Model, text_enum


class TrainingSession(Keyed, Model):
    """One meeting. Times are whole UTC minutes; the zone is for showing and typing clock times.

    `room` is where at the place, `link` the https address at which it is joined online. `calendar_sequence`
    counts the changes of what calendars show of it, the last of which was at `calendar_changed_at`.
    """

    __table_args__ = (CheckConstraint("planned_end > planned_start", name="ends_after_it_starts"),)
    cohort_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cohort.id"), index=True)
    title: Mapped[str | None] = mapped_column(String(200))
    planned_start: Mapped[datetime] = mapped_column(index=True)
    planned_end: Mapped[datetime]
    time_zone: Mapped[str] = mapped_column(String(60))
    place: Mapped[str] = mapped_column(String(300))
    room: Mapped[str | None] = mapped_column(String(120))
    link: Mapped[str | None] = mapped_column(String(500))
    delivery_mode: Mapped[DeliveryMode] = mapped_column(text_enum(DeliveryMode))
    agenda_version: Mapped[int] = mapped_column(default=1)
    signed_off_at: Mapped[datetime | None]
    signed_off_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    cancelled_at: Mapped[datetime | None]
    cancel_reason_code: Mapped[str | None] = mapped_column(String(40))
    calendar_sequence: Mapped[int] = mapped_column(default=0)
    calendar_changed_at: Mapped[datetime] = mapped_column(default=clock.now)


SHOWN_BY_CALENDARS = ("planned_start", "planned_end", "time_zone", "place", "room", "link", "cancelled_at")


@event.listens_for(TrainingSession, "before_update")
def _count_for_calendars(_mapper: object, _connection: object, session: TrainingSession) -> None:
    """A calendar takes a later entry for the newer one only when its number is higher (RFC 5545, SEQUENCE)."""
    state = inspect(session)
    if any(state.attrs[name].history.has_changes() for name in SHOWN_BY_CALENDARS):
        session.calendar_sequence += 1
        session.calendar_changed_at = clock.now()


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
    """Somebody who attends this session without a place in its cohort. `is_booked`: by itself, not with a make-up."""

    __table_args__ = (UniqueConstraint("session_id", "enrollment_id"),)
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("training_session.id"))
    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"), index=True)
    kind: Mapped[SeatKind] = mapped_column(text_enum(SeatKind))
    is_booked: Mapped[bool] = mapped_column(default=False)


_NOT_REMOVED = text("removed_at IS NULL")


class ClosedDay(Keyed, Model):
    """Days on which the program itself is closed, from the first to the last, besides holidays."""

    __table_args__ = (CheckConstraint("last_day >= first_day", name="in_order"),)
    first_day: Mapped[date]
    last_day: Mapped[date] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(120))
    added_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class MeetingPattern(Keyed, Model):
    """Weekly meetings saved under a name, to lay out further cohorts. `meetings` is the JSON of rules.Meeting."""

    __table_args__ = (
        Index(
            "uq_meeting_pattern_title",
            "title",
            unique=True,
            sqlite_where=_NOT_REMOVED,
            postgresql_where=_NOT_REMOVED,
        ),
    )
    title: Mapped[str] = mapped_column(String(120))
    meetings: Mapped[str] = mapped_column(Text)
    created_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
