"""Questions and what answers to them are worth: pure, plain values in and out."""

from . import own_format
from .questions import (
    Choice,
    Criterion,
    Difficulty,
    Image,
    Kind,
    Pair,
    Question,
    QuestionError,
    question_from_json,
    question_to_json,
)
from .scoring import Score, plain, score
from .stored import content_of, content_sha256, images_of, question_of, with_images

__all__ = [
    "Choice",
    "Criterion",
    "Difficulty",
    "Image",
    "Kind",
    "Pair",
    "Question",
    "QuestionError",
    "Score",
    "content_of",
    "content_sha256",
    "images_of",
    "own_format",
    "plain",
    "question_from_json",
    "question_of",
    "question_to_json",
    "score",
    "with_images",
]
