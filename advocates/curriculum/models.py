"""Curricula, their versions (frozen once published), the modules that keep their identity, and their materials."""

import enum
import json
import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from advocates.curriculum.delivery import TEACHING_MODES, DeliveryMode
from advocates.database import Keyed, Model, text_enum


def modes_from_json(text: str) -> tuple[DeliveryMode, ...]:
    """What a module may be taught in, from its column: all modes where it names none."""
    return tuple(map(DeliveryMode, json.loads(text))) or TEACHING_MODES


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
    """A module as one version has it. Contact minutes are whole minutes.

    Objectives, competency keys, delivery modes and prerequisite keys are JSON lists of text.
    """

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
    competencies: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    delivery_modes: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    prerequisites: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")

    @property
    def allowed_modes(self) -> tuple[DeliveryMode, ...]:
        """What it may be taught in."""
        return modes_from_json(self.delivery_modes)


class MaterialKind(enum.StrEnum):
    FILE = "file"
    LINK = "link"


class ModuleMaterial(Keyed, Model):
    """A file or an https link that goes with a module of one version.

    No certificate stands on it, so it comes and is retired after publication too; from then on it is never deleted.
    """

    __table_args__ = (
        ForeignKeyConstraint(["version_id", "module_id"], ["version_module.version_id", "version_module.module_id"]),
        UniqueConstraint("version_id", "module_id", "position"),
        CheckConstraint(
            "(kind = 'file' AND file_id IS NOT NULL AND url IS NULL) OR "
            "(kind = 'link' AND file_id IS NULL AND url IS NOT NULL)",
            name="file_or_link",
        ),
    )
    version_id: Mapped[uuid.UUID]
    module_id: Mapped[uuid.UUID]
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[MaterialKind] = mapped_column(text_enum(MaterialKind))
    file_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    url: Mapped[str | None] = mapped_column(String(500))
    added_by: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
    retired_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    retired_at: Mapped[datetime | None]


class Competency(Keyed, Model):
    """What an advocate must be able to do, as the program's framework says; modules name it by its key.

    One that a newer framework leaves out is retired: versions that name it keep their meaning.
    """

    key: Mapped[str] = mapped_column(String(40), unique=True)
    domain: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(300))
    position: Mapped[int]
    retired_at: Mapped[datetime | None]
