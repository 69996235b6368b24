"""The only reader of the time. The demo tells its story at given instants; nothing else calls datetime.now()."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app, has_app_context

from config import Config

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC, to the microsecond."""
    return _told.get() or datetime.now(UTC)


def today(time_zone: str | None = None) -> date:
    """The calendar day in the given IANA zone, else in the program's."""
    return now().astimezone(ZoneInfo(time_zone or program_zone())).date()


def program_zone() -> str:
    """The zone of what has no session or cohort to take it from: ADVOCATES_TIME_ZONE."""
    return str(current_app.config["SETTINGS"].time_zone) if has_app_context() else Config.time_zone


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Inside the block it is this instant, for this thread or task."""
    token = _told.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)
