"""A pattern of weekly meetings in local clock time, and the instants it stands for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import N_, Problem

DAY = timedelta(days=1)
WEEK = 7 * DAY
MINUTE = timedelta(minutes=1)
LONGEST_PROGRAM = timedelta(days=3 * 365)
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Break:
    starts: time
    ends: time


@dataclass(frozen=True)
class Meeting:
    """Local clock times, the end on the next day where it is no later; `weekday` is 0 for Monday."""

    weekday: int
    starts: time
    ends: time
    delivery_mode: DeliveryMode
    breaks: tuple[Break, ...] = ()
    room: str = ""
    link: str = ""

    @property
    def length(self) -> timedelta:
        """By the clock face: a daylight-saving change inside may make it longer or shorter."""
        return self.after_start(self.ends) or DAY

    def after_start(self, clock: time) -> timedelta:
        """From the start to the next time the clock shows `clock`."""
        return (_since_midnight(clock) - _since_midnight(self.starts)) % DAY


@dataclass(frozen=True)
class Pattern:
    """`last_day` is the last on which a meeting may start; None means until everything is laid out.

    `further` meetings stand each on one day, whichever days the weekly ones keep to.
    """

    meetings: tuple[Meeting, ...]
    first_day: date
    last_day: date | None
    time_zone: str
    skipped_days: frozenset[date] = frozenset()
    further: tuple[tuple[date, Meeting], ...] = ()


@dataclass(frozen=True)
class Occurrence:
    """One meeting on one day, as UTC instants; breaks are in order, apart, and inside it."""

    start: datetime
    end: datetime
    delivery_mode: DeliveryMode
    breaks: tuple[tuple[datetime, datetime], ...]
    room: str = ""
    link: str = ""

    @property
    def contact_minutes(self) -> int:
        pauses = sum((end - start for start, end in self.breaks), timedelta())
        return (self.end - self.start - pauses) // MINUTE


def instant_of(day: date, clock: time, time_zone: str) -> datetime:
    """The UTC instant of a local clock time, to the whole minute.

    Of a time that the clocks show twice it is the first; for one they skip, the next that exists.
    """
    zone = ZoneInfo(time_zone)
    local = datetime.combine(day, clock.replace(second=0, microsecond=0, fold=0), zone)
    while (instant := local.astimezone(UTC)).astimezone(zone) != local:
        local += MINUTE
    return instant


def occurrences(pattern: Pattern) -> Iterator[Occurrence]:
    """Every meeting of the pattern in order of time, for at most three years."""
    for day, meeting in meeting_days(pattern):
        yield _occurrence(meeting, day, pattern.time_zone)


def meeting_days(pattern: Pattern) -> Iterator[tuple[date, Meeting]]:
    """Each meeting and the local day on which it starts, in order of time, for at most three years."""
    last_day = pattern.first_day + LONGEST_PROGRAM
    if pattern.last_day is not None:
        last_day = min(last_day, pattern.last_day)
    day = pattern.first_day
    while day <= max(last_day, *(day for day, _meeting in pattern.further), pattern.first_day):
        is_held = day <= last_day and day not in pattern.skipped_days
        weekly = (meeting for meeting in pattern.meetings if is_held and meeting.weekday == day.weekday())
        further = (meeting for on, meeting in pattern.further if on == day)
        for meeting in sorted((*weekly, *further), key=lambda meeting: meeting.starts):
            yield day, meeting
        day += DAY


def _occurrence(meeting: Meeting, day: date, time_zone: str) -> Occurrence:
    def instant(after_start: timedelta) -> datetime:
        wall = datetime.combine(day, meeting.starts) + after_start
        return instant_of(wall.date(), wall.time(), time_zone)

    pauses = sorted(
        (instant(meeting.after_start(pause.starts)), instant(meeting.after_start(pause.ends)))
        for pause in meeting.breaks
    )
    return Occurrence(
        start=instant(timedelta()),
        end=instant(meeting.length),
        delivery_mode=meeting.delivery_mode,
        breaks=tuple((start, end) for start, end in pauses if start < end),
        room=meeting.room,
        link=meeting.link,
    )


def pattern_problems(pattern: Pattern) -> tuple[Problem, ...]:
    """What keeps a pattern from being laid out.

    Paths are `first_day`, `last_day`, `time_zone`, `meetings`, `meetings[n]` and `meetings[n].breaks[m]`.
    """
    problems = list(_day_problems(pattern))
    if not pattern.meetings:
        problems.append(Problem("meetings", N_("Add at least one weekly meeting.")))
    for n, meeting in enumerate(pattern.meetings):
        problems += _break_problems(f"meetings[{n}]", meeting)
    for (first, one), (second, other) in combinations(enumerate(pattern.meetings), 2):
        if _overlap_in_the_week(one, other):
            message = N_("This meeting overlaps meeting %(other)s.")
            problems.append(Problem(f"meetings[{second}]", message, {"other": first + 1}))
    return tuple(problems)


def _day_problems(pattern: Pattern) -> Iterator[Problem]:
    if not FIRST_YEAR <= pattern.first_day.year <= LAST_YEAR:
        message = N_("The first day must be in the years %(first)s to %(last)s.")
        yield Problem("first_day", message, {"first": FIRST_YEAR, "last": LAST_YEAR})
    if pattern.last_day is not None and pattern.last_day < pattern.first_day:
        yield Problem("last_day", N_("The last day must not be before the first day."))
    try:
        ZoneInfo(pattern.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Problem("time_zone", N_("This time zone is not known."))


def _break_problems(path: str, meeting: Meeting) -> Iterator[Problem]:
    spans = [(meeting.after_start(pause.starts), meeting.after_start(pause.ends)) for pause in meeting.breaks]
    for m, (start, end) in enumerate(spans):
        if not start < end <= meeting.length:
            yield Problem(f"{path}.breaks[{m}]", N_("A break must start and end inside its meeting."))
        elif any(start < other_end and other_start < end for other_start, other_end in spans[:m]):
            yield Problem(f"{path}.breaks[{m}]", N_("This break overlaps another."))


def _overlap_in_the_week(one: Meeting, other: Meeting) -> bool:
    apart = _since_monday(other) - _since_monday(one)
    return apart % WEEK < one.length or -apart % WEEK < other.length


def _since_monday(meeting: Meeting) -> timedelta:
    return meeting.weekday * DAY + _since_midnight(meeting.starts)


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute)
