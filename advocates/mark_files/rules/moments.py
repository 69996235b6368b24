"""Times as meeting programs and spreadsheets write them, and the instants they name (Hours 13)."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from advocates.attendance.rules import Window
from advocates.curriculum.rules import N_, Problem

LONGEST_MOMENT = 60
ANOTHER_DAY = timedelta(hours=12)  # as far as this from the session a time is of another meeting
FURTHEST = timedelta(hours=14)  # from UTC
_OFFSET = r"(?:UTC|GMT)\s*[+-]\d{1,2}(?::?\d{2})?|[+-]\d{2}:?\d{2}|UTC|GMT|Z"
_MOMENT = re.compile(
    r"(?:(?P<date>.+?)[ T,]+)?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    rf"(?:\s*(?P<half>[ap])\.?\s*m\.?)?(?:\s*(?P<zone>{_OFFSET}))?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.? ([A-Za-z]{3})[a-z]*\.?,? (\d{4})")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? ", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# How a spreadsheet that was read shows a cell that holds a time and no day.
_NO_DAYS = {date(1899, 12, 30), date(1904, 1, 1)}


class MomentRefused(ValueError):
    """A time that names no instant near the session; `problem` says why."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message % values)
        self.problem = Problem("", message, values)


def read_moment(typed: str, window: Window, zone: tzinfo, *, is_end: bool = False) -> datetime:
    """The UTC instant, to the second, that a text names in `zone`, unless it states another zone itself.

    A day that may be read in two ways, or that is not there, is the one nearer to the session; a time that the clocks
    showed twice is the earlier one, at the end of a stay the later. MomentRefused for anything else, and for a time
    further than twelve hours from the session.
    """
    text = " ".join(unicodedata.normalize("NFKC", typed).split())
    match = _MOMENT.fullmatch(text) if len(text) <= LONGEST_MOMENT else None
    clock = _clock(match) if match else None
    if match is None or clock is None:
        raise MomentRefused(N_("%(typed)s is no time that can be read."), typed=typed[:LONGEST_MOMENT] or "–")
    zone = zone_of_offset(match["zone"]) if match["zone"] else zone
    days = _days(match["date"], window, zone)
    readings = [
        datetime.combine(day, clock, zone).replace(fold=fold).astimezone(UTC)
        for day in days
        for fold in ((1, 0) if is_end else (0, 1))
    ]
    if not readings:
        raise MomentRefused(N_("%(typed)s is no time that can be read."), typed=typed)
    nearest = min(readings, key=lambda instant: _distance(instant, window))
    if _distance(nearest, window) > ANOTHER_DAY:
        raise MomentRefused(N_("%(typed)s is not on the day of this session."), typed=typed)
    return nearest


def has_day(typed: str) -> bool:
    """Whether a text names a day besides a time."""
    match = _MOMENT.fullmatch(" ".join(unicodedata.normalize("NFKC", typed[:LONGEST_MOMENT]).split()))
    return bool(match and match["date"])


def zone_of_offset(text: str) -> tzinfo:
    """The zone of UTC, GMT, Z, UTC-05:00, GMT-5 and -0500. MomentRefused for an offset that no place on Earth has."""
    match = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", text.strip())
    if match is None:
        return UTC
    hours, minutes = int(match[2]), int(match[3] or 0)
    offset = timedelta(hours=hours, minutes=minutes)
    if minutes > 59 or offset > FURTHEST:
        raise MomentRefused(N_("%(typed)s is no time zone."), typed=text)
    return timezone(-offset if match[1] == "-" else offset)


def zone_named(name: str) -> tzinfo:
    return UTC if name == "UTC" else ZoneInfo(name)


def _clock(match: re.Match[str]) -> time | None:
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    half = (match["half"] or "").lower()
    if minute > 59 or second > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute, second)


def _days(text: str | None, window: Window, zone: tzinfo) -> tuple[date, ...]:
    """The days that a text may mean; without one those of the session and beside it."""
    days = tuple(_read_days(_WEEKDAY.sub("", text.strip(" ,"), count=1))) if text else ()
    if text and not _NO_DAYS.intersection(days):
        return days
    first = window.start.astimezone(zone).date()
    return tuple(first + timedelta(days=n) for n in (0, -1, 1, 2))


def _read_days(text: str) -> Iterator[date]:
    """American order comes first."""
    if match := _YEAR_FIRST.fullmatch(text):
        yield from _day(int(match[1]), int(match[2]), int(match[3]))
    elif match := _YEAR_LAST.fullmatch(text):
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        yield from _day(year, int(match[1]), int(match[2]))
        yield from _day(year, int(match[2]), int(match[1]))
    elif (match := _MONTH_FIRST.fullmatch(text)) and match[1].lower() in _MONTHS:
        yield from _day(int(match[3]), _MONTHS.index(match[1].lower()) + 1, int(match[2]))
    elif (match := _DAY_FIRST.fullmatch(text)) and match[2].lower() in _MONTHS:
        yield from _day(int(match[3]), _MONTHS.index(match[2].lower()) + 1, int(match[1]))


def _day(year: int, month: int, day: int) -> Iterator[date]:
    try:
        found = date(year, month, day)
    except ValueError:
        return
    if 1899 <= year <= 2199:  # further away no zone is known, and no session was held
        yield found


def _distance(instant: datetime, window: Window) -> timedelta:
    return max(window.start - instant, instant - window.end, timedelta(0))
