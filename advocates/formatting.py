"""How values read on a page: contact hours, dates and clock times in a session's own zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import format_date, format_time, gettext

TRANSLATED = ("en",)  # the languages that pages and mails speak


def spoken(language: str) -> str:
    """The language in which somebody who prefers this one is spoken to."""
    return language if language in TRANSLATED else TRANSLATED[0]


def contact_hours(minutes: int) -> str:
    """`31 h 20 min`, never rounded: 1880 -> "31 h 20 min"."""
    sign, minutes = ("−" if minutes < 0 else ""), abs(minutes)
    return gettext("%(sign)s%(hours)s h %(minutes)02d min", sign=sign, hours=minutes // 60, minutes=minutes % 60)


def day(value: date | datetime, time_zone: str | None = None) -> str:
    """Tuesday, November 3, 2026."""
    if isinstance(value, datetime):
        value = _local(value, time_zone).date()
    return format_date(value, "EEEE, MMMM d, y")


def short_day(value: date | datetime, time_zone: str | None = None) -> str:
    """Nov 3, 2026."""
    if isinstance(value, datetime):
        value = _local(value, time_zone).date()
    return format_date(value, "medium")


def month_name(value: date) -> str:
    """November 2026."""
    return format_date(value, "LLLL y")


def iso_day(value: str) -> str:
    """A day that was frozen as ISO text: "2026-11-03" -> Nov 3, 2026."""
    return short_day(date.fromisoformat(value))


def clock_time(value: datetime, time_zone: str | None = None) -> str:
    """5:30 PM in the given zone."""
    return format_time(_local(value, time_zone), "short", rebase=False)


def zoned_time(value: datetime, time_zone: str) -> str:
    """5:30 PM CST: with the zone's name, for whoever may be elsewhere."""
    return gettext("%(time)s %(zone)s", time=clock_time(value, time_zone), zone=_local(value, time_zone).tzname())


def clock_span(start: datetime, end: datetime, time_zone: str) -> str:
    """5:30 PM – 8:30 PM CST: both ends in the given zone, with the zone's name where it changes in between."""
    first, last = _local(start, time_zone), _local(end, time_zone)
    texts = {
        "start": clock_time(start, time_zone),
        "start_zone": "" if first.tzname() == last.tzname() else f" {first.tzname()}",
        "end": clock_time(end, time_zone),
        "end_zone": last.tzname(),
    }
    if first.date() == last.date():
        return gettext("%(start)s%(start_zone)s – %(end)s %(end_zone)s", **texts)
    return gettext("%(start)s%(start_zone)s – %(end)s %(end_zone)s the next day", **texts)


def _local(value: datetime, time_zone: str | None) -> datetime:
    if time_zone is None:
        raise ValueError("an instant is shown in a zone: pass the session's or cohort's")
    return value.astimezone(ZoneInfo(time_zone))


def register_filters(app: Flask) -> None:
    for filter_ in (contact_hours, day, short_day, iso_day, month_name, clock_time, zoned_time, clock_span):
        app.add_template_filter(filter_)
