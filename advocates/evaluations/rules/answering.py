"""Who may still answer, and what of a form is an answer. Every question may be left out."""

import enum
from collections.abc import Mapping, Sequence
from datetime import datetime

from advocates.evaluations.rules.forms import LONGEST_ANSWER, Question, QuestionKind


class Standing(enum.StrEnum):
    """OPEN can be answered. DONE was answered or declined: which of both is not stored. OVER is closed."""

    OPEN = "open"
    DONE = "done"
    OVER = "over"


class AnswerProblem(enum.StrEnum):
    NOTHING = "nothing"
    NO_SUCH_ANSWER = "no_such_answer"
    TOO_LONG = "too_long"
    NO_SUCH_TEXT = "no_such_text"


def standing(closes_at: datetime, closed_at: datetime | None, now: datetime, *, is_done: bool) -> Standing:
    """Over counts first: a survey that closed says nothing about who answered."""
    if closed_at is not None or closes_at <= now:
        return Standing.OVER
    return Standing.DONE if is_done else Standing.OPEN


def read_answers(
    questions: Sequence[Question], typed: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, AnswerProblem]]:
    """The answers by question key without those left out, and what is wrong by key ("" for the form as a whole)."""
    answers: dict[str, str] = {}
    problems: dict[str, AnswerProblem] = {}
    for question in questions:
        value = typed.get(question.key, "").replace("\r\n", "\n").strip()
        if not value:
            continue
        if problem := _problem(question, value):
            problems[question.key] = problem
        else:
            answers[question.key] = value
    if not answers and not problems:
        problems[""] = AnswerProblem.NOTHING
    return answers, problems


def _problem(question: Question, value: str) -> AnswerProblem | None:
    if question.kind is not QuestionKind.TEXT:
        return None if value in question.values else AnswerProblem.NO_SUCH_ANSWER
    if len(value) > LONGEST_ANSWER:
        return AnswerProblem.TOO_LONG
    if "\x00" in value or any(0xD800 <= ord(character) <= 0xDFFF for character in value):
        return AnswerProblem.NO_SUCH_TEXT
    return None
