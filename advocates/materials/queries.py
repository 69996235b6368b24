"""Who is given which materials, and the materials of a version."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, select

from advocates.access import Actor, Permission
from advocates.cohorts.models import Cohort, Enrollment
from advocates.cohorts.rules import EnrollmentStatus
from advocates.curriculum.models import ModuleMaterial
from advocates.database import db
from advocates.files.models import StoredFile
from advocates.schedule.models import AgendaSegment, SessionSeat, TrainingSession

GIVEN_TO = (EnrollmentStatus.ENROLLED, EnrollmentStatus.COMPLETED)


@dataclass(frozen=True)
class Given:
    """What somebody may see of a version's materials: those of every module, or of some."""

    is_all: bool = False
    module_ids: frozenset[uuid.UUID] = frozenset()

    def has(self, module_id: uuid.UUID) -> bool:
        return self.is_all or module_id in self.module_ids


@dataclass(frozen=True)
class Listed:
    """A material with the size in bytes and the media type of its file."""

    material: ModuleMaterial
    size: int | None
    media_type: str | None


def given_to(actor: Actor, version_id: uuid.UUID) -> Given:
    """All of them for administrators, trainers of its cohorts and who is enrolled on it; for who has a seat in a
    session, those of the modules that it teaches. At most two statements.
    """
    cohort_ids = actor.cohort_ids(Permission.VIEW_MATERIALS)
    if cohort_ids is None:
        return Given(is_all=True)
    trained = select(Cohort.id).where(Cohort.id.in_(cohort_ids), Cohort.curriculum_version_id == version_id)
    own = _own(actor, select(Enrollment.id)).where(Enrollment.curriculum_version_id == version_id)
    if db.session.scalar(select(exists(trained) | exists(own))):
        return Given(is_all=True)
    seated = (
        _own(actor, select(AgendaSegment.module_id))
        .join(SessionSeat, SessionSeat.enrollment_id == Enrollment.id)
        .join(TrainingSession, TrainingSession.id == SessionSeat.session_id)
        .join(Cohort, Cohort.id == TrainingSession.cohort_id)
        .join(
            AgendaSegment,
            (AgendaSegment.session_id == TrainingSession.id)
            & (AgendaSegment.agenda_version == TrainingSession.agenda_version),
        )
        .where(Cohort.curriculum_version_id == version_id, TrainingSession.cancelled_at.is_(None))
        .where(AgendaSegment.module_id.is_not(None))
    )
    return Given(module_ids=frozenset(filter(None, db.session.scalars(seated))))


def materials_of(version_id: uuid.UUID) -> Mapping[uuid.UUID, Sequence[Listed]]:
    """Every material of a version in order by its module, the retired too. One statement; no file's bytes."""
    rows = db.session.execute(
        select(ModuleMaterial, StoredFile.size, StoredFile.media_type)
        .outerjoin(StoredFile, StoredFile.id == ModuleMaterial.file_id)
        .where(ModuleMaterial.version_id == version_id)
        .order_by(ModuleMaterial.position)
    )
    found: dict[uuid.UUID, list[Listed]] = defaultdict(list)
    for row in rows:
        found[row.ModuleMaterial.module_id].append(Listed(*row))
    return found


def _own(actor: Actor, asked: Select[Any]) -> Select[Any]:
    """Of the actor's own enrollments that are in training or completed."""
    return asked.select_from(Enrollment).where(Enrollment.person_id == actor.person_id, Enrollment.status.in_(GIVEN_TO))
