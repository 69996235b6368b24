"""Guest speakers, qualifications, and the staff of sessions."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from advocates.database import Keyed, Model

_NOT_REMOVED = text("removed_at IS NULL")


class GuestSpeaker(Model):
    """Somebody who speaks at sessions without an account."""

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    added_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]


class Qualification(Keyed, Model):
    """What somebody is qualified for, from a day until a day (None: no end). Removed, never deleted."""

    __table_args__ = (CheckConstraint("holds_until >= holds_from", name="ends_after_it_starts"),)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    holds_from: Mapped[date]
    holds_until: Mapped[date | None]
    added_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class SessionStaff(Keyed, Model):
    """Somebody who teaches a session. A session without any is taught by its cohort's trainers."""

    __table_args__ = (
        Index(
            "uq_session_staff_open",
            "session_id",
            "person_id",
            unique=True,
            sqlite_where=_NOT_REMOVED,
            postgresql_where=_NOT_REMOVED,
        ),
    )
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("training_session.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    added_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
