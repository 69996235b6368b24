"""Where a training session stands, and why one is cancelled."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class SessionState(StrEnum):
    PLANNED = "planned"
    TODAY = "today"
    AWAITING_SIGN_OFF = "awaiting_sign_off"
    SIGNED_OFF = "signed_off"
    CANCELLED = "cancelled"


class CancelReason(StrEnum):
    TRAINER_AWAY = "trainer_away"
    PLACE_NOT_AVAILABLE = "place_not_available"
    WEATHER = "weather"
    SAFETY = "safety"
    ENTERED_BY_MISTAKE = "entered_by_mistake"
    OTHER = "other"


def state_of(
    start: datetime, end: datetime, time_zone: str, now: datetime, *, is_signed_off: bool, is_cancelled: bool
) -> SessionState:
    """The state at the instant `now`.

    TODAY is the session's local day, or under way past its midnight, until it is over.
    """
    if is_cancelled:
        return SessionState.CANCELLED
    if is_signed_off:
        return SessionState.SIGNED_OFF
    if end <= now:
        return SessionState.AWAITING_SIGN_OFF
    zone = ZoneInfo(time_zone)
    if start <= now or start.astimezone(zone).date() == now.astimezone(zone).date():
        return SessionState.TODAY
    return SessionState.PLANNED
