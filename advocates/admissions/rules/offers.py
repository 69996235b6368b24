"""How an offer of a seat stands at an instant, whatever the sweep has got round to."""

import enum
from datetime import datetime

from advocates.cohorts.rules import EnrollmentStatus


class OfferState(enum.StrEnum):
    """What is stored. ENDED: an administrator enrolled or withdrew the person before they answered."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    ENDED = "ended"


class OfferStanding(enum.StrEnum):
    """What the person who opens the link is told."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    ENROLLED = "enrolled"
    ENDED = "ended"


def offer_standing(
    state: OfferState, expires_at: datetime | None, status: EnrollmentStatus, now: datetime, *, is_closed: bool = False
) -> OfferStanding:
    """Open only while its enrollment still has the offer and its time is not over, to the instant."""
    if state in {OfferState.ACCEPTED, OfferState.DECLINED, OfferState.EXPIRED}:
        return OfferStanding(state.value)
    if status in {EnrollmentStatus.ENROLLED, EnrollmentStatus.COMPLETED}:
        return OfferStanding.ENROLLED
    if is_closed or state is OfferState.ENDED or status is not EnrollmentStatus.OFFERED:
        return OfferStanding.ENDED
    if expires_at is not None and now >= expires_at:
        return OfferStanding.EXPIRED
    return OfferStanding.OPEN
