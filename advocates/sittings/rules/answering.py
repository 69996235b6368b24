"""What was sent for a question, as the stored form that is scored: places on the screen become stored positions.

A page names places on the screen only, so that nobody reads the right order in it. The fields of question 3 begin with
`q3-`, those of the second question in its scenario with `q3.1-`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from advocates.question_bank.rules import Kind, Question

from .drawing import Arrangement

Fields = Mapping[str, Sequence[str]]

LONGEST_SHORT_ANSWER = 1_000
LONGEST_ESSAY = 20_000
N_ = str  # marks a sentence for translation; the view translates it


class AnswerError(ValueError):
    """What was sent is no answer to this question. `message` is English, for the view to translate."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message % values)
        self.message, self.values = message, values


def prefix_of(position: int) -> str:
    return f"q{position}"


def fields_of(fields: Fields, prefix: str) -> dict[str, list[str]]:
    """Those of one question, its scenario's questions included."""
    return {name: list(given) for name, given in fields.items() if name.startswith((f"{prefix}-", f"{prefix}."))}


def read_answer(question: Question, arrangement: Arrangement, prefix: str, fields: Fields) -> dict[str, Any] | None:
    """The answer as it is stored; None where nothing was answered. AnswerError for what no page of ours sends."""
    known = set(names_of(question, prefix)) | {f"{prefix}-mark"}
    if unknown := [name for name in fields if name not in known]:
        raise AnswerError(N_("This is no part of the question: %(name)s."), name=unknown[0][:40])
    return _read(question, arrangement, prefix, fields)


def is_marked(prefix: str, fields: Fields) -> bool:
    """Whether the person wants to look at the question again."""
    return bool(fields.get(f"{prefix}-mark"))


def names_of(question: Question, prefix: str) -> list[str]:
    """The names of its fields."""
    match question.kind:
        case Kind.SINGLE:
            return [f"{prefix}-choice"]
        case Kind.MULTIPLE:
            return [f"{prefix}-choices"]
        case Kind.TRUE_FALSE:
            return [f"{prefix}-is_true"]
        case Kind.MATCHING:
            return [f"{prefix}-pair-{n}" for n in range(len(question.pairs))]
        case Kind.ORDERING:
            return [f"{prefix}-place-{n}" for n in range(len(question.items))]
        case Kind.SCENARIO:
            inside = enumerate(question.questions)
            return [name for n, each in inside for name in names_of(each, f"{prefix}.{n}")]
    return [f"{prefix}-text"]


def _read(question: Question, arrangement: Arrangement, prefix: str, fields: Fields) -> dict[str, Any] | None:
    match question.kind:
        case Kind.SINGLE:
            place = _place(_one(fields, f"{prefix}-choice"), len(question.choices))
            return None if place is None else {"choice": arrangement["choices"][place]}
        case Kind.MULTIPLE:
            ticked = [_place(each, len(question.choices)) for each in fields.get(f"{prefix}-choices", ())]
            stored = sorted({arrangement["choices"][place] for place in ticked if place is not None})
            return {"choices": stored} if stored else None
        case Kind.TRUE_FALSE:
            said = _one(fields, f"{prefix}-is_true")
            if said not in {"", "yes", "no"}:
                raise AnswerError(N_("Answer true or false."))
            return {"is_true": said == "yes"} if said else None
        case Kind.MATCHING:
            return _pairs(question, arrangement["rights"], prefix, fields)
        case Kind.ORDERING:
            return _order(arrangement["items"], prefix, fields)
        case Kind.SCENARIO:
            inside = enumerate(zip(question.questions, arrangement["questions"], strict=True))
            answers = [_read(each, own, f"{prefix}.{n}", fields) for n, (each, own) in inside]
            return {"answers": answers} if any(answer is not None for answer in answers) else None
    return _text(question, _one(fields, f"{prefix}-text"))


def _pairs(question: Question, rights: Sequence[int], prefix: str, fields: Fields) -> dict[str, Any] | None:
    given = [_place(_one(fields, f"{prefix}-pair-{n}"), len(rights)) for n in range(len(question.pairs))]
    stored = [None if place is None else rights[place] for place in given]
    return {"pairs": stored} if any(at is not None for at in stored) else None


def _order(items: Sequence[int], prefix: str, fields: Fields) -> dict[str, Any] | None:
    """`places` is what was chosen for each stored item; `order` stands beside it once each has a place of its own."""
    places: list[int | None] = [None] * len(items)
    for on_screen, stored in enumerate(items):
        places[stored] = _place(_one(fields, f"{prefix}-place-{on_screen}"), len(items))
    if all(place is None for place in places):
        return None
    order = [places.index(place) for place in range(len(items)) if place in places]
    return {"places": places} | ({"order": order} if len(order) == len(items) else {})


def _text(question: Question, text: str) -> dict[str, Any] | None:
    longest = LONGEST_ESSAY if question.kind is Kind.ESSAY else LONGEST_SHORT_ANSWER
    if len(text) > longest:
        raise AnswerError(N_("This is too long. Use at most %(n)s characters."), n=longest)
    if "\x00" in text or any(0xD800 <= ord(character) <= 0xDFFF for character in text):
        raise AnswerError(N_("This holds a character that cannot be stored. Type it again without pasting."))
    return {"text": text.replace("\r\n", "\n")} if text.strip() else None


def _one(fields: Fields, name: str) -> str:
    given = fields.get(name, ())
    if len(given) > 1:
        raise AnswerError(N_("This has one answer only."))
    return given[0] if given else ""


def _place(text: str, many: int) -> int | None:
    """A place on the screen, from 0; None where nothing was chosen."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) < many):
        raise AnswerError(N_("This question has no such choice."))
    return int(text)
