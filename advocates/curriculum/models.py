"""Curricula, their versions (frozen once published) and the modules that keep their identity across versions."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocates.database import Keyed, Model


class Curriculum(Keyed, Model):
    """A program's curriculum, known by its title."""

    title: Mapped[str] = mapped_column(String(200), unique=True)


class CurriculumVersion(Keyed, Model):
    """One version: a draft until published, then never changed. `rules` is the JSON of rules.VersionRules."""

    __table_args__ = (UniqueConstraint("curriculum_id", "number"),)
    curriculum_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("curriculum.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text, default="")
    required_contact_minutes: Mapped[int]
    rules: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    created_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    published_at: Mapped[datetime | None]
    published_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))


class Module(Keyed, Model):
    """A module's lasting identity: the ledger points here."""

    __table_args__ = (UniqueConstraint("curriculum_id", "key"),)
    curriculum_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("curriculum.id"))
    key: Mapped[str] = mapped_column(String(40))


class VersionModule(Model):
    """A module as one version has it. Contact minutes are whole minutes."""

    __table_args__ = (
        UniqueConstraint("version_id", "position"),
        CheckConstraint("contact_minutes > 0", name="minutes_positive"),
    )
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("curriculum_version.id"), primary_key=True)
    module_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("module.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    contact_minutes: Mapped[int]
    domain: Mapped[str] = mapped_column(String(100))
    objectives: Mapped[str] = mapped_column(Text, default="[]")
    content_note: Mapped[str | None] = mapped_column(Text)
    has_observed_skills: Mapped[bool]
    is_required: Mapped[bool]
    equivalent_activity: Mapped[str | None] = mapped_column(String(500))
