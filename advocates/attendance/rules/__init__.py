"""The attendance rules: what a trainer types becomes presence intervals, and intervals read as exceptions."""

from .clock import ClockError, Window, clock_text, parse_clock
from .delivering import DeliveredRefused, PlannedPart, read_delivered, read_end
from .facts import ApprovedMakeUp, Attended, earned_from_facts, within_make_ups
from .marks import Outcome, intervals_from_text, intervals_to_text
from .presence import Exceptions, exceptions_of, resolve_presence
from .reasons import CorrectionReason, CreditReason, ReopenReason
from .register import (
    Content,
    Typed,
    Verdict,
    is_untouched,
    overlaps,
    read_typed,
    reconcile,
    stay_until,
    typed_of,
)

__all__ = [
    "ApprovedMakeUp",
    "Attended",
    "ClockError",
    "Content",
    "CorrectionReason",
    "CreditReason",
    "DeliveredRefused",
    "Exceptions",
    "Outcome",
    "PlannedPart",
    "ReopenReason",
    "Typed",
    "Verdict",
    "Window",
    "clock_text",
    "earned_from_facts",
    "exceptions_of",
    "intervals_from_text",
    "intervals_to_text",
    "is_untouched",
    "overlaps",
    "parse_clock",
    "read_delivered",
    "read_end",
    "read_typed",
    "reconcile",
    "resolve_presence",
    "stay_until",
    "typed_of",
    "within_make_ups",
]
