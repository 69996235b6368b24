"""Rubrics, authorizations and observations of skills. A skill is its name in a curriculum version."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocates.audit.models import AppendOnly
from advocates.database import Keyed, Model, text_enum
from advocates.skills.rules import Outcome


class SkillRubric(Keyed, Model):
    """The observable criteria of a skill. Never changed: a new wording is the next number."""

    __table_args__ = (UniqueConstraint("version_id", "skill", "number"),)
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("curriculum_version.id"))
    skill: Mapped[str] = mapped_column(String(500))
    number: Mapped[int]
    criteria: Mapped[str] = mapped_column(Text)
    written_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]


class SkillAuthorization(Keyed, Model):
    """Somebody may sign a skill of a version, or all of them where `skill` is None. Ended, never deleted."""

    __table_args__ = (CheckConstraint("until_on IS NULL OR until_on >= from_on", name="days_in_order"),)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("curriculum_version.id"), index=True)
    skill: Mapped[str | None] = mapped_column(String(500))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    granted_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    granted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))


class SkillObservation(Keyed, AppendOnly, Model):
    """APPEND-ONLY. What was seen of one person's skill; the highest version is current.

    `criteria` are the places of those met in the rubric. One that is done names the sign-off that it made, and stands
    as long as that does.
    """

    __table_args__ = (
        UniqueConstraint("enrollment_id", "skill", "version"),
        UniqueConstraint("observed_by", "client_key"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("(outcome = 'done') = (sign_off_id IS NOT NULL)", name="done_is_signed"),
    )
    enrollment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrollment.id"), index=True)
    skill: Mapped[str] = mapped_column(String(500))
    version: Mapped[int]
    rubric_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("skill_rubric.id"))
    outcome: Mapped[Outcome] = mapped_column(text_enum(Outcome))
    criteria: Mapped[str] = mapped_column(Text)
    observed_on: Mapped[date]
    next_try_on: Mapped[date | None]
    sign_off_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("skill_sign_off.id"))
    observed_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    observed_at: Mapped[datetime]
    device_at: Mapped[datetime | None]
    client_key: Mapped[uuid.UUID]
