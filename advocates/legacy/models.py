"""Legacy cohorts and their people. No enrollment stands behind them, so nothing here can be credited or issued."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocates.database import Keyed, Model


class LegacyCohort(Keyed, Model):
    """A past cohort as a source states it; the evidence is not held."""

    title: Mapped[str] = mapped_column(String(200), unique=True)
    training: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(300))
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]


class LegacyRecord(Keyed, Model):
    """What the source says of one person: never contact minutes of a ledger, never a reason for a certificate."""

    __table_args__ = (
        UniqueConstraint("legacy_cohort_id", "person_id"),
        CheckConstraint("stated_minutes > 0", name="stated_minutes_positive"),
    )
    legacy_cohort_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("legacy_cohort.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    completed_on: Mapped[date | None]
    stated_minutes: Mapped[int | None]
    recorded_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
