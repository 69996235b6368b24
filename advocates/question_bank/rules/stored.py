"""A question as the text that a version of it is stored as: the same question always gives the same text."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace

from .questions import Image, Question, question_from_json, question_to_json


def content_of(question: Question) -> str:
    """Its JSON on one line; `question_of` reads the same question."""
    return json.dumps(question_to_json(question), ensure_ascii=False, separators=(",", ":"))


def question_of(content: str) -> Question:
    """QuestionError where the text is no question."""
    return question_from_json(json.loads(content))


def content_sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def images_of(question: Question) -> Iterator[Image]:
    """Every image that it shows, those of the questions inside it too."""
    if question.image is not None:
        yield question.image
    for inside in question.questions:
        yield from images_of(inside)


def with_images(question: Question, named: dict[str, str | None]) -> Question:
    """Its images by other names, those without a new name left out."""
    image = question.image
    if image is not None and image.file in named:
        file = named[image.file]
        image = Image(file, image.alt) if file else None
    return replace(question, image=image, questions=tuple(with_images(each, named) for each in question.questions))
