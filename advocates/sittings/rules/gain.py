"""Knowledge gain: the post-test against the pre-test of the same people, and of nobody else.

The first post-test counts, not the one that passed: who tried again would look as if they had learned more.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

LEAST = 5  # matched pairs below which no figure is shown: it would tell of single people
SMALL = 30


@dataclass(frozen=True)
class Gain:
    """`pairs` people have both; means are shares of the points, None below `LEAST` pairs.

    `only_before` and `only_after` took one of the two tests and are in no figure.
    """

    pairs: int
    only_before: int
    only_after: int
    before: Fraction | None = None
    after: Fraction | None = None
    rose: int | None = None
    stayed: int | None = None
    fell: int | None = None

    @property
    def points(self) -> Fraction | None:
        """The difference of the means, as a share."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def is_small(self) -> bool:
        return self.pairs < SMALL


def knowledge_gain(before: Mapping[uuid.UUID, Fraction], after: Mapping[uuid.UUID, Fraction]) -> Gain:
    """`before` and `after` are shares of the points, by person: of the pre-test and of their first post-test."""
    pairs = [(before[person], after[person]) for person in before.keys() & after.keys()]
    counts = (len(pairs), len(before) - len(pairs), len(after) - len(pairs))
    if len(pairs) < LEAST:
        return Gain(*counts)
    n = len(pairs)
    return Gain(
        *counts,
        before=sum((pre for pre, _ in pairs), Fraction(0)) / n,
        after=sum((post for _, post in pairs), Fraction(0)) / n,
        rose=sum(post > pre for pre, post in pairs),
        stayed=sum(post == pre for pre, post in pairs),
        fell=sum(post < pre for pre, post in pairs),
    )
