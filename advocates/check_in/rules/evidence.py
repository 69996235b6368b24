"""What check-ins say: which of two directions, and the presence that they propose (Hours 3; evidence, never credit)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from advocates.attendance.rules import Outcome, Typed, Window

MARGIN = timedelta(minutes=30)
# The same code again so soon is the same person pressing twice, not somebody who leaves at once.
ANSWER_LASTS = timedelta(minutes=2)
MINUTE = timedelta(minutes=1)


class Direction(StrEnum):
    IN = "in"
    OUT = "out"


class Means(StrEnum):
    """By the code that is shown in the room, or at the tablet by the door."""

    CODE = "code"
    KIOSK = "kiosk"


class Doubt(StrEnum):
    """Why a proposal needs a second look."""

    OUT_WITHOUT_IN = "out_without_in"
    IN_AFTER_END = "in_after_end"


@dataclass(frozen=True)
class Event:
    """One check-in or check-out at the server's time."""

    direction: Direction
    at: datetime
    means: Means = Means.CODE


@dataclass(frozen=True)
class Proposal:
    """Presence within the session as pairs of whole minutes, with what needs a second look.

    `is_open`: there is no check-out, so it lasts to the end.
    """

    intervals: tuple[tuple[datetime, datetime], ...]
    is_open: bool
    doubts: frozenset[Doubt] = frozenset()


def opens_at(planned_start: datetime) -> datetime:
    return planned_start - MARGIN


def closes_at(planned_end: datetime) -> datetime:
    return planned_end + MARGIN


def is_near(planned_start: datetime, planned_end: datetime, now: datetime) -> bool:
    """Whether people can check in and out now."""
    return opens_at(planned_start) <= now <= closes_at(planned_end)


def effect_of(last: Event | None, wanted: Direction) -> Direction | None:
    """What to record; None where it is so already. Whoever never came in has nothing to leave, but may say so."""
    return None if last is not None and last.direction is wanted else wanted


def next_direction(last: Event | None, now: datetime) -> Direction:
    """What somebody means who says nothing: in, unless they are in; and what they just said, where it is repeated."""
    if last is None:
        return Direction.IN
    if now - last.at < ANSWER_LASTS:
        return last.direction
    return Direction.IN if last.direction is Direction.OUT else Direction.OUT


def propose(events: Iterable[Event], start: datetime, end: datetime) -> Proposal | None:
    """The presence that these events, oldest first, speak for; None where they speak for no minute of the session.

    An arrival before the start counts from the start, and rounds down to its minute; a departure rounds up. A missing
    check-out is the end. A check-out without a check-in proposes nothing, and neither does a last check-in after the
    end, by somebody who may have meant to leave: both leave the rest in doubt.
    """
    intervals: list[tuple[datetime, datetime]] = []
    came: datetime | None = None
    doubts: set[Doubt] = set()
    for event in events:
        if event.direction is Direction.IN:
            came = came or event.at
        elif came is None:
            doubts.add(Doubt.OUT_WITHOUT_IN)
        else:
            _add(intervals, came, event.at, start, end)
            came = None
    is_open = came is not None and _down(came) < end
    if came is not None and is_open:
        _add(intervals, came, end, start, end)
    elif came is not None:
        doubts.add(Doubt.IN_AFTER_END)
    return Proposal(tuple(intervals), is_open, frozenset(doubts)) if intervals else None


def typed_from(proposal: Proposal, window: Window) -> Typed:
    """The proposal as somebody would type it into the register."""
    first, last = proposal.intervals[0][0], proposal.intervals[-1][1]
    pairs = zip(proposal.intervals, proposal.intervals[1:], strict=False)
    return Typed(
        outcome=Outcome.PRESENT,
        arrived=window.clock_at(first) if first > window.start else "",
        left=window.clock_at(last) if last < window.end else "",
        absences=tuple((window.clock_at(out), window.clock_at(back)) for (_, out), (back, _) in pairs),
    )


def _add(
    intervals: list[tuple[datetime, datetime]], came: datetime, went: datetime, start: datetime, end: datetime
) -> None:
    """Clipped to the session; what touches the interval before it goes on with that one."""
    begin, until = max(_down(came), start), min(_up(went), end)
    if begin >= until:
        return
    if intervals and begin <= intervals[-1][1]:
        begin = intervals.pop()[0]
    intervals.append((begin, until))


def _down(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)


def _up(instant: datetime) -> datetime:
    return _down(instant + MINUTE - timedelta(microseconds=1))
