"""What an answer is worth: exact where a question has one right answer, a share of it where it has parts.

Answers name positions in the stored order, never on the shuffled screen. An answer that is missing or no answer to
this question is worth nothing.
"""

import itertools
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .questions import Kind, Question


@dataclass(frozen=True)
class Score:
    """`points` of `of`; `needs_person`: somebody still has to read what was written."""

    points: Fraction
    of: int
    needs_person: bool = False


def score(question: Question, answer: Any) -> Score:
    """Multiple: right ticks minus wrong ones. Matching: right pairs. Ordering: neighbors that follow each other."""
    given = answer if isinstance(answer, Mapping) else {}
    if question.kind is Kind.SCENARIO:
        return _scenario(question, given)
    needs_person = question.kind is Kind.ESSAY and _is_written(given.get("text"))
    return Score(_share(question, given) * question.points, question.worth, needs_person)


def plain(text: str) -> str:
    """A short answer as it is compared: case, spacing and forms of the same character do not matter."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def _scenario(question: Question, given: Mapping[str, Any]) -> Score:
    answers = _list(given.get("answers"))
    padded = [*answers, *[None] * len(question.questions)]
    scores = [score(inside, answered) for inside, answered in zip(question.questions, padded, strict=False)]
    points = sum((each.points for each in scores), Fraction(0))
    return Score(points, question.worth, any(each.needs_person for each in scores))


def _share(question: Question, given: Mapping[str, Any]) -> Fraction:
    match question.kind:
        case Kind.SINGLE:
            at = given.get("choice")
            is_known = _is_position(at, len(question.choices))
            return Fraction(is_known and question.choices[int(str(at))].is_right)
        case Kind.MULTIPLE:
            return _ticks(question, given)
        case Kind.TRUE_FALSE:
            return Fraction(isinstance(given.get("is_true"), bool) and given["is_true"] is question.is_true)
        case Kind.MATCHING:
            chosen = _list(given.get("pairs"))[: len(question.pairs)]
            right = sum(type(at) is int and at == n for n, at in enumerate(chosen))
            return Fraction(right, len(question.pairs))
        case Kind.ORDERING:
            return _neighbors(_list(given.get("order")), len(question.items))
        case Kind.SHORT_ANSWER:
            text = given.get("text")
            is_right = isinstance(text, str) and plain(text) in {plain(each) for each in question.accepted}
            return Fraction(is_right)
    return Fraction(0)


def _ticks(question: Question, given: Mapping[str, Any]) -> Fraction:
    """A wrong tick takes a right one away, so that ticking everything earns little; never below nothing."""
    ticked = {at for at in _list(given.get("choices")) if _is_position(at, len(question.choices))}
    right = {n for n, choice in enumerate(question.choices) if choice.is_right}
    return Fraction(max(0, len(ticked & right) - len(ticked - right)), len(right))


def _neighbors(order: Sequence[Any], many: int) -> Fraction:
    """The share of neighbors that are neighbors in the right order, too; all of them only for the right order."""
    if not all(_is_position(at, many) for at in order) or sorted(order) != list(range(many)):
        return Fraction(0)
    kept = sum(after == before + 1 for before, after in itertools.pairwise(order))
    return Fraction(kept, many - 1)


def _is_written(text: Any) -> bool:
    return isinstance(text, str) and bool(text.strip())


def _is_position(value: Any, many: int) -> bool:
    return type(value) is int and 0 <= value < many


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
