"""The bank of a version, committed."""

from collections.abc import Mapping, Sequence
from typing import Any

from advocates.curriculum.queries import modules_of
from advocates.database import db
from advocates.question_bank.importing import take_questions
from advocates.question_bank.queries import Stored, current_questions
from advocates.question_bank.rules import Choice, Kind, Question
from advocates.question_bank.shipped_bank import shipped_questions

PNG = b"\x89PNG\r\n\x1a\n" + bytes(24)


def make_bank(
    version: Any, by: Any, *, questions: Sequence[Question] | None = None, images: Mapping[str, bytes] | None = None
) -> Sequence[Stored]:
    """The shipped questions on the modules that the version has, or those given; as stored, by key."""
    keys = {module.key for module in modules_of(version.id)}
    taken = shipped_questions() if questions is None else questions
    take_questions(by.id, version.id, [question for question in taken if question.module in keys], images)
    db.session.commit()
    return current_questions(version.id)


def make_question(version: Any, by: Any, question: Question | None = None) -> Stored:
    """One question, of its version's first module where none is given."""
    if question is None:
        question = single(module=modules_of(version.id)[0].key)
    make_bank(version, by, questions=[question])
    return next(stored for stored in current_questions(version.id) if stored.row.key == question.key)


def single(key: str = "who-decides", module: str = "A1", text: str = "Who decides?", **more: Any) -> Question:
    """A single-choice question; the first choice is right."""
    choices = (Choice("The survivor", True), Choice("The advocate", False), Choice("The agency", False))
    return Question(Kind.SINGLE, text, key=key, module=module, choices=choices, **more)
