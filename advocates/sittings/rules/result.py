"""What a sitting came to: its points as a whole number, by module, and what to review after a failed post-test."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor


@dataclass(frozen=True)
class Earned:
    """The points of one question; None while somebody still has to grade it."""

    module: str
    points: Fraction | None
    of: int


@dataclass(frozen=True)
class ModuleResult:
    module: str
    points: Fraction
    of: int

    @property
    def percent(self) -> int:
        """Rounded down."""
        return floor(self.points * 100 / self.of)


@dataclass(frozen=True)
class Result:
    """`score` of `of`, rounded down to whole points; None while something waits for grading."""

    score: int | None
    of: int
    by_module: tuple[ModuleResult, ...]

    def to_review(self, mark_percent: int) -> list[ModuleResult]:
        """The modules below the pass mark, the weakest first; where none is, those that lost points."""
        weakest = sorted(self.by_module, key=lambda each: each.points / each.of)
        below = [each for each in weakest if each.points * 100 < mark_percent * each.of]
        return below or [each for each in weakest if each.points < each.of]


def result_of(earned: Iterable[Earned]) -> Result:
    """Modules in the order in which they first come. Rounding is done once, for the whole."""
    rows: Sequence[Earned] = tuple(earned)
    waits = any(row.points is None for row in rows)
    total = sum((row.points or Fraction(0) for row in rows), Fraction(0))
    modules = tuple(_module(name, rows) for name in dict.fromkeys(row.module for row in rows))
    return Result(None if waits else floor(total), sum(row.of for row in rows), modules)


def _module(name: str, rows: Iterable[Earned]) -> ModuleResult:
    own = [row for row in rows if row.module == name]
    points = sum((row.points or Fraction(0) for row in own), Fraction(0))
    return ModuleResult(name, points, sum(row.of for row in own))
