"""Reads of the bank. Each function sends as many statements as it says, however many questions there are."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select

from advocates.access import Actor, Permission
from advocates.cohorts.models import Cohort, Enrollment
from advocates.cohorts.rules import EnrollmentStatus
from advocates.curriculum.models import VersionModule
from advocates.database import db
from advocates.people.models import PersonProfile
from advocates.question_bank.models import BankQuestion, QuestionVersion
from advocates.question_bank.rules import Question, question_of


@dataclass(frozen=True)
class Stored:
    """A question of the bank with its current version."""

    row: BankQuestion
    current: QuestionVersion

    @property
    def question(self) -> Question:
        """What it says now."""
        return question_of(self.current.content)


def current_questions(version_id: uuid.UUID) -> Sequence[Stored]:
    """Every question of a curriculum version as it is now, the retired too, by key. One statement."""
    asked = _current().where(BankQuestion.version_id == version_id).order_by(BankQuestion.key)
    return [Stored(*row) for row in db.session.execute(asked)]


def find_question(question_id: uuid.UUID) -> Stored | None:
    """One question as it is now. One statement."""
    row = db.session.execute(_current().where(BankQuestion.id == question_id)).one_or_none()
    return None if row is None else Stored(*row)


def versions_of(question_id: uuid.UUID) -> Sequence[QuestionVersion]:
    """Everything that a question said, the newest first. One statement."""
    asked = select(QuestionVersion).where(QuestionVersion.question_id == question_id)
    return db.session.scalars(asked.order_by(QuestionVersion.number.desc())).all()


def module_ids(version_id: uuid.UUID) -> Mapping[str, uuid.UUID]:
    """The modules of a curriculum version by their keys. One statement."""
    asked = select(VersionModule.key, VersionModule.module_id).where(VersionModule.version_id == version_id)
    return {key: module_id for key, module_id in db.session.execute(asked)}  # noqa: C416


def writers_of(versions: Sequence[QuestionVersion]) -> Mapping[uuid.UUID, str]:
    """Who wrote them, by name; without those whose name is erased. One statement."""
    asked = select(PersonProfile.person_id, PersonProfile.chosen_name)
    found = db.session.execute(asked.where(PersonProfile.person_id.in_({each.written_by for each in versions})))
    return {person_id: name for person_id, name in found}  # noqa: C416


def may_write(actor: Actor, version_id: uuid.UUID) -> bool:
    """Administrators, and trainers of a cohort on this curriculum version. At most one statement."""
    cohort_ids = actor.cohort_ids(Permission.WRITE_QUESTIONS)
    if cohort_ids is None:
        return True
    taught = select(Cohort.id).where(Cohort.id.in_(cohort_ids), Cohort.curriculum_version_id == version_id)
    return bool(cohort_ids) and bool(db.session.scalar(select(exists(taught))))


def is_asked(actor: Actor, version_id: uuid.UUID) -> bool:
    """Whether they are in training on this version, whatever else they are: its tests ask them. One statement."""
    own = select(Enrollment.id).where(
        Enrollment.person_id == actor.person_id,
        Enrollment.curriculum_version_id == version_id,
        Enrollment.status == EnrollmentStatus.ENROLLED,
    )
    return bool(db.session.scalar(select(exists(own))))


def _current() -> Select[BankQuestion, QuestionVersion]:
    newest = (
        select(func.max(QuestionVersion.number))
        .where(QuestionVersion.question_id == BankQuestion.id)
        .correlate(BankQuestion)
        .scalar_subquery()
    )
    return select(BankQuestion, QuestionVersion).join(
        QuestionVersion, (QuestionVersion.question_id == BankQuestion.id) & (QuestionVersion.number == newest)
    )
