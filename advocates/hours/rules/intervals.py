"""Half-open stretches of whole minutes, of a module or of the clock (Hours 1 and 2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, order=True, slots=True)
class Slice:
    """The minutes from `from_minute` up to, not including, `to_minute`."""

    from_minute: int
    to_minute: int

    @property
    def minutes(self) -> int:
        return self.to_minute - self.from_minute


def minute_of(instant: datetime) -> int:
    """Whole minutes since 1970 in UTC, so that no clock change can stretch a difference.

    ValueError for a naive datetime or one with seconds.
    """
    if instant.utcoffset() is None:
        raise ValueError(f"{instant} has no time zone")
    minutes, rest = divmod(instant - EPOCH, MINUTE)
    if rest:
        raise ValueError(f"{instant} is not a whole minute")
    return minutes


def instant_of(minute: int) -> datetime:
    """The UTC instant that `minute_of` counted."""
    return EPOCH + minute * MINUTE


def union(slices: Iterable[Slice]) -> tuple[Slice, ...]:
    """The same minutes as sorted slices that neither overlap nor touch; empty ones vanish."""
    merged: list[Slice] = []
    for each in sorted(slices):
        if each.minutes <= 0:
            continue
        if merged and each.from_minute <= merged[-1].to_minute:
            last = merged.pop()
            each = Slice(last.from_minute, max(last.to_minute, each.to_minute))
        merged.append(each)
    return tuple(merged)


def subtract(slices: Iterable[Slice], taken: Iterable[Slice]) -> tuple[Slice, ...]:
    """The minutes of `slices` that are not in `taken`."""
    left = union(slices)
    for cut in union(taken):
        left = tuple(
            piece
            for each in left
            for piece in (
                Slice(each.from_minute, min(each.to_minute, cut.from_minute)),
                Slice(max(each.from_minute, cut.to_minute), each.to_minute),
            )
            if piece.minutes > 0
        )
    return left


def intersect(slices: Iterable[Slice], others: Iterable[Slice]) -> tuple[Slice, ...]:
    """The minutes that are in both."""
    both = tuple(slices)
    return subtract(both, subtract(both, others))


def total_minutes(slices: Iterable[Slice]) -> int:
    """Each minute once, however many slices hold it."""
    return sum(each.minutes for each in union(slices))
