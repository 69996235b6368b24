"""Cohorts, enrollments with every change of their status, and placements."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from advocates.audit.models import AppendOnly
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
    closed_at: Mapped[datetime | None]


class Enrollment(Keyed, Model):
    """One person's way through one curriculum version. One open per person and curriculum.

    `enrolled_at` is None for who applied and was never accepted: they earn nothing, whatever became of it.
    `waitlist_position` orders those who wait for a seat of one cohort; who does not wait has none.
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
    waitlist_position: Mapped[int | None]


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


class EnrollmentStatusChange(Keyed, AppendOnly, Model):
    """APPEND-ONLY. One change of an enrollment's status: who, when, why.

    `from_status` is None where the enrollment began, `changed_by` where the applicant or the site itself did it.
    """

    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"), index=True)
    from_status: Mapped[EnrollmentStatus | None] = mapped_column(text_enum(EnrollmentStatus))
    to_status: Mapped[EnrollmentStatus] = mapped_column(text_enum(EnrollmentStatus))
    reason_code: Mapped[str | None] = mapped_column(String(40))
    changed_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]


class AgencyQuota(Keyed, Model):
    """The most seats of a cohort that people of one agency may fill."""

    __table_args__ = (
        UniqueConstraint("cohort_id", "agency_id"),
        CheckConstraint("seats >= 0", name="seats_not_negative"),
    )
    cohort_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("cohort.id"))
    agency_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("agency.id"))
    seats: Mapped[int]
