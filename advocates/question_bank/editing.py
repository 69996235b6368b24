"""Write a question by hand, change one by adding a version, retire one and bring it back."""

import uuid
from collections.abc import Mapping

from sqlalchemy import select

from advocates import clock
from advocates.audit.recording import record
from advocates.database import db, new_id
from advocates.question_bank.images import store_images
from advocates.question_bank.importing import lock_bank, new_version
from advocates.question_bank.models import BankQuestion
from advocates.question_bank.queries import Stored, find_question, module_ids
from advocates.question_bank.rules import Question, content_of, content_sha256


class KeyKnown(Exception):
    """The bank has a question with this key, maybe a retired one."""


class NewerVersion(Exception):
    """Somebody else wrote a version since the form was filled: `stored` is what stands now."""

    def __init__(self, stored: Stored) -> None:
        super().__init__(f"version {stored.current.number}")
        self.stored = stored


def write_question(
    actor_id: uuid.UUID, version_id: uuid.UUID, question: Question, images: Mapping[str, bytes]
) -> uuid.UUID:
    """A new question; its id. Flushes. KeyKnown, NotPublished."""
    lock_bank(version_id)
    if db.session.scalar(select(BankQuestion.id).filter_by(version_id=version_id, key=question.key)):
        raise KeyKnown
    row = BankQuestion(
        id=new_id(),
        version_id=version_id,
        key=question.key,
        module_id=module_ids(version_id)[question.module],
        created_by=actor_id,
        created_at=clock.now(),
    )
    db.session.add(row)
    _add_version(actor_id, row, 1, question, images)
    return row.id


def edit_question(
    actor_id: uuid.UUID, question_id: uuid.UUID, question: Question, images: Mapping[str, bytes], seen_number: int
) -> bool:
    """A new version, or False where the question says the same already. Flushes. NewerVersion."""
    row = db.session.get_one(BankQuestion, question_id)
    lock_bank(row.version_id)
    stored = _now(question_id)
    if content_sha256(content_of(question)) == stored.current.content_sha256:
        return False
    if stored.current.number != seen_number:
        raise NewerVersion(stored)
    row.module_id = module_ids(row.version_id)[question.module]
    _add_version(actor_id, row, stored.current.number + 1, question, images)
    return True


def retire_question(actor_id: uuid.UUID, question_id: uuid.UUID) -> None:
    """Drawn no more; it stays where it was used. Nothing where it is retired already. Flushes."""
    row = _locked(question_id)
    if row.retired_at is None:
        row.retired_at, row.retired_by = clock.now(), actor_id
        record(actor_id, "retire_question", version_id=row.version_id, question_id=row.id)


def bring_question_back(actor_id: uuid.UUID, question_id: uuid.UUID) -> None:
    """Drawn again. Nothing where it is not retired. Flushes."""
    row = _locked(question_id)
    if row.retired_at is not None:
        row.retired_at = row.retired_by = None
        record(actor_id, "bring_question_back", version_id=row.version_id, question_id=row.id)


def _add_version(
    actor_id: uuid.UUID, row: BankQuestion, number: int, question: Question, images: Mapping[str, bytes]
) -> None:
    store_images(row.version_id, [question], images)
    version = new_version(actor_id, row, number, question)
    record(actor_id, "write_question", rows=[version], version_id=row.version_id, question_id=row.id, number=number)


def _locked(question_id: uuid.UUID) -> BankQuestion:
    lock_bank(db.session.get_one(BankQuestion, question_id).version_id)
    fresh = select(BankQuestion).where(BankQuestion.id == question_id)
    return db.session.scalars(fresh, execution_options={"populate_existing": True}).one()


def _now(question_id: uuid.UUID) -> Stored:
    stored = find_question(question_id)
    assert stored is not None  # noqa: S101
    return stored
