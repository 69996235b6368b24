"""Two sessions of one cohort never share a moment."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from advocates.schedule.queries import SessionRow
from advocates.schedule.rules import overlapping


class SessionsOverlap(Exception):
    """A new span shares a moment with `other`, or with another new one where that is None."""

    def __init__(self, start: datetime, end: datetime, other: SessionRow | None) -> None:
        super().__init__(start, end, other)
        self.start, self.end, self.other = start, end, other


def refuse_overlaps(existing: Sequence[SessionRow], new: Iterable[tuple[datetime, datetime]]) -> None:
    """Raise SessionsOverlap for the first new (start, end) that meets another new or a not cancelled existing one."""
    standing = [row for row in existing if row.cancelled_at is None]
    spans = [(row.planned_start, row.planned_end) for row in standing]
    known = len(spans)
    spans += new
    for first, second in overlapping(spans):
        if second >= known:
            raise SessionsOverlap(*spans[second], standing[first] if first < known else None)
