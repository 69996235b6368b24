"""Take questions into the bank of a curriculum version: new ones, new versions of known ones, nothing for the same."""

import hashlib
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select

from advocates import clock
from advocates.audit.recording import record
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db, new_id
from advocates.question_bank.images import known_images, store_images, taken_type
from advocates.question_bank.models import BankQuestion, QuestionVersion
from advocates.question_bank.queries import Stored, current_questions, module_ids
from advocates.question_bank.rules import Question, content_of, content_sha256, images_of, with_images
from advocates.question_bank.rules.exchange import Problem, Reading

N_ = str  # marks a sentence for translation; the view translates it


class NotPublished(Exception):
    """A draft's modules still change, so questions wait until it is published."""


class NotAsShown(Exception):
    """Somebody wrote in the bank since the plan was shown."""


@dataclass(frozen=True)
class Prepared:
    """What of a file can be taken into this bank, with its images by their digest."""

    questions: Sequence[Question]
    problems: Sequence[Problem]
    images: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What taking these questions would do."""

    new: Sequence[Question] = ()
    changed: Sequence[tuple[Stored, Question]] = ()
    same: Sequence[Stored] = ()

    @property
    def digest(self) -> str:
        """Another where it would do something else."""
        parts = [(question.key, 0, content_of(question)) for question in self.new]
        parts += [(stored.row.key, stored.current.number, content_of(question)) for stored, question in self.changed]
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def prepare(version_id: uuid.UUID, reading: Reading, module: str = "") -> Prepared:
    """Questions on no module of this version go to `module`, or are told of; images are named by their digest.

    Two statements.
    """
    modules = module_ids(version_id)
    known = known_images(version_id)
    contents: dict[str, bytes] = {}
    problems: list[Problem] = list(reading.problems)
    questions: list[Question] = []
    for question in reading.questions:
        if question.module not in modules and module in modules:
            question = replace(question, module=module)
        if question.module in modules:
            taken, found, refused = _with_images(question, reading.images, known)
            questions.append(taken)
            contents |= found
            problems += refused
        else:
            message = N_("It is not taken: this version has no module “%(module)s”.")
            problems.append(Problem(question.key, message, {"module": question.module[:60]}))
    return Prepared(questions, problems, contents)


def _with_images(
    question: Question, given: Mapping[str, bytes], known: Collection[str]
) -> tuple[Question, dict[str, bytes], list[Problem]]:
    """Its images by their digest, the bytes of those that the file brought, and what of them is left out."""
    named: dict[str, str | None] = {}
    contents: dict[str, bytes] = {}
    problems: list[Problem] = []
    for image in images_of(question):
        content = given.get(image.file)
        if content is not None and taken_type(content):
            digest = named[image.file] = hashlib.sha256(content).hexdigest()
            contents[digest] = content
        elif content is not None:
            named[image.file] = None
            problems.append(Problem(question.key, N_("Its image is no PNG, JPEG or WebP of at most 2 MB: left out.")))
        elif image.file not in known:
            named[image.file] = None
            problems.append(Problem(question.key, N_("Its image is not in the file and is left out.")))
    return with_images(question, named), contents, problems


def plan_for(version_id: uuid.UUID, questions: Iterable[Question]) -> Plan:
    """Compared by key with the bank as it is now. One statement."""
    known = {stored.row.key: stored for stored in current_questions(version_id)}
    new: list[Question] = []
    changed: list[tuple[Stored, Question]] = []
    same: list[Stored] = []
    for question in questions:
        stored = known.get(question.key)
        if stored is None:
            new.append(question)
        elif stored.current.content_sha256 == content_sha256(content_of(question)):
            same.append(stored)
        else:
            changed.append((stored, question))
    return Plan(new, changed, same)


def take_questions(
    actor_id: uuid.UUID,
    version_id: uuid.UUID,
    questions: Iterable[Question],
    images: Mapping[str, bytes] | None = None,
    shown: str | None = None,
) -> Plan:
    """What was done: the plan as it is when the bank is locked. Retired ones stay retired. Flushes.

    Every question is on a module of the version, as `prepare` leaves them. `shown` is the digest of the plan that
    somebody agreed to. NotAsShown, NotPublished.
    """
    lock_bank(version_id)
    plan = plan_for(version_id, questions)
    if shown is not None and shown != plan.digest:
        raise NotAsShown
    if not plan.new and not plan.changed:
        return plan
    store_images(version_id, [*plan.new, *(question for _, question in plan.changed)], images or {})
    modules = module_ids(version_id)
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
