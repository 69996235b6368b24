"""Minutes typed where a clock time could be: 25 late, 25 early, away for 25 (Hours 3)."""

import re
import unicodedata
from datetime import timedelta

from .clock import N_, ClockError, Moment, Window, parse_clock

# A sign or a unit tells minutes from a clock time: +25, -20, 25 min, 25m.
MINUTES = re.compile(r"(?:([+\-−])(\d{1,3})|(\d{1,3})\s*(?=m))\s*(?:m|min|mins|minutes?)?\.?", re.IGNORECASE)


def read_moment(text: str, window: Window, field: str, out: Moment | None = None) -> Moment | None:
    """The clock time that was typed, or the instant that so many minutes stand for; None for nothing.

    Minutes count at `arrived` from the start, at `left` back from the end, and at `absences-N-back` from `out`.
    ClockError for what is neither, and for minutes that have nothing to count from.
    """
    if not text:
        return None
    away = _minutes(text, field)
    if away is None:
        return parse_clock(text, window.start, window.end, window.time_zone, field)
    if field == "arrived":
        return window.start + away
    if field == "left":
        return window.end - away
    if out is None:
        raise ClockError(field, N_("Type the time when the person went out. Minutes will do for “Back”."))
    return window.readings(out, field)[0] + away


def _minutes(text: str, field: str) -> timedelta | None:
    """In any script's digits; None for what was not typed as minutes."""
    match = MINUTES.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    if match[1] not in {None, "+"} and field != "left":
        message = N_("%(typed)s would be earlier. Type how many minutes later, like +20, or a clock time.")
        raise ClockError(field, message, typed=text.strip())
    return timedelta(minutes=int(match[2] or match[3]))
