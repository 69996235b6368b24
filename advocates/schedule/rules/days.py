"""Days typed as a list, one a line or apart by commas."""

import re
from datetime import date

from advocates.curriculum.rules import N_, Problem

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
US = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})", re.ASCII)


def read_days(text: str) -> tuple[frozenset[date], tuple[Problem, ...]]:
    """The days of a text, each as 2026-11-26 or 11/26/2026, and a problem for each that is none."""
    days: set[date] = set()
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        for typed in filter(None, map(str.strip, re.split("[,;]", line))):
            day = _day(typed)
            if day is None:
                message = N_("Line %(line)s: “%(typed)s” is not a date. Type it as 2026-11-26 or 11/26/2026.")
                problems.append(Problem("", message, {"line": number, "typed": typed[:40]}))
            else:
                days.add(day)
    return frozenset(days), tuple(problems)


def _day(typed: str) -> date | None:
    try:
        if match := ISO.fullmatch(typed):
            return date(*map(int, match.groups()))
        if match := US.fullmatch(typed):
            return date(*(int(match[part]) for part in ("year", "month", "day")))
    except ValueError:
        pass
    return None
