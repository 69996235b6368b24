"""What changed between two versions of a question, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from .questions import N_, Question


@dataclass(frozen=True)
class Line:
    """Part of a question: what it is, as a sentence for translation, and what it says."""

    label: str
    text: str


@dataclass(frozen=True)
class Change:
    """Lines that stood there and those that stand there now."""

    before: tuple[Line, ...]
    after: tuple[Line, ...]


def differences(old: Question, new: Question) -> tuple[Change, ...]:
    """Nothing where both say the same."""
    before, after = tuple(_lines(old)), tuple(_lines(new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return tuple(Change(before[a:b], after[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal")


def _lines(question: Question) -> Iterator[Line]:
    if question.key:
        yield Line(N_("Module"), question.module)
        yield Line(N_("Objective"), question.objective or "")
        yield Line(N_("Difficulty"), question.difficulty.value)
    yield Line(N_("Kind"), question.kind.value)
    yield Line(N_("Question"), question.text)
    yield Line(N_("Points"), str(question.worth))
    if question.image:
        yield Line(N_("Image"), question.image.alt)
        yield Line(N_("File of the image"), question.image.file[:12])
    for choice in question.choices:
        yield Line(N_("Right choice") if choice.is_right else N_("Wrong choice"), choice.text)
        if choice.feedback:
            yield Line(N_("Said to whoever chooses it"), choice.feedback)
    if question.is_true is not None:
        yield Line(N_("Right answer"), N_("True") if question.is_true else N_("False"))
    yield from (Line(N_("Pair"), f"{pair.left} → {pair.right}") for pair in question.pairs)
    yield from (Line(N_("Fits nothing"), text) for text in question.distractors)
    yield from (Line(N_("In order"), text) for text in question.items)
    yield from (Line(N_("Accepted answer"), text) for text in question.accepted)
    yield from (Line(N_("Line of the rubric"), f"{line.text} ({line.points})") for line in question.rubric)
    if question.most_words:
        yield Line(N_("At most this many words"), str(question.most_words))
    yield Line(N_("Explanation"), question.explanation)
    for inside in question.questions:
        yield from _lines(inside)
