"""Cohorts, enrollments and placements."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from advocates.cohorts.rules import OPEN_STATUSES, EnrollmentStatus
from advocates.database import Keyed, Model, text_enum

_OPEN = text("status IN (" + ", ".join(f"'{status.value}'" for status in sorted(OPEN_STATUSES)) + ")")
_NOT_ENDED = text("ended_at IS NULL")


class Cohort(Keyed, Model):
    """A group that trains together. Its version is the default that each enrollment pins."""

    title: Mapped[str] = mapped_column(String(200), unique=True)
    curriculum_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("curriculum_version.id"))
    place: Mapped[str] = mapped_column(String(300))
    time_zone: Mapped[str] = mapped_column(String(60))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    capacity: Mapped[int]
    created_at: Mapped[datetime]


class Enrollment(Keyed, Model):
    """One person's way through one curriculum version. One open per person and curriculum.

    `enrolled_at` is None for who applied and was never accepted: they earn nothing, whatever became of it.
    """

    __table_args__ = (
        Index(
            "uq_enrollment_open",
            "person_id",
            "curriculum_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    curriculum_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("curriculum.id"))
    curriculum_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("curriculum_version.id"))
    status: Mapped[EnrollmentStatus] = mapped_column(text_enum(EnrollmentStatus))
    status_changed_at: Mapped[datetime]
    reason_code: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime]
    enrolled_at: Mapped[datetime | None]


class Placement(Keyed, Model):
    """An enrollment's place in a cohort. One open per enrollment; a move is a new placement."""

    __table_args__ = (
        Index(
            "uq_placement_open",
            "enrollment_id",
            unique=True,
            sqlite_where=_NOT_ENDED,
            postgresql_where=_NOT_ENDED,
        ),
    )
    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"))
    cohort_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cohort.id"), index=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    reason_code: Mapped[str | None] = mapped_column(String(40))
