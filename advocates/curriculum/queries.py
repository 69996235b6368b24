"""Reads of curricula. Each function sends at most two statements, however many versions or modules there are."""

import json
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.models import Competency, Curriculum, CurriculumVersion, VersionModule
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
class Comparable:
    """Another version to hold one against, and the two ids with the older one first."""

    other: VersionSummary
    older_id: uuid.UUID
    newer_id: uuid.UUID
    is_same_curriculum: bool


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
            modules=tuple(module_document(module) for module in self.modules),
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


def framework() -> Sequence[Competency]:
    """The competencies of the framework in its order, without the retired. One statement."""
    return db.session.scalars(
        select(Competency).where(Competency.retired_at.is_(None)).order_by(Competency.position, Competency.key)
    ).all()


def framework_keys() -> frozenset[str]:
    """The keys that a module may name; empty where no framework was imported. One statement."""
    return frozenset(competency.key for competency in framework())


@dataclass(frozen=True)
class Naming:
    """A module of a curriculum's latest version that names competencies."""

    curriculum_title: str
    version_id: uuid.UUID
    key: str
    title: str


def modules_naming_competencies() -> Mapping[str, Sequence[Naming]]:
    """Those of each curriculum's latest version, in order, by the key of the competency. One statement."""
    latest = select(CurriculumVersion.curriculum_id, func.max(CurriculumVersion.number).label("number"))
    newest = latest.group_by(CurriculumVersion.curriculum_id).subquery()
    rows = db.session.execute(
        select(
            CurriculumVersion.title,
            CurriculumVersion.id,
            VersionModule.key,
            VersionModule.title.label("module_title"),
            VersionModule.competencies,
        )
        .join(VersionModule, VersionModule.version_id == CurriculumVersion.id)
        .join(
            newest,
            (newest.c.curriculum_id == CurriculumVersion.curriculum_id) & (newest.c.number == CurriculumVersion.number),
        )
        .where(VersionModule.competencies != "[]")
        .order_by(CurriculumVersion.title, CurriculumVersion.id, VersionModule.position)
    )
    found: dict[str, list[Naming]] = defaultdict(list)
    for row in rows:
        naming = Naming(row.title, row.id, row.key, row.module_title)
        for competency in json.loads(row.competencies):
            found[competency].append(naming)
    return found


def comparable_versions(version: CurriculumVersion) -> Sequence[Comparable]:
    """Every other version, those of the same curriculum first. One statement."""
    others = [_comparable(version, other) for other in list_versions() if other.id != version.id]
    return sorted(others, key=lambda each: not each.is_same_curriculum)


def _comparable(version: CurriculumVersion, other: VersionSummary) -> Comparable:
    """Versions of one curriculum are as old as their numbers say, others as their ids, which hold the time."""
    is_same = other.curriculum_id == version.curriculum_id
    is_older = other.number < version.number if is_same else other.id < version.id
    older_id, newer_id = (other.id, version.id) if is_older else (version.id, other.id)
    return Comparable(other, older_id, newer_id, is_same)


def module_document(module: VersionModule) -> ModuleDocument:
    """What the module says, as its file would."""
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
        competencies=tuple(json.loads(module.competencies)),
        delivery_modes=tuple(map(DeliveryMode, json.loads(module.delivery_modes))),
        prerequisites=tuple(json.loads(module.prerequisites)),
    )
