"""Sessions as an iCalendar file (RFC 5545): the same entries always give the same bytes."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

PRODUCT = "-//Advocate Training//Calendar//EN"
A_YEAR = timedelta(days=366)
FIRST_YEAR, LAST_YEAR = 2000, 2100
SOME_DAY = date(2026, 1, 1)


@dataclass(frozen=True)
class Entry:
    """One session as a calendar shows it. Instants are UTC; `sequence` grows with each change that it shows."""

    session_id: uuid.UUID
    starts: datetime
    ends: datetime
    time_zone: str
    place: str
    link: str | None
    sequence: int
    changed_at: datetime
    is_cancelled: bool


@dataclass(frozen=True)
class Wording:
    """What is printed, in the reader's language, and neutral: a calendar is seen by others."""

    calendar: str
    entry: str


def write_calendar(entries: Sequence[Entry], wording: Wording, host: str, time_zone: str) -> bytes:
    """The file, with the rules of each time zone it uses. `host` makes the UIDs unique in the world.

    A calendar must have some component (RFC 5545, 3.6): one without entries has the rules of `time_zone`.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", wording.calendar)
    for name, days in sorted((_days_by_zone(entries) or {time_zone: [SOME_DAY]}).items()):
        # A year on either side, so that the rules before the first and after the last session are there.
        zone = icalendar.Timezone.from_tzinfo(ZoneInfo(name), name, min(days) - A_YEAR, max(days) + A_YEAR)
        calendar.add_component(zone)
    for entry in entries:
        calendar.add_component(_event(entry, wording, host))
    return bytes(calendar.to_ical())


def _days_by_zone(entries: Sequence[Entry]) -> dict[str, list[date]]:
    days: dict[str, list[date]] = {}
    for entry in entries:
        days.setdefault(entry.time_zone, []).extend([entry.starts.date(), entry.ends.date()])
    return days


def _event(entry: Entry, wording: Wording, host: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{entry.session_id}@{host}")
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", _shown(entry.starts, entry.time_zone))
    event.add("dtend", _shown(entry.ends, entry.time_zone))
    event.add("summary", wording.entry)
    event.add("location", entry.place)
    if entry.link:
        event.add("url", entry.link)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    return event


def _shown(instant: datetime, time_zone: str) -> datetime:
    """Local time, so that it reads right everywhere; UTC for an hour that the clocks show a second time.

    RFC 5545 takes a local time that occurs twice for its first occurrence.
    """
    local = instant.astimezone(ZoneInfo(time_zone))
    return instant.astimezone(UTC) if local.fold else local


def month_of(typed: str, today: date) -> date:
    """The first day of the month that an address names as 2026-11, or of this month where it names none."""
    try:
        month = date.fromisoformat(f"{typed}-01")
    except ValueError:
        month = today.replace(day=1)
    return month if FIRST_YEAR <= month.year <= LAST_YEAR else today.replace(day=1)


def next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)
