"""Lay modules out over a pattern of meetings, in order, cut at breaks and where a session ends."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from advocates.schedule.rules.agenda import PlannedSegment, PlannedSession, SlicePlan
from advocates.schedule.rules.pattern import Occurrence, Pattern, occurrences, pattern_problems


@dataclass(frozen=True)
class Layout:
    """`left_over` is what the pattern had no room for, in order."""

    sessions: tuple[PlannedSession, ...]
    left_over: tuple[SlicePlan, ...]

    @property
    def left_over_minutes(self) -> int:
        return sum(part.minutes for part in self.left_over)


def lay_out(modules: Sequence[tuple[UUID, int]], pattern: Pattern) -> Layout:
    """Sessions that teach each (module id, contact minutes) once, in the order given, as `lay_out_slices`."""
    return lay_out_slices((SlicePlan(module_id, 0, minutes) for module_id, minutes in modules), pattern)


def lay_out_slices(slices: Iterable[SlicePlan], pattern: Pattern) -> Layout:
    """Sessions that teach the slices in the order given.

    Every teachable minute is used until all is laid out; the last session ends when its content ends.
    Raises ValueError for a pattern with `pattern_problems`.
    """
    if problems := pattern_problems(pattern):
        raise ValueError("; ".join(map(str, problems)))
    waiting = deque(slices)
    sessions: list[PlannedSession] = []
    for occurrence in occurrences(pattern):
        if not waiting:
            break
        if segments := _fill(occurrence, waiting):
            end = segments[-1].end
            sessions.append(PlannedSession(occurrence.start, end, occurrence.delivery_mode, tuple(segments)))
    return Layout(tuple(sessions), tuple(waiting))


def _fill(occurrence: Occurrence, waiting: deque[SlicePlan]) -> list[PlannedSegment]:
    """The agenda of one meeting; what it teaches is taken from `waiting`."""
    segments: list[PlannedSegment] = []
    start = occurrence.start
    for pause_start, pause_end in (*occurrence.breaks, (occurrence.end, occurrence.end)):
        segments += _teach(start, pause_start, waiting)
        if not waiting:
            break
        if pause_start < pause_end:
            segments.append(PlannedSegment(pause_start, pause_end))
        start = pause_end
    while segments and segments[-1].slice is None:
        segments.pop()
    return segments


def _teach(start: datetime, end: datetime, waiting: deque[SlicePlan]) -> Iterator[PlannedSegment]:
    while waiting and start < end:
        part = waiting.popleft()
        minutes = min(part.minutes, (end - start) // timedelta(minutes=1))
        until = start + timedelta(minutes=minutes)
        yield PlannedSegment(start, until, part.module_id, part.from_minute)
        if minutes < part.minutes:
            waiting.appendleft(SlicePlan(part.module_id, part.from_minute + minutes, part.to_minute))
        start = until
