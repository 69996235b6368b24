"""Take questions into the bank of a curriculum version: new ones, new versions of known ones, nothing for the same."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from advocates import clock
from advocates.audit.recording import record
from advocates.curriculum.models import CurriculumVersion
from advocates.curriculum.queries import modules_of
from advocates.database import db, new_id
from advocates.question_bank.models import BankQuestion, QuestionVersion
from advocates.question_bank.queries import Stored, current_questions
from advocates.question_bank.rules import Question, content_of, content_sha256


class NotPublished(Exception):
    """A draft's modules still change, so questions wait until it is published."""


@dataclass(frozen=True)
class Plan:
    """What taking these questions would do; `unplaced`: their module is none of this version's."""

    new: Sequence[Question] = ()
    changed: Sequence[tuple[Stored, Question]] = ()
    same: Sequence[Stored] = ()
    unplaced: Sequence[Question] = ()


def plan_for(version_id: uuid.UUID, questions: Iterable[Question]) -> Plan:
    """Compared by key with the bank as it is now. Two statements."""
    modules = {module.key for module in modules_of(version_id)}
    known = {stored.row.key: stored for stored in current_questions(version_id)}
    placed: list[Question] = []
    unplaced: list[Question] = []
    for question in questions:
        (placed if question.module in modules else unplaced).append(question)
    new = [question for question in placed if question.key not in known]
    pairs = [(known[question.key], question) for question in placed if question.key in known]
    is_same = [content_sha256(content_of(q)) == stored.current.content_sha256 for stored, q in pairs]
    return Plan(
        new,
        [pair for pair, same in zip(pairs, is_same, strict=True) if not same],
        [stored for (stored, _), same in zip(pairs, is_same, strict=True) if same],
        unplaced,
    )


def take_questions(actor_id: uuid.UUID, version_id: uuid.UUID, questions: Iterable[Question]) -> Plan:
    """What was done: the plan as it is when the bank is locked. Retired ones stay retired. Flushes. NotPublished."""
    lock_bank(version_id)
    plan = plan_for(version_id, questions)
    if not plan.new and not plan.changed:
        return plan
    modules = {module.key: module.module_id for module in modules_of(version_id)}
    rows = []
    for question in plan.new:
        row = BankQuestion(
            id=new_id(), version_id=version_id, key=question.key, module_id=modules[question.module],
            created_by=actor_id, created_at=clock.now(),
        )  # fmt: skip
        db.session.add(row)
        rows.append(new_version(actor_id, row, 1, question))
    for stored, question in plan.changed:
        stored.row.module_id = modules[question.module]
        rows.append(new_version(actor_id, stored.row, stored.current.number + 1, question))
    new, changed = len(plan.new), len(plan.changed)
    record(actor_id, "import_questions", rows=rows, version_id=version_id, new=new, changed=changed)
    return plan


def lock_bank(version_id: uuid.UUID) -> None:
    """Whoever writes questions of a version waits for the other. NotPublished."""
    locked = select(CurriculumVersion).where(CurriculumVersion.id == version_id).with_for_update()
    version = db.session.scalars(locked, execution_options={"populate_existing": True}).one()
    if version.published_at is None:
        raise NotPublished


def new_version(actor_id: uuid.UUID, row: BankQuestion, number: int, question: Question) -> QuestionVersion:
    """The row that holds this version; the activity's audit event stores it."""
    content = content_of(question)
    return QuestionVersion(
        id=new_id(), question_id=row.id, number=number, content=content, content_sha256=content_sha256(content),
        kind=question.kind, difficulty=question.difficulty, written_by=actor_id, written_at=clock.now(),
    )  # fmt: skip
