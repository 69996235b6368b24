"""Private links to a calendar feed."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from advocates.database import Keyed, Model

_OPEN = text("revoked_at IS NULL")
_OPEN_OWN = text("revoked_at IS NULL AND cohort_id IS NULL")


class CalendarLink(Keyed, Model):
    """A link that shows its owner's sessions (no cohort) or one cohort's. Revoked, never deleted."""

    __table_args__ = (
        Index(
            "uq_calendar_link_open", "person_id", "cohort_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
        ),
        Index(
            "uq_calendar_link_open_own", "person_id", unique=True, sqlite_where=_OPEN_OWN, postgresql_where=_OPEN_OWN
        ),
    )
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    cohort_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("cohort.id"), index=True)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
