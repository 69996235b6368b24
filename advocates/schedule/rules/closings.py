"""Days on which training is not held unless somebody says so: holidays of the state and the city, and closed days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from holidays import country_holidays

from advocates.curriculum.rules import N_

SATURDAY, SUNDAY = 5, 6
DAY, WEEK = timedelta(days=1), timedelta(days=7)
OBSERVED = N_("%(holiday)s (observed)")


@dataclass(frozen=True)
class Yearly:
    """A holiday on a day of a month, or on its nth weekday (0 for Monday; -1 is the last)."""

    name: str
    month: int
    day: int = 0
    weekday: int = 0
    nth: int = 0

    def on(self, year: int) -> date:
        if self.day:
            return date(year, self.month, self.day)
        if self.nth < 0:
            last = date(year + self.month // 12, self.month % 12 + 1, 1) - DAY
            return last - (last.weekday() - self.weekday) % 7 * DAY
        first = date(year, self.month, 1)
        return first + (self.weekday - first.weekday()) % 7 * DAY + (self.nth - 1) * WEEK


# The days on which the City of Chicago closes its offices. Where the state keeps one too, the name is the state's.
CITY = (
    Yearly(N_("New Year's Day"), 1, 1),
    Yearly(N_("Martin Luther King Jr. Day"), 1, weekday=0, nth=3),
    Yearly(N_("Lincoln's Birthday"), 2, 12),
    Yearly(N_("Washington's Birthday"), 2, weekday=0, nth=3),
    Yearly(N_("Casimir Pulaski Day"), 3, weekday=0, nth=1),
    Yearly(N_("Memorial Day"), 5, weekday=0, nth=-1),
    Yearly(N_("Juneteenth National Independence Day"), 6, 19),
    Yearly(N_("Independence Day"), 7, 4),
    Yearly(N_("Labor Day"), 9, weekday=0, nth=1),
    Yearly(N_("Indigenous Peoples' Day"), 10, weekday=0, nth=2),
    Yearly(N_("Veterans Day"), 11, 11),
    Yearly(N_("Thanksgiving Day"), 11, weekday=3, nth=4),
    Yearly(N_("Christmas Day"), 12, 25),
)
STATE_ALONE = (N_("Columbus Day"), N_("Election Day"))  # named here to be translated


@dataclass(frozen=True)
class Closing:
    """The program's own closed days, the last included."""

    first_day: date
    last_day: date
    name: str


def closed_days(first: date, last: date, own: Iterable[Closing] = ()) -> Mapping[date, tuple[str, ...]]:
    """What each closed day from the first to the last is called, in order of time."""
    names: dict[date, dict[str, None]] = {}
    for year in range(first.year, last.year + 1):
        for day, name in _holidays(year):
            names.setdefault(day, {})[name] = None
    for closing in own:
        day = max(first, closing.first_day)
        while day <= min(last, closing.last_day):
            names.setdefault(day, {})[closing.name] = None
            day += DAY
    return {day: tuple(names[day]) for day in sorted(names) if first <= day <= last}


@cache
def _holidays(year: int) -> tuple[tuple[date, str], ...]:
    """Those that fall in the year or are observed in it, the state's first."""
    state = [(day, name) for day, name in country_holidays("US", subdiv="IL", years=year).items()]
    named = [(day, part) for day, name in state for part in name.split("; ")]
    return (*named, *((day, name) for of in (year, year + 1) for day, name in _city(of) if day.year == year))


def _city(year: int) -> Iterable[tuple[date, str]]:
    """Each day and, where it is at a weekend, the one on which it is observed."""
    for holiday in CITY:
        day = holiday.on(year)
        yield day, holiday.name
        if day.weekday() == SATURDAY:
            yield day - DAY, OBSERVED % {"holiday": holiday.name}
        elif day.weekday() == SUNDAY:
            yield day + DAY, OBSERVED % {"holiday": holiday.name}
