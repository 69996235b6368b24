"""A session's agenda: segments that teach a slice of a module, and breaks, which earn nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from uuid import UUID

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import N_, Problem


@dataclass(frozen=True)
class SlicePlan:
    """The part of a module from `from_minute` up to, not including, `to_minute`."""

    module_id: UUID
    from_minute: int
    to_minute: int

    @property
    def minutes(self) -> int:
        return self.to_minute - self.from_minute


@dataclass(frozen=True)
class PlannedSegment:
    """`start` and `end` are UTC, or ValueError: Python compares two times of one local zone by their
    clock faces, which is an hour wrong across a daylight-saving change.

    A break has neither `module_id` nor `from_minute`.
    """

    start: datetime
    end: datetime
    module_id: UUID | None = None
    from_minute: int | None = None

    def __post_init__(self) -> None:
        _require_utc(self.start, self.end)

    @property
    def minutes(self) -> int:
        return (self.end - self.start) // timedelta(minutes=1)

    @property
    def slice(self) -> SlicePlan | None:
        """What it teaches, None for a break."""
        if self.module_id is None or self.from_minute is None:
            return None
        return SlicePlan(self.module_id, self.from_minute, self.from_minute + self.minutes)


@dataclass(frozen=True)
class PlannedSession:
    """`start` and `end` are UTC, or ValueError. `room` and `link` are its own, where its cohort's do not hold."""

    start: datetime
    end: datetime
    delivery_mode: DeliveryMode
    segments: tuple[PlannedSegment, ...]
    room: str = ""
    link: str = ""

    def __post_init__(self) -> None:
        _require_utc(self.start, self.end)


@dataclass(frozen=True)
class Part:
    """A row of an agenda as people type it: so many minutes of a module from `from_minute`, or of a break."""

    minutes: int
    module_id: UUID | None = None
    from_minute: int | None = None


def agenda_in_order(start: datetime, parts: Iterable[Part]) -> tuple[PlannedSegment, ...]:
    """The parts one after another from the UTC instant `start`, without gaps."""
    segments = []
    for part in parts:
        end = start + timedelta(minutes=part.minutes)
        segments.append(PlannedSegment(start, end, part.module_id, part.from_minute))
        start = end
    return tuple(segments)


def move_session(session: PlannedSession, new_start: datetime) -> PlannedSession:
    """The session begun at another UTC instant; every part keeps its elapsed minutes."""
    by = new_start - session.start
    return replace(
        session,
        start=session.start + by,
        end=session.end + by,
        segments=tuple(
            replace(segment, start=segment.start + by, end=segment.end + by) for segment in session.segments
        ),
    )


def overlapping(spans: Sequence[tuple[datetime, datetime]]) -> tuple[tuple[int, int], ...]:
    """Pairs of positions of UTC (start, end) spans that share a moment; meeting end to start shares none."""
    return tuple(
        (first, second)
        for (first, a), (second, b) in combinations(enumerate(spans), 2)
        if max(a[0], b[0]) < min(a[1], b[1])
    )


def agenda_problems(
    session_start: datetime,
    session_end: datetime,
    segments: Sequence[PlannedSegment],
    module_minutes: Mapping[UUID, int],
) -> tuple[Problem, ...]:
    """What is wrong with an agenda: `module_minutes` gives each module of the version its contact minutes.

    Paths are "" for the session and `segments[n]` for a segment.
    """
    if session_end <= session_start:
        return (Problem("", N_("The session must end after it starts.")),)
    problems: list[Problem] = []
    for n, segment in enumerate(segments):
        problems += (
            Problem(f"segments[{n}]", message, values)
            for message, values in _segment_complaints(session_start, session_end, segment, module_minutes)
        )
    for first, second in overlapping([(segment.start, segment.end) for segment in segments]):
        message = N_("This part overlaps part %(other)s.")
        problems.append(Problem(f"segments[{second}]", message, {"other": first + 1}))
    return tuple(problems)


def filling_problems(
    session_start: datetime, session_end: datetime, segments: Sequence[PlannedSegment]
) -> tuple[Problem, ...]:
    """What keeps an agenda typed by hand from filling its session: nothing taught, or too few or many minutes.

    The path is `segments`.
    """
    if not any(segment.slice for segment in segments):
        return (Problem("segments", N_("Add at least one part that teaches a module.")),)
    lasts = (session_end - session_start) // timedelta(minutes=1)
    taken = sum(segment.minutes for segment in segments)
    if lasts > 0 and taken != lasts:
        message = N_("The parts take %(taken)s min, but the session lasts %(lasts)s min. Make them agree.")
        return (Problem("segments", message, {"taken": taken, "lasts": lasts}),)
    return ()


def _segment_complaints(
    session_start: datetime,
    session_end: datetime,
    segment: PlannedSegment,
    module_minutes: Mapping[UUID, int],
) -> Iterator[tuple[str, dict[str, object]]]:
    if segment.end <= segment.start:
        yield N_("This part must end after it starts."), {}
        return
    if segment.start < session_start or segment.end > session_end:
        yield N_("This part lies outside the session."), {}
    if (segment.end - segment.start) % timedelta(minutes=1):
        yield N_("This part must be whole minutes long."), {}
    if (segment.module_id is None) != (segment.from_minute is None):
        yield (
            N_("A part that teaches names a module and the minute it starts from; a break names neither."),
            {},
        )
        return
    taught = segment.slice
    if taught is None:
        return
    minutes = module_minutes.get(taught.module_id)
    if minutes is None:
        yield N_("This module is not in the curriculum version."), {}
    elif not 0 <= taught.from_minute < taught.to_minute <= minutes:
        values: dict[str, object] = {"from": taught.from_minute, "to": taught.to_minute, "minutes": minutes}
        yield N_("Minutes %(from)s to %(to)s are not all in this module of %(minutes)s min."), values


def _require_utc(*instants: datetime) -> None:
    if any(instant.tzinfo is not UTC for instant in instants):
        raise ValueError("an agenda's times are UTC instants")
