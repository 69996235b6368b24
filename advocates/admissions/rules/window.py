"""When strangers may apply to a cohort. Instants are compared, days are the cohort's own."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

OFFER_HOURS = 72
MOST_OFFER_HOURS = 24 * 60


class WindowState(enum.StrEnum):
    """OFF: nobody is told that the page exists."""

    OFF = "off"
    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Terms:
    """How a cohort admits people. These defaults hold where nobody set anything: nobody can apply.

    `closes_at` is the first instant at which nobody can apply any more.
    """

    is_on: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    needs_approval: bool = True
    offers_by_itself: bool = True
    offer_hours: int = OFFER_HOURS

    @property
    def offer_lasts(self) -> timedelta:
        return timedelta(hours=self.offer_hours)


def window_state(terms: Terms, now: datetime, today: date, ends_on: date, *, is_closed: bool = False) -> WindowState:
    """Whether somebody may apply now. Nobody applies to a training that has ended or is closed, whatever is set."""
    if not terms.is_on:
        return WindowState.OFF
    if is_closed or today > ends_on or (terms.closes_at is not None and now >= terms.closes_at):
        return WindowState.CLOSED
    if terms.opens_at is not None and now < terms.opens_at:
        return WindowState.NOT_YET
    return WindowState.OPEN


def may_offer_by_itself(terms: Terms, today: date, starts_on: date) -> bool:
    """Free seats are offered without anybody deciding up to the first day: who comes later owes what they missed."""
    return terms.offers_by_itself and today <= starts_on


def opening(day: date | None, time_zone: str) -> datetime | None:
    """The first instant of the day there."""
    return datetime.combine(day, time(0), ZoneInfo(time_zone)) if day else None


def closing(last_day: date | None, time_zone: str) -> datetime | None:
    """The first instant after the last day there."""
    return opening(last_day + timedelta(days=1), time_zone) if last_day else None


def first_day(opens_at: datetime | None, time_zone: str) -> date | None:
    return opens_at.astimezone(ZoneInfo(time_zone)).date() if opens_at else None


def last_day(closes_at: datetime | None, time_zone: str) -> date | None:
    """The last day on which somebody may apply: the one before `closes_at`."""
    return (closes_at.astimezone(ZoneInfo(time_zone)) - timedelta(seconds=1)).date() if closes_at else None


@dataclass(frozen=True)
class TermsDraft:
    """Terms as they are typed: whole days of the cohort's own zone, each included."""

    is_on: bool
    opens_on: date | None
    closes_on: date | None
    needs_approval: bool
    offers_by_itself: bool
    offer_hours: int

    @classmethod
    def of(cls, terms: Terms, time_zone: str) -> Self:
        return cls(
            is_on=terms.is_on,
            opens_on=first_day(terms.opens_at, time_zone),
            closes_on=last_day(terms.closes_at, time_zone),
            needs_approval=terms.needs_approval,
            offers_by_itself=terms.offers_by_itself,
            offer_hours=terms.offer_hours,
        )

    def terms(self, time_zone: str) -> Terms:
        return Terms(
            is_on=self.is_on,
            opens_at=opening(self.opens_on, time_zone),
            closes_at=closing(self.closes_on, time_zone),
            needs_approval=self.needs_approval,
            offers_by_itself=self.offers_by_itself,
            offer_hours=self.offer_hours,
        )


def tidy(text: str) -> str:
    """One way to end a line and no space around, so that the same words always have the same hash."""
    lines: Sequence[str] = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return "\n".join(lines).strip()
