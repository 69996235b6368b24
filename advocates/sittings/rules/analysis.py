"""Item analysis: how hard a question was, whether it tells who knows the matter, and what its wrong choices drew.

Difficulty is the mean share of a question's points that people earned (the "p" of classical test theory).
Discrimination is the corrected item-total correlation: of a question's share with the rest of the test, so that a
question does not confirm itself. Every figure comes with its n, since with few people it says little.
"""

import enum
import math
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

SMALL = 30  # below this a figure is a hint, and says so
LEAST = 5  # below this nothing is said at all
TOO_HARD = Fraction(3, 10)
TOO_EASY = Fraction(95, 100)
WEAK = 0.15

Question = uuid.UUID


class Remark(enum.StrEnum):
    """What deserves a look at the question."""

    TOO_HARD = "too_hard"
    TOO_EASY = "too_easy"
    WEAK = "weak"
    NEGATIVE = "negative"


@dataclass(frozen=True)
class Given:
    """One person's answer to one question: its share of the points, from 0 to 1, and the choices that were ticked.

    `choices` are stored positions; empty for kinds that have none.
    """

    share: Fraction
    choices: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Drawn:
    """How often a choice was ticked, and by how many of the stronger and the weaker half of the people."""

    position: int
    is_right: bool
    ticked: int
    by_stronger: int
    by_weaker: int

    @property
    def misleads(self) -> bool:
        """A wrong choice that drew the stronger more than the weaker: it may be right, or badly worded."""
        return not self.is_right and self.by_stronger > self.by_weaker

    @property
    def drew_nobody(self) -> bool:
        return not self.is_right and self.ticked == 0


@dataclass(frozen=True)
class Item:
    """`n` people were asked. `difficulty` and `discrimination` are None where too few were, or all did the same."""

    n: int
    difficulty: Fraction | None
    discrimination: float | None
    choices: tuple[Drawn, ...] = ()

    @property
    def is_small(self) -> bool:
        return self.n < SMALL

    @property
    def remarks(self) -> tuple[Remark, ...]:
        found = []
        if self.difficulty is not None and self.difficulty < TOO_HARD:
            found.append(Remark.TOO_HARD)
        if self.difficulty is not None and self.difficulty > TOO_EASY:
            found.append(Remark.TOO_EASY)
        if self.discrimination is not None and self.discrimination < 0:
            found.append(Remark.NEGATIVE)
        elif self.discrimination is not None and self.discrimination < WEAK:
            found.append(Remark.WEAK)
        return tuple(found)


def analyze(
    sittings: Collection[Mapping[Question, Given]], right: Mapping[Question, Sequence[bool]]
) -> dict[Question, Item]:
    """Each question that was asked. `sittings`: one for each person, the first that they finished, by question.

    `right` says of each choice, in stored order, whether it is right; empty for kinds without choices. People may have
    been asked different questions: the rest of the test is then the share of what each was asked.
    """
    asked: dict[Question, list[tuple[Given, Fraction]]] = {}
    for sitting in sittings:
        total = sum((given.share for given in sitting.values()), Fraction(0))
        for question, given in sitting.items():
            others = len(sitting) - 1
            rest = (total - given.share) / others if others else Fraction(0)
            asked.setdefault(question, []).append((given, rest))
    return {question: _item(answers, right.get(question, ())) for question, answers in asked.items()}


def _item(answers: Sequence[tuple[Given, Fraction]], right: Sequence[bool]) -> Item:
    n = len(answers)
    if n < LEAST:
        return Item(n, None, None)
    shares = [given.share for given, _ in answers]
    correlation = _correlation(shares, [rest for _, rest in answers])
    return Item(n, sum(shares, Fraction(0)) / n, correlation, _choices(answers, right))


def _choices(answers: Sequence[tuple[Given, Fraction]], right: Sequence[bool]) -> tuple[Drawn, ...]:
    """The halves have the same size; with an odd number of people the one in the middle is in neither."""
    ranked = sorted(answers, key=lambda answer: answer[1])
    half = len(ranked) // 2
    weaker, stronger = ranked[:half], ranked[len(ranked) - half :]

    def ticked(position: int, among: Sequence[tuple[Given, Fraction]]) -> int:
        return sum(position in given.choices for given, _ in among)

    return tuple(
        Drawn(n, is_right, ticked(n, answers), ticked(n, stronger), ticked(n, weaker))
        for n, is_right in enumerate(right)
    )


def _correlation(left: Sequence[Fraction], right: Sequence[Fraction]) -> float | None:
    """Pearson's r from exact sums; None where one side never varies."""
    n = len(left)
    mean_left, mean_right = sum(left, Fraction(0)) / n, sum(right, Fraction(0)) / n
    both = sum(((a - mean_left) * (b - mean_right) for a, b in zip(left, right, strict=True)), Fraction(0))
    spread = sum(((a - mean_left) ** 2 for a in left), Fraction(0)) * sum(
        ((b - mean_right) ** 2 for b in right), Fraction(0)
    )
    return float(both) / math.sqrt(spread) if spread else None
