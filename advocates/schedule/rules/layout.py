"""Lay modules out over a pattern of meetings, in order, cut at breaks and where a session ends."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from advocates.curriculum.delivery import DeliveryMode
from advocates.schedule.rules.agenda import PlannedSegment, PlannedSession, SlicePlan
from advocates.schedule.rules.needs import ANYTHING, Needs
from advocates.schedule.rules.pattern import Occurrence, Pattern, occurrences, pattern_problems


@dataclass(frozen=True)
class Layout:
    """`left_over` is what the pattern had no room for, in order."""

    sessions: tuple[PlannedSession, ...]
    left_over: tuple[SlicePlan, ...]

    @property
    def left_over_minutes(self) -> int:
        return sum(part.minutes for part in self.left_over)


class _Waiting:
    """Slices not taught yet, in order; what may come next depends on how a session meets and what came before."""

    def __init__(self, slices: Iterable[SlicePlan], needs: Mapping[UUID, Needs]) -> None:
        self.slices = list(slices)
        self.needs = needs

    def next_in(self, mode: DeliveryMode) -> int | None:
        """The place of the first slice that may be taught now in this mode."""
        waiting = {part.module_id for part in self.slices}
        for place, part in enumerate(self.slices):
            needs = self.needs.get(part.module_id, ANYTHING)
            if mode in needs.modes and not needs.prerequisites & waiting:
                return place
        return None

    def take(self, place: int, most_minutes: int) -> SlicePlan:
        """As many minutes of the slice as there is time for; the rest goes on waiting where it stood."""
        part = self.slices[place]
        cut = part.from_minute + min(part.minutes, most_minutes)
        self.slices[place : place + 1] = [SlicePlan(part.module_id, cut, part.to_minute)] * (cut < part.to_minute)
        return SlicePlan(part.module_id, part.from_minute, cut)


def lay_out(modules: Sequence[tuple[UUID, int]], pattern: Pattern) -> Layout:
    """Sessions that teach each (module id, contact minutes) once, in the order given, as `lay_out_slices`."""
    return lay_out_slices((SlicePlan(module_id, 0, minutes) for module_id, minutes in modules), pattern)


def lay_out_slices(slices: Iterable[SlicePlan], pattern: Pattern, needs: Mapping[UUID, Needs] | None = None) -> Layout:
    """Sessions that teach the slices in the order given, as far as the modules' needs allow.

    What may not be taught in a session's mode, or not before something that still waits, lets the next pass. Every
    teachable minute is used until all is laid out; a session ends when nothing is left that it could teach.
    Raises ValueError for a pattern with `pattern_problems`.
    """
    if problems := pattern_problems(pattern):
        raise ValueError("; ".join(map(str, problems)))
    waiting = _Waiting(slices, needs or {})
    sessions: list[PlannedSession] = []
    for occurrence in occurrences(pattern):
        if not waiting.slices:
            break
        if segments := _fill(occurrence, waiting):
            end, where = segments[-1].end, (occurrence.room, occurrence.link)
            sessions.append(PlannedSession(occurrence.start, end, occurrence.delivery_mode, tuple(segments), *where))
    return Layout(tuple(sessions), tuple(waiting.slices))


def _fill(occurrence: Occurrence, waiting: _Waiting) -> list[PlannedSegment]:
    """The agenda of one meeting; what it teaches is taken from `waiting`."""
    segments: list[PlannedSegment] = []
    start = occurrence.start
    for pause_start, pause_end in (*occurrence.breaks, (occurrence.end, occurrence.end)):
        segments += _teach(start, pause_start, occurrence.delivery_mode, waiting)
        if waiting.next_in(occurrence.delivery_mode) is None:
            break
        if pause_start < pause_end:
            segments.append(PlannedSegment(pause_start, pause_end))
        start = pause_end
    while segments and segments[-1].slice is None:
        segments.pop()
    return segments


def _teach(start: datetime, end: datetime, mode: DeliveryMode, waiting: _Waiting) -> Iterator[PlannedSegment]:
    while start < end and (place := waiting.next_in(mode)) is not None:
        part = waiting.take(place, (end - start) // timedelta(minutes=1))
        until = start + timedelta(minutes=part.minutes)
        yield PlannedSegment(start, until, part.module_id, part.from_minute)
        start = until
