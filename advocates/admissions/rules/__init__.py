"""Admissions' decisions: when a window is open, and how an offer stands. Pure."""

from advocates.admissions.rules.offers import OfferStanding, OfferState, offer_standing
from advocates.admissions.rules.window import (
    MOST_OFFER_HOURS,
    OFFER_HOURS,
    Terms,
    TermsDraft,
    WindowState,
    closing,
    first_day,
    last_day,
    may_offer_by_itself,
    opening,
    tidy,
    window_state,
)

__all__ = [
    "MOST_OFFER_HOURS",
    "OFFER_HOURS",
    "OfferStanding",
    "OfferState",
    "Terms",
    "TermsDraft",
    "WindowState",
    "closing",
    "first_day",
    "last_day",
    "may_offer_by_itself",
    "offer_standing",
    "opening",
    "tidy",
    "window_state",
]
