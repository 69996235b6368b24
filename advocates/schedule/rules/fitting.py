"""What a pattern holds, and what would fit where it holds too little."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from enum import StrEnum
from uuid import UUID

from advocates.schedule.rules.agenda import SlicePlan, overlapping
from advocates.schedule.rules.layout import Layout, lay_out_slices
from advocates.schedule.rules.needs import Needs
from advocates.schedule.rules.pattern import (
    DAY,
    WEEK,
    Break,
    Meeting,
    Pattern,
    meeting_days,
    occurrences,
    pattern_problems,
)

STEP = timedelta(minutes=15)
LATEST_END = timedelta(hours=21)
LONGEST_ADDED = timedelta(hours=3)
MOST_FURTHER = 12
SATURDAY, THURSDAY = 5, 3
EVENING_STARTS = time(16)


class Fit(StrEnum):
    """A way to make room."""

    FURTHER_DAYS = "further_days"
    LONGER_DAYS = "longer_days"
    EVENINGS = "evenings"
    NO_LAST_DAY = "no_last_day"


@dataclass(frozen=True)
class Proposal:
    """A pattern in which everything finds its place: `longer_by` minutes a meeting, or on `days`, from `meeting` on."""

    fit: Fit
    pattern: Pattern
    layout: Layout
    longer_by: int = 0
    days: tuple[date, ...] = ()
    meeting: Meeting | None = None


def contact_minutes(pattern: Pattern) -> int | None:
    """What the pattern holds; None where it goes on until everything is laid out."""
    if pattern.last_day is None:
        return None
    return sum(occurrence.contact_minutes for occurrence in occurrences(pattern))


def proposals(
    slices: Sequence[SlicePlan], pattern: Pattern, needs: Mapping[UUID, Needs] | None = None
) -> tuple[Proposal, ...]:
    """What would make room for every slice, each tried by laying it out: at most one for each way."""
    found: list[Proposal] = []
    for way in (_further_days, _longer_days, _evenings, _no_last_day):
        for proposal in way(pattern):
            if pattern_problems(proposal.pattern):
                continue
            layout = lay_out_slices(slices, proposal.pattern, needs)
            if not layout.left_over and not overlapping([(each.start, each.end) for each in layout.sessions]):
                found.append(replace(proposal, layout=layout))
                break
    return tuple(found)


_UNTRIED = Layout((), ())


def _further_days(pattern: Pattern) -> Iterator[Proposal]:
    """The longest meeting once more on the days that follow: those of the pattern, and Saturdays."""
    longest = max(pattern.meetings, key=_contact)
    weekdays = {SATURDAY, *(m.weekday for m in pattern.meetings if _contact(m) == _contact(longest))}
    return _once_more(Fit.FURTHER_DAYS, pattern, longest, weekdays)


def _evenings(pattern: Pattern) -> Iterator[Proposal]:
    """The pattern's evening, or one of three hours, on the Mondays to Thursdays that follow."""
    standard = Meeting(
        0, time(17, 30), time(20, 30), pattern.meetings[0].delivery_mode, (Break(time(19), time(19, 10)),)
    )
    evening = next((meeting for meeting in pattern.meetings if meeting.starts >= EVENING_STARTS), standard)
    return _once_more(Fit.EVENINGS, pattern, evening, range(THURSDAY + 1))


def _once_more(fit: Fit, pattern: Pattern, meeting: Meeting, weekdays: Iterable[int]) -> Iterator[Proposal]:
    held = [day for day, _meeting in meeting_days(pattern)] if pattern.last_day is not None else []
    if not held:
        return
    day, wanted = held[-1], set(weekdays)
    days: list[date] = []
    while len(days) < MOST_FURTHER and day < held[-1] + MOST_FURTHER * WEEK:
        day += DAY
        if day.weekday() in wanted and day not in pattern.skipped_days:
            days.append(day)
            further = tuple((on, replace(meeting, weekday=on.weekday())) for on in days)
            yield Proposal(fit, replace(pattern, further=further), _UNTRIED, days=tuple(days), meeting=meeting)


def _longer_days(pattern: Pattern) -> Iterator[Proposal]:
    """Every meeting ends later, never after nine in the evening."""
    added = STEP
    while pattern.last_day is not None and added <= LONGEST_ADDED:
        ends = [_clock(meeting.ends) + added for meeting in pattern.meetings]
        if any(meeting.ends <= meeting.starts for meeting in pattern.meetings) or max(ends) > LATEST_END:
            return
        meetings = tuple(
            replace(meeting, ends=time(end.seconds // 3600, end.seconds // 60 % 60))
            for meeting, end in zip(pattern.meetings, ends, strict=True)
        )
        yield Proposal(
            Fit.LONGER_DAYS,
            replace(pattern, meetings=meetings),
            _UNTRIED,
            added // timedelta(minutes=1),
            (),
            meetings[0],
        )
        added += STEP


def _no_last_day(pattern: Pattern) -> Iterator[Proposal]:
    """The same week after week, for a pattern that goes over more than one."""
    if pattern.last_day is not None and pattern.last_day - pattern.first_day >= WEEK:
        yield Proposal(Fit.NO_LAST_DAY, replace(pattern, last_day=None), _UNTRIED)


def _contact(meeting: Meeting) -> timedelta:
    """By the clock face."""
    pauses = (meeting.after_start(pause.ends) - meeting.after_start(pause.starts) for pause in meeting.breaks)
    return meeting.length - sum(pauses, timedelta())


def _clock(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute)
