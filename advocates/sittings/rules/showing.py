"""A question as its page shows it, with what was answered: places on the screen, never the stored order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from advocates.question_bank.rules import Image, Kind, Question

from .answering import LONGEST_ESSAY, LONGEST_SHORT_ANSWER
from .drawing import Arrangement


@dataclass(frozen=True)
class Option:
    """One thing to choose: its place on the screen, its words, and whether it is chosen."""

    place: int
    text: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Row:
    """One line of a matching or an ordering question, and the place chosen for it."""

    name: str
    text: str
    chosen: int | None


@dataclass(frozen=True)
class Shown:
    """`options` are choices or right sides, `rows` left sides or items; `text` is asked, `typed` the answer."""

    prefix: str
    kind: Kind
    text: str
    image: Image | None
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    is_true: bool | None = None
    typed: str = ""
    most_characters: int = LONGEST_SHORT_ANSWER
    most_words: int | None = None
    inside: tuple["Shown", ...] = ()


def show(question: Question, arrangement: Arrangement, prefix: str, answer: Any) -> Shown:
    """The question with its answer as stored."""
    given = answer if isinstance(answer, Mapping) else {}
    parts = _parts(question, arrangement, prefix, given)
    return Shown(prefix=prefix, kind=question.kind, text=question.text, image=question.image, **parts)


def values_of(shown: Shown) -> dict[str, list[str]]:
    """What the fields of its page hold, by their names."""
    match shown.kind:
        case Kind.SINGLE:
            return {f"{shown.prefix}-choice": _chosen(shown.options)}
        case Kind.MULTIPLE:
            return {f"{shown.prefix}-choices": _chosen(shown.options)}
        case Kind.TRUE_FALSE:
            said = [] if shown.is_true is None else ["yes" if shown.is_true else "no"]
            return {f"{shown.prefix}-is_true": said}
        case Kind.MATCHING | Kind.ORDERING:
            return {row.name: [] if row.chosen is None else [str(row.chosen)] for row in shown.rows}
        case Kind.SCENARIO:
            return {name: value for each in shown.inside for name, value in values_of(each).items()}
    return {f"{shown.prefix}-text": [shown.typed] if shown.typed else []}


def _parts(question: Question, arrangement: Arrangement, prefix: str, given: Mapping[str, Any]) -> dict[str, Any]:
    match question.kind:
        case Kind.SINGLE | Kind.MULTIPLE:
            chosen = given.get("choices", [given["choice"]] if "choice" in given else [])
            order = enumerate(arrangement["choices"])
            return {"options": tuple(Option(n, question.choices[at].text, at in chosen) for n, at in order)}
        case Kind.TRUE_FALSE:
            return {"is_true": given.get("is_true")}
        case Kind.MATCHING:
            return _matching(question, arrangement["rights"], prefix, given.get("pairs", []))
        case Kind.ORDERING:
            return _ordering(question, arrangement["items"], prefix, given.get("places", []))
        case Kind.SCENARIO:
            answers = [*given.get("answers", []), *[None] * len(question.questions)]
            each = zip(question.questions, arrangement["questions"], answers, strict=False)
            return {"inside": tuple(show(q, own, f"{prefix}.{n}", a) for n, (q, own, a) in enumerate(each))}
    most = LONGEST_ESSAY if question.kind is Kind.ESSAY else LONGEST_SHORT_ANSWER
    return {"typed": given.get("text", ""), "most_characters": most, "most_words": question.most_words}


def _matching(question: Question, rights: Sequence[int], prefix: str, chosen: Sequence[int | None]) -> dict[str, Any]:
    texts = [*(pair.right for pair in question.pairs), *question.distractors]
    padded = [*chosen, *[None] * len(question.pairs)]
    rows = []
    for n, pair in enumerate(question.pairs):
        at = padded[n]
        rows.append(Row(f"{prefix}-pair-{n}", pair.left, None if at is None else rights.index(at)))
    return {"options": tuple(Option(n, texts[at]) for n, at in enumerate(rights)), "rows": tuple(rows)}


def _ordering(question: Question, items: Sequence[int], prefix: str, places: Sequence[int | None]) -> dict[str, Any]:
    padded = [*places, *[None] * len(items)]
    rows = tuple(Row(f"{prefix}-place-{n}", question.items[at], padded[at]) for n, at in enumerate(items))
    return {"options": tuple(Option(n, str(n + 1)) for n in range(len(items))), "rows": rows}


def _chosen(options: Sequence[Option]) -> list[str]:
    return [str(option.place) for option in options if option.is_chosen]
