"""The program's own file of questions: the JSON of each, whole, and its images; nothing is left out."""

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from typing import Any

from .exchange import MOST_QUESTIONS, Collected, Reading, Unreadable, Written, decode
from .questions import N_, Question, question_to_json
from .stored import images_of


def write(questions: Iterable[Question], images: Mapping[str, bytes] | None = None, title: str = "") -> Written:
    """A file that `read` reads the same; `images` are the bytes by the name that a question's image has."""
    listed = list(questions)
    used = sorted({image.file for question in listed for image in images_of(question)} & set(images or {}))
    sent: dict[str, Any] = {"title": title, "questions": [question_to_json(question) for question in listed]}
    if images and used:
        sent["images"] = {name: base64.b64encode(images[name]).decode() for name in used}
    return Written(json.dumps(sent, indent=2, ensure_ascii=False) + "\n")


def read(content: bytes, module: str = "") -> Reading:
    """What a file holds; `module` for questions that name none. Raises Unreadable."""
    collected = Collected(module)
    sent_whole = _whole(content)
    for number, sent in enumerate(sent_whole["questions"], 1):
        key = sent.get("key") if isinstance(sent, dict) else None
        where = key if isinstance(key, str) and key else f"question {number}"
        if not isinstance(sent, dict):
            collected.note(where, N_("A question is an object."))
        elif collected.key(where) != key:
            collected.note(where, N_("It is not taken: it has no sound key, or one that the file has already."))
        else:
            collected.add(where, {"module": module} | sent)
    images = sent_whole.get("images")
    for name, text in images.items() if isinstance(images, dict) else ():
        try:
            collected.images[name] = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError, TypeError):
            collected.note(name[:20], N_("This image cannot be read and is left out."))
    return collected.done()


def _whole(content: bytes) -> dict[str, Any]:
    text = decode(content)
    try:
        sent = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(N_("This file is no sound JSON.")) from error
    if not isinstance(sent, dict) or not isinstance(sent.get("questions"), list):
        raise Unreadable(N_("This JSON holds no list of questions."))
    if len(sent["questions"]) > MOST_QUESTIONS:
        raise Unreadable(N_("There are more than %(n)s questions in this file. Split it."), n=MOST_QUESTIONS)
    return sent
