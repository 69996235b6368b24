"""Import a curriculum: a new one, or the next draft version of one whose title is known."""

import json
import uuid
from dataclasses import dataclass

from sqlalchemy import select

from advocates import clock
from advocates.audit.recording import record
from advocates.curriculum.carrying import carry_materials
from advocates.curriculum.models import Curriculum, CurriculumVersion, Module, VersionModule
from advocates.curriculum.queries import VersionWithModules, latest_version, modules_of
from advocates.curriculum.rules import CurriculumDocument, ModuleDocument, rules_to_json
from advocates.database import db, new_id


@dataclass(frozen=True)
class Imported:
    """The version that holds the document; `is_new` is False where the latest version already said the same."""

    version_id: uuid.UUID
    is_new: bool


def import_curriculum(actor_id: uuid.UUID | None, document: CurriculumDocument) -> Imported:
    """Store the document as a draft. Modules keep their identity by key. Flushes."""
    curriculum = _curriculum(document.title)
    latest = latest_version(curriculum.id)
    if latest is not None and VersionWithModules(latest, modules_of(latest.id)).document == document:
        return Imported(latest.id, is_new=False)
    version = add_version(actor_id, curriculum.id, document)
    record(actor_id, "import_curriculum", curriculum_id=curriculum.id, version_id=version.id, number=version.number)
    return Imported(version.id, is_new=True)


def import_modules(actor_id: uuid.UUID, version_id: uuid.UUID, document: CurriculumDocument) -> Imported:
    """A draft with other modules than the version has, and all else as there; flushes.

    Nothing where they are the same as its own, or as the latest version's.
    """
    base = _locked(version_id)
    latest = latest_version(base.curriculum_id)
    for version in filter(None, (base, latest)):
        if VersionWithModules(version, modules_of(version.id)).document == document:
            return Imported(version.id, is_new=False)
    version = add_version(actor_id, base.curriculum_id, document)
    carry_materials(base.id, version.id)
    record(
        actor_id,
        "import_modules",
        curriculum_id=base.curriculum_id,
        from_version_id=version_id,
        version_id=version.id,
        number=version.number,
    )
    return Imported(version.id, is_new=True)


def copy_version(actor_id: uuid.UUID, version_id: uuid.UUID) -> uuid.UUID:
    """The next version of the same curriculum, a draft that says what this one says; its id. Flushes."""
    base = _locked(version_id)
    document = VersionWithModules(base, modules_of(version_id)).document
    version = add_version(actor_id, base.curriculum_id, document)
    carry_materials(base.id, version.id)
    record(
        actor_id,
        "copy_version",
        curriculum_id=base.curriculum_id,
        from_version_id=version_id,
        version_id=version.id,
        number=version.number,
    )
    return version.id


def add_version(
    actor_id: uuid.UUID | None, curriculum_id: uuid.UUID, document: CurriculumDocument
) -> CurriculumVersion:
    """The next version of a curriculum whose row is locked, as a draft. Flushes, records nothing."""
    latest = latest_version(curriculum_id)
    version = CurriculumVersion(
        id=new_id(),
        curriculum_id=curriculum_id,
        number=latest.number + 1 if latest else 1,
        title=document.title,
        note=document.note,
        required_contact_minutes=document.required_contact_minutes,
        rules=rules_to_json(document.rules),
        created_at=clock.now(),
        created_by=actor_id,
    )
    db.session.add(version)
    db.session.flush()
    _add_modules(version, document)
    return version


def module_columns(module: ModuleDocument) -> dict[str, object]:
    """What a module says, as the columns of its row hold it."""
    return {
        "key": module.key,
        "title": module.title,
        "contact_minutes": module.contact_minutes,
        "domain": module.domain,
        "objectives": json.dumps(module.objectives, ensure_ascii=False),
        "content_note": module.content_note,
        "has_observed_skills": module.observed_skills,
        "is_required": module.required,
        "equivalent_activity": module.equivalent_activity,
        "competencies": json.dumps(module.competencies, ensure_ascii=False),
        "delivery_modes": json.dumps(module.delivery_modes),
        "prerequisites": json.dumps(module.prerequisites, ensure_ascii=False),
    }


def _locked(version_id: uuid.UUID) -> CurriculumVersion:
    """The version, with its curriculum locked so that numbers of versions do not repeat."""
    base = db.session.get_one(CurriculumVersion, version_id)
    db.session.execute(select(Curriculum.id).where(Curriculum.id == base.curriculum_id).with_for_update())
    return base


def _curriculum(title: str) -> Curriculum:
    """The curriculum of this title, locked, or a new one."""
    known = db.session.scalars(select(Curriculum).filter_by(title=title).with_for_update()).one_or_none()
    if known is not None:
        return known
    curriculum = Curriculum(id=new_id(), title=title)
    db.session.add(curriculum)
    db.session.flush()
    return curriculum


def _add_modules(version: CurriculumVersion, document: CurriculumDocument) -> None:
    known = select(Module.key, Module.id).where(Module.curriculum_id == version.curriculum_id)
    ids = {row.key: row.id for row in db.session.execute(known)}
    new = {module.key: new_id() for module in document.modules if module.key not in ids}
    db.session.add_all(Module(id=new[key], curriculum_id=version.curriculum_id, key=key) for key in new)
    db.session.flush()
    ids |= new
    db.session.add_all(
        VersionModule(
            version_id=version.id,
            module_id=ids[module.key],
            position=position,
            **module_columns(module),
        )
        for position, module in enumerate(document.modules)
    )
    db.session.flush()
