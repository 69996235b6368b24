"""Questions and what answers to them are worth: pure, plain values in and out."""

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
    "plain",
    "question_from_json",
    "question_to_json",
    "score",
]
