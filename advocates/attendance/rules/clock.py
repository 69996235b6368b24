"""Clock times as they are typed in a room, and the instants they name there (Hours 3 and 13)."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

N_ = str  # marks a sentence for translation; the view translates it

TYPED = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(?:([ap])\.?\s*(?:m\.?)?)?", re.IGNORECASE)


class ClockError(ValueError):
    """A time that cannot be used: the form field it was typed in, and an English sentence saying what to do.

    The view shows `_(error.message, **error.values)` at `error.field`.
    """

    def __init__(self, field: str, message: str, **values: str) -> None:
        super().__init__(message % values)
        self.field = field
        self.message = message
        self.values = values


# What a clock showed, or an instant that no clock has to be asked for.
Moment = time | datetime


@dataclass(frozen=True)
class Window:
    """A session's planned time (aware instants, whole minutes) and the zone of the clock on its wall."""

    start: datetime
    end: datetime
    time_zone: str

    def readings(self, clock: Moment, field: str) -> tuple[datetime, ...]:
        """The UTC instants within the session at which its clock showed `clock`, earliest first.

        There are two when the clocks went back and showed it twice. ClockError when there is none: the time
        lies outside the session, or the clocks skipped it.
        """
        if isinstance(clock, datetime):
            if self.start <= clock <= self.end:
                return (clock,)
            raise self._outside(self.clock_at(clock), field)
        inside, is_skipped = set(), False
        for instant in self._moments(clock):
            if instant.astimezone(ZoneInfo(self.time_zone)).time() != clock:
                is_skipped = True
            elif self.start <= instant <= self.end:
                inside.add(instant)
        if inside:
            return tuple(sorted(inside))
        if is_skipped:
            message = N_("The clocks skipped %(time)s that night. Type the time the clock showed.")
            raise ClockError(field, message, time=clock_text(clock))
        raise self._outside(clock_text(clock), field)

    def distance(self, clock: time) -> timedelta:
        """How far `clock` is from the session, zero inside it."""
        return min(max(self.start - at, at - self.end, timedelta(0)) for at in self._moments(clock))

    def clock_at(self, instant: datetime) -> str:
        """What the clock on the wall shows at an instant, as text."""
        return clock_text(instant.astimezone(ZoneInfo(self.time_zone)).time())

    def _outside(self, shown: str, field: str) -> ClockError:
        message = N_("%(time)s is outside the session. Type a time from %(start)s to %(end)s.")
        return ClockError(field, message, time=shown, start=self.clock_at(self.start), end=self.clock_at(self.end))

    def _moments(self, clock: time) -> Iterator[datetime]:
        zone = ZoneInfo(self.time_zone)
        day, last = self.start.astimezone(zone).date(), self.end.astimezone(zone).date()
        while day <= last:
            for fold in (0, 1):
                yield datetime.combine(day, clock, zone).replace(fold=fold).astimezone(UTC)
            day += timedelta(days=1)


def parse_clock(
    text: str, planned_start: datetime, planned_end: datetime, time_zone: str, field: str = "clock"
) -> time:
    """Reads 5:55, 5.55p, 5:55 pm, 17:55, 1755 and 5 as a clock time, in any script's digits.

    Without am or pm it is the reading inside the session, else the nearer one. ClockError when it is no time
    or when both readings lie inside.
    """
    match = TYPED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    choices = _choices(int(match[1]), int(match[2] or 0), (match[3] or "").lower()) if match else ()
    if not choices:
        message = N_("%(typed)s is not a time. Type it like 5:55 pm or 17:55.")
        raise ClockError(field, message, typed=text.strip() or "–")
    window = Window(planned_start, planned_end, time_zone)
    if len(choices) == 2 and all(not window.distance(choice) for choice in choices):
        message = N_("%(typed)s could be morning or afternoon. Add am or pm.")
        raise ClockError(field, message, typed=text.strip())
    return min(choices, key=window.distance)


def clock_text(clock: time) -> str:
    """5:05 PM."""
    return f"{clock.hour % 12 or 12}:{clock.minute:02d} {'AM' if clock.hour < 12 else 'PM'}"


def _choices(hour: int, minute: int, half: str) -> tuple[time, ...]:
    """The readings of typed digits: none if they are no time, two if am or pm is open."""
    if hour > 23 or minute > 59 or (half == "a" and hour > 12) or (half == "p" and hour == 0):
        return ()
    if hour == 0 or hour > 12:
        return (time(hour, minute),)
    morning, afternoon = time(hour % 12, minute), time(hour % 12 + 12, minute)
    return {"a": (morning,), "p": (afternoon,)}.get(half, (morning, afternoon))
