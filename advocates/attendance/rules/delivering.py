"""When each part of a session was really delivered: typed clock times become instants (Hours 2 and 12)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from .clock import N_, ClockError, Window, parse_clock

LONGEST_OVERRUN = timedelta(hours=2)


@dataclass(frozen=True)
class PlannedPart:
    segment_id: UUID
    start: datetime
    end: datetime


class DeliveredRefused(Exception):
    """Typed times that cannot be: one error per field, `<segment id>-start`, `<segment id>-end` or `ended`."""

    def __init__(self, errors: Mapping[str, ClockError]) -> None:
        super().__init__(", ".join(map(str, errors.values())))
        self.errors = errors


def read_delivered(
    parts: Sequence[PlannedPart], typed: Mapping[UUID, tuple[str, str]], ended: str, window: Window, now: datetime
) -> dict[UUID, tuple[datetime, datetime]]:
    """Start and end of each part: as typed, as planned where nothing is, and nothing after `ended`.

    A part that starts when it ends was not delivered. DeliveredRefused for times outside the session or still
    to come, an end before its start, and parts that overlap.
    """
    reading = _Reading(window, now)
    class_end = reading.instant(ended, window.end, "ended")
    delivered = {}
    for part in parts:
        start_text, end_text = typed.get(part.segment_id, ("", ""))
        fields = f"{part.segment_id}-start", f"{part.segment_id}-end"
        start = min(reading.instant(start_text, part.start, fields[0]), class_end)
        end = min(reading.instant(end_text, part.end, fields[1]), class_end)
        if end < start:
            reading.refuse(fields[1], N_("The end must not be before the start. Correct one of the two."))
        delivered[part.segment_id] = (start, end)
    if any(end > now for _, end in delivered.values()):
        message = N_("%(time)s is still to come. Sign off when the class is over, or type when it ended.")
        reading.refuse("ended", message, time=window.clock_at(class_end))
    taught = sorted((times, segment_id) for segment_id, times in delivered.items() if times[0] < times[1])
    for (earlier, _), (later, segment_id) in pairwise(taught):
        if later[0] < earlier[1]:
            message = N_("This part overlaps the one before it. Correct one of the two.")
            reading.refuse(f"{segment_id}-start", message)
    if reading.errors:
        raise DeliveredRefused(reading.errors)
    return delivered


def read_end(ended: str, window: Window, now: datetime) -> datetime:
    """When the class ended, as typed: at most two hours past its planned end, which stands where nothing is.

    DeliveredRefused at `ended`, also for a later end that is still to come.
    """
    reading = _Reading(replace(window, end=window.end + LONGEST_OVERRUN), now)
    end = reading.instant(ended, window.end, "ended")
    if end > max(window.end, now):
        reading.refuse("ended", N_("%(time)s is still to come. Type when it really ended."), time=window.clock_at(end))
    if reading.errors:
        raise DeliveredRefused(reading.errors)
    return end


class _Reading:
    """Reads times and keeps the first error of each field."""

    def __init__(self, window: Window, now: datetime) -> None:
        self.window, self.now = window, now
        self.errors: dict[str, ClockError] = {}

    def instant(self, text: str, planned: datetime, field: str) -> datetime:
        """The typed time; one that the clock showed twice is the one nearer to the plan."""
        if not text:
            return planned
        try:
            clock = parse_clock(text, self.window.start, self.window.end, self.window.time_zone, field)
            return min(self.window.readings(clock, field), key=lambda instant: abs(instant - planned))
        except ClockError as error:
            self.errors.setdefault(field, error)
            return planned

    def refuse(self, field: str, message: str, **values: str) -> None:
        self.errors.setdefault(field, ClockError(field, message, **values))
