"""The program's own file of questions: the JSON of each, whole; nothing is left out."""

import json
from collections.abc import Iterable
from typing import Any

from .exchange import MOST_QUESTIONS, Collected, Reading, Unreadable, Written, decode
from .questions import N_, Question, question_to_json


def write(questions: Iterable[Question], title: str = "") -> Written:
    """A file that `read` reads the same."""
    sent = {"title": title, "questions": [question_to_json(question) for question in questions]}
    return Written(json.dumps(sent, indent=2, ensure_ascii=False) + "\n")


def read(content: bytes, module: str = "") -> Reading:
    """What a file holds; `module` for questions that name none. Raises Unreadable."""
    collected = Collected(module)
    for number, sent in enumerate(_questions(content), 1):
        where = sent.get("key") if isinstance(sent, dict) else None
        where = where if isinstance(where, str) and where else f"question {number}"
        if not isinstance(sent, dict):
            collected.note(where, N_("A question is an object."))
            continue
        if sent.get("key") != collected.key(where):
            collected.note(where, N_("It is not taken: it has no key, or one that the file has already."))
            continue
        collected.add(where, {"module": module} | sent)
    return collected.done()


def _questions(content: bytes) -> list[Any]:
    try:
        sent = json.loads(decode(content))
    except (ValueError, RecursionError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(N_("This file is no sound JSON.")) from error
    questions = sent.get("questions") if isinstance(sent, dict) else None
    if not isinstance(questions, list):
        raise Unreadable(N_("This JSON holds no list of questions."))
    if len(questions) > MOST_QUESTIONS:
        raise Unreadable(N_("There are more than %(n)s questions in this file. Split it."), n=MOST_QUESTIONS)
    return questions
