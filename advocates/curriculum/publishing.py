"""Publish a draft, which freezes it for good, or discard it."""

import uuid
from collections.abc import Sequence

from sqlalchemy import delete, exists, select

from advocates import clock
from advocates.audit.recording import record
from advocates.curriculum.carrying import forget_materials
from advocates.curriculum.models import Curriculum, CurriculumVersion, Module, VersionModule
from advocates.curriculum.queries import VersionWithModules, framework_keys, modules_of
from advocates.curriculum.rules import Problem, publishing_problems
from advocates.database import db


class AlreadyPublished(Exception):
    """A published version never changes."""


class NotReadyToPublish(Exception):
    """The draft does not hold together; `problems` say why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def publish_version(actor_id: uuid.UUID, version_id: uuid.UUID) -> None:
    """Freeze a draft. Raises AlreadyPublished or NotReadyToPublish. Flushes."""
    version = lock_draft(version_id)
    document = VersionWithModules(version, modules_of(version_id)).document
    if problems := publishing_problems(document, framework_keys()):
        raise NotReadyToPublish(problems)
    version.published_at, version.published_by = clock.now(), actor_id
    record(actor_id, "publish_version", version_id=version_id, curriculum_id=version.curriculum_id)


def discard_draft(actor_id: uuid.UUID, version_id: uuid.UUID) -> None:
    """Remove a draft, and the curriculum with its last version. Raises AlreadyPublished. Flushes."""
    version = lock_draft(version_id)
    curriculum_id, number = version.curriculum_id, version.number
    forget_materials(version_id)
    db.session.execute(delete(VersionModule).where(VersionModule.version_id == version_id))
    db.session.delete(version)
    db.session.flush()
    still_used = exists().where(VersionModule.module_id == Module.id)
    db.session.execute(delete(Module).where(Module.curriculum_id == curriculum_id, ~still_used))
    other_versions = exists().where(CurriculumVersion.curriculum_id == Curriculum.id)
    db.session.execute(delete(Curriculum).where(Curriculum.id == curriculum_id, ~other_versions))
    record(actor_id, "discard_draft", version_id=version_id, curriculum_id=curriculum_id, number=number)


def lock_draft(version_id: uuid.UUID) -> CurriculumVersion:
    """The draft, locked and fresh: whoever changes anything of it comes here first. Raises AlreadyPublished."""
    locked = select(CurriculumVersion).where(CurriculumVersion.id == version_id).with_for_update()
    version = db.session.scalars(locked, execution_options={"populate_existing": True}).one()
    if version.published_at is not None:
        raise AlreadyPublished
    return version
