"""Read a list of people who completed a training in the past, and how each stands to what is recorded. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from advocates.cohorts.rules import (
    Decision,
    Judgment,
    KnownPerson,
    Line,
    Listed,
    Surroundings,
    columns_of_text,
    judge,
    newcomer_of,
)
from advocates.curriculum.rules import N_, Problem

HEADERS: Mapping[str, tuple[str, ...]] = {
    "chosen_name": ("Name", "Chosen name", "Full name", "Participant"),
    "email": ("E-mail", "Email", "Email address", "E-mail address"),
    "agency": ("Agency", "Organization", "Organisation", "Employer"),
    "completed_on": ("Completed on", "Completed", "Completion date", "Date completed", "Date", "Graduated"),
    "stated_minutes": ("Hours", "Contact hours", "Total hours", "Hours completed"),
}
EARLIEST = date(1970, 1, 1)
MOST_MINUTES = 1000 * 60
_HOURS = re.compile(r"(\d{1,4})(?:[.,](\d{1,4}))?(?: ?(?:h|hrs?|hours?)\.?)?", re.IGNORECASE)
_HOURS_AND_MINUTES = re.compile(r"(\d{1,4})(?: ?h ?|:)(\d{1,2})(?: ?min\.?)?", re.IGNORECASE)
_WITH_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")
_DAY_FORMATS = ("%Y-%m-%d", "%m/%d/%Y", "%b %d, %Y", "%B %d, %Y")


@dataclass(frozen=True)
class PastLine(Line):
    """One person, and what the source says of them."""

    completed_on: date | None = None
    stated_minutes: int | None = None


@dataclass(frozen=True)
class PastList:
    """The people by line, the list as text, and what was left out of it."""

    lines: Sequence[PastLine]
    text: str
    unread: Sequence[str] = ()
    above: Sequence[int] = ()


def read_past_people(text: str, today: date) -> PastList:
    """The people of a list. Raises PeopleListError where it cannot be read as one at all."""
    columns = columns_of_text(text, HEADERS)
    lines = [_line(listed, today) for listed in columns.lines]
    return PastList(lines, columns.text, columns.unread, columns.above)


def judge_past(
    lines: Sequence[PastLine],
    known: Mapping[str, KnownPerson],
    names_here: frozenset[str],
    decisions: Mapping[str, Decision] | None = None,
) -> Judgment:
    """How each line stands to a legacy cohort: people by e-mail key, names recorded there. Seats have no part in it."""
    return judge(lines, Surroundings(known=known, names_here=names_here, free_seats=len(lines)), decisions)


def day_of(text: str) -> date:
    """A day as lists write it: 2024-12-20, 12/20/2024 or Dec 20, 2024. Raises ValueError."""
    text = text[:10] if _WITH_TIME.fullmatch(text) else text
    for pattern in _DAY_FORMATS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day, in no zone
        except ValueError:
            continue
    raise ValueError(text)


def minutes_of(text: str) -> int:
    """Hours as lists write them, in whole minutes rounded down: 40, 38.5, 38 h 20 min, 38:20. Raises ValueError."""
    if found := _HOURS_AND_MINUTES.fullmatch(text):
        hours, minutes = int(found[1]), int(found[2])
        if minutes > 59:
            raise ValueError(text)
        return hours * 60 + minutes
    if found := _HOURS.fullmatch(text):
        fraction = found[2] or "0"
        parts: int = 10 ** len(fraction)
        return int(found[1]) * 60 + int(fraction) * 60 // parts
    raise ValueError(text)


def _line(listed: Listed, today: date) -> PastLine:
    problems = list(listed.problems)
    newcomer = newcomer_of(listed.cells, problems)
    completed_on = _completed(listed.cells.get("completed_on", ""), today, problems)
    minutes = _stated(listed.cells.get("stated_minutes", ""), problems)
    return PastLine(listed.number, newcomer, tuple(problems), completed_on, minutes)


def _completed(cell: str, today: date, problems: list[Problem]) -> date | None:
    if not cell:
        return None
    try:
        found = day_of(cell)
    except ValueError:
        problems.append(Problem("completed_on", N_("Write the day as 2024-12-20 or 12/20/2024.")))
        return None
    if not EARLIEST <= found <= today:
        problems.append(Problem("completed_on", N_("This day is still to come, or long before any training.")))
    return found


def _stated(cell: str, problems: list[Problem]) -> int | None:
    if not cell:
        return None
    try:
        minutes = minutes_of(cell)
    except ValueError:
        minutes = 0
    if not 0 < minutes <= MOST_MINUTES:
        problems.append(Problem("stated_minutes", N_("Write the hours as 40, 38.5 or 38 h 20 min.")))
        return None
    return minutes
