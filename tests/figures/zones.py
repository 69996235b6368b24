"""Every change of the clocks from 2020 to 2037 in six US zones, and, by plain counting, what a minute there is.

Honolulu and Phoenix never change theirs; the same nights are looked at there.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

YEARS = range(2020, 2038)
CHANGING = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Adak",
)
STANDING = ("Pacific/Honolulu", "America/Phoenix")
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Change:
    """The instant at which a zone's clocks change; in a zone that stands still, when Chicago's do."""

    zone: str
    at: datetime

    def __str__(self) -> str:
        return f"{self.zone} {self.at:%Y-%m-%dT%H:%MZ}"


@cache
def changes(zone: str) -> tuple[Change, ...]:
    """Where the offset differs from that of the minute before: found by looking, day by day, then minute by minute."""
    there, found = ZoneInfo(zone), []
    day = datetime(YEARS.start, 1, 1, tzinfo=UTC)
    while day.year < YEARS.stop:
        following = day + timedelta(days=1)
        if day.astimezone(there).utcoffset() != following.astimezone(there).utcoffset():
            minutes = (day + n * MINUTE for n in range(1, 24 * 60 + 1))
            before = day.astimezone(there).utcoffset()
            found.append(Change(zone, next(m for m in minutes if m.astimezone(there).utcoffset() != before)))
        day = following
    return tuple(found)


def all_changes() -> list[Change]:
    return [change for zone in CHANGING for change in changes(zone)] + [
        Change(zone, change.at) for zone in STANDING for change in changes("America/Chicago")
    ]


def by_law(year: int) -> tuple[date, date]:
    """The second Sunday of March and the first of November (15 U.S.C. 260a)."""
    march, november = date(year, 3, 8), date(year, 11, 1)
    return march + timedelta((6 - march.weekday()) % 7), november + timedelta((6 - november.weekday()) % 7)


def readings(zone: str, start: datetime, end: datetime) -> dict[time, list[datetime]]:
    """The instants, minute by minute, at which the clock on the wall shows each reading: two where it went back."""
    there, shown = ZoneInfo(zone), {}
    for n in range(int((end - start) / MINUTE) + 1):
        instant = start + n * MINUTE
        shown.setdefault(instant.astimezone(there).time().replace(fold=0), []).append(instant)
    return shown


def elapsed(intervals: list[tuple[datetime, datetime]], segments: list[tuple[datetime, datetime]]) -> int:
    """Minutes that lie in an interval and in a segment, counted one by one in UTC."""
    present = {minute for span in intervals for minute in _minutes(span)}
    return sum(minute in present for span in segments for minute in _minutes(span))


def _minutes(span: tuple[datetime, datetime]) -> range:
    return range(int(span[0].timestamp()) // 60, int(span[1].timestamp()) // 60)
