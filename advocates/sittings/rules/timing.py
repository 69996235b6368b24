"""When a test is open, until when it is saved, and when another try is possible. The server's clock decides."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

# A save that was on its way when the time ended still counts.
GRACE = timedelta(seconds=60)


class Availability(enum.StrEnum):
    TO_COME = "to_come"
    OPEN = "open"
    CLOSED = "closed"


class FinishWay(enum.StrEnum):
    """How a sitting ended: sent by its person, by its time, or because the test was closed."""

    SENT = "sent"
    TIME = "time"
    CLOSED = "closed"


class StartProblem(enum.StrEnum):
    NOT_YET_OPEN = "not_yet_open"
    CLOSED = "closed"
    PASSED = "passed"
    TAKEN = "taken"
    NO_ATTEMPT_LEFT = "no_attempt_left"
    WAITS_FOR_GRADING = "waits_for_grading"
    WAIT = "wait"


@dataclass(frozen=True)
class Window:
    """When a test may be taken. `closed_early_at`: somebody closed it before its time."""

    opens_at: datetime
    closes_at: datetime | None = None
    closed_early_at: datetime | None = None

    @property
    def ends_at(self) -> datetime | None:
        ends = [at for at in (self.closes_at, self.closed_early_at) if at is not None]
        return min(ends, default=None)

    def availability(self, now: datetime) -> Availability:
        if self.ends_at is not None and now >= self.ends_at:
            return Availability.CLOSED
        return Availability.OPEN if now >= self.opens_at else Availability.TO_COME


@dataclass(frozen=True)
class Extra:
    """What a person was granted beyond what everybody has. Why is written nowhere."""

    time_percent: int = 0
    attempts: int = 0
    is_quiet_room: bool = False


@dataclass(frozen=True)
class Tries:
    """The tries of one person at one test: how many count, how many they have, and when the last one ended."""

    made: int
    allowed: int
    is_passed: bool = False
    is_graded: bool = True
    last_ended_at: datetime | None = None
    wait_hours: int = 0

    @property
    def left(self) -> int:
        return max(0, self.allowed - self.made)

    @property
    def next_from(self) -> datetime | None:
        """The earliest moment of another try, where there is one to wait for."""
        if self.last_ended_at is None or not self.wait_hours:
            return None
        return self.last_ended_at + timedelta(hours=self.wait_hours)


def minutes_for(minutes: int, extra: Extra) -> int:
    """The limit with the extra time, a part of a minute counting whole."""
    return -(-minutes * (100 + extra.time_percent) // 100)


def due_at(started_at: datetime, minutes: int | None, window: Window, extra: Extra) -> datetime | None:
    """Until when answers count. The end of the window gives way to extra time, which nobody loses by it."""
    closes = window.closes_at
    if minutes is None:
        return closes
    limit = minutes_for(minutes, extra)
    ends = started_at + timedelta(minutes=limit)
    return ends if closes is None else min(ends, closes + timedelta(minutes=limit - minutes))


def ended_at(due: datetime | None, window: Window) -> tuple[datetime, FinishWay] | None:
    """When and how answering ends without being sent; None where nothing sets an end."""
    ends = [(at, way) for at, way in ((due, FinishWay.TIME), (window.closed_early_at, FinishWay.CLOSED)) if at]
    return min(ends, key=lambda end: end[0], default=None)


def is_over(due: datetime | None, window: Window, now: datetime) -> bool:
    """Whether a save comes too late, the grace for the last one included."""
    end = ended_at(due, window)
    return end is not None and now > end[0] + GRACE


def start_problem(window: Window, tries: Tries, now: datetime, *, is_pre_test: bool) -> StartProblem | None:
    """What stands against starting now; None when nothing does."""
    checks: Sequence[tuple[bool, StartProblem]] = (
        (not tries.is_graded, StartProblem.WAITS_FOR_GRADING),
        (is_pre_test and tries.made > 0, StartProblem.TAKEN),
        (tries.is_passed, StartProblem.PASSED),
        (tries.left == 0, StartProblem.NO_ATTEMPT_LEFT),
        (window.availability(now) is Availability.CLOSED, StartProblem.CLOSED),
        (window.availability(now) is Availability.TO_COME, StartProblem.NOT_YET_OPEN),
        (tries.next_from is not None and now < tries.next_from, StartProblem.WAIT),
    )
    return next((problem for is_so, problem in checks if is_so), None)
