"""Reads of curricula. Each function sends at most two statements, however many versions or modules there are."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from advocates.curriculum.models import Curriculum, CurriculumVersion, VersionModule
from advocates.curriculum.rules import CurriculumDocument, ModuleDocument, rules_from_json
from advocates.database import db


@dataclass(frozen=True)
class VersionSummary:
    """One version as the list shows it."""

    id: uuid.UUID
    curriculum_id: uuid.UUID
    title: str
    number: int
    required_contact_minutes: int
    module_count: int
    published_at: datetime | None


@dataclass(frozen=True)
class VersionWithModules:
    """A version and its modules in order."""

    version: CurriculumVersion
    modules: Sequence[VersionModule]

    @property
    def document(self) -> CurriculumDocument:
        """What the version says, as its file would."""
        return CurriculumDocument(
            title=self.version.title,
            note=self.version.note,
            required_contact_minutes=self.version.required_contact_minutes,
            modules=tuple(_module_document(module) for module in self.modules),
            rules=rules_from_json(self.version.rules),
        )


def list_versions() -> Sequence[VersionSummary]:
    """Every version, by curriculum title, the newest first."""
    rows = db.session.execute(
        select(
            CurriculumVersion.id,
            CurriculumVersion.curriculum_id,
            CurriculumVersion.title,
            CurriculumVersion.number,
            CurriculumVersion.required_contact_minutes,
            func.count(VersionModule.module_id),
            CurriculumVersion.published_at,
        )
        .join(Curriculum, Curriculum.id == CurriculumVersion.curriculum_id)
        .outerjoin(VersionModule, VersionModule.version_id == CurriculumVersion.id)
        .group_by(CurriculumVersion.id, Curriculum.title)
        .order_by(Curriculum.title, CurriculumVersion.curriculum_id, CurriculumVersion.number.desc())
    )
    return [VersionSummary(*row) for row in rows]


def published_versions(curriculum_id: uuid.UUID | None = None) -> Sequence[VersionSummary]:
    """The versions a cohort may use, of one curriculum where given."""
    return [
        version
        for version in list_versions()
        if version.published_at is not None and curriculum_id in {None, version.curriculum_id}
    ]


def version_with_modules(version_id: uuid.UUID) -> VersionWithModules | None:
    version = db.session.get(CurriculumVersion, version_id)
    return VersionWithModules(version, modules_of(version_id)) if version else None


def latest_version(curriculum_id: uuid.UUID) -> CurriculumVersion | None:
    return db.session.scalars(
        select(CurriculumVersion)
        .where(CurriculumVersion.curriculum_id == curriculum_id)
        .order_by(CurriculumVersion.number.desc())
        .limit(1)
    ).one_or_none()


def modules_of(version_id: uuid.UUID) -> Sequence[VersionModule]:
    """The modules of a version in order."""
    return db.session.scalars(
        select(VersionModule).where(VersionModule.version_id == version_id).order_by(VersionModule.position)
    ).all()


def _module_document(module: VersionModule) -> ModuleDocument:
    return ModuleDocument(
        key=module.key,
        title=module.title,
        contact_minutes=module.contact_minutes,
        domain=module.domain,
        objectives=tuple(json.loads(module.objectives)),
        content_note=module.content_note,
        observed_skills=module.has_observed_skills,
        required=module.is_required,
        equivalent_activity=module.equivalent_activity,
    )
