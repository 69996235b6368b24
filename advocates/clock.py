"""The only reader of the time. Tests and the demo set it; nothing else calls datetime.now()."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The present instant, aware, in UTC, to the microsecond."""
    return datetime.now(UTC)


def today(time_zone: str = "America/Chicago") -> date:
    """The calendar day in the given IANA zone."""
    return now().astimezone(ZoneInfo(time_zone)).date()
