"""The attendance rules: what a trainer types becomes presence intervals, and intervals read as exceptions."""

from .clock import ClockError, Window, clock_text, parse_clock
from .facts import ApprovedMakeUp, Attended, earned_from_facts, within_make_ups
from .marks import Outcome, intervals_from_text, intervals_to_text
from .presence import Exceptions, exceptions_of, resolve_presence

__all__ = [
    "ApprovedMakeUp",
    "Attended",
    "ClockError",
    "Exceptions",
    "Outcome",
    "Window",
    "clock_text",
    "earned_from_facts",
    "exceptions_of",
    "intervals_from_text",
    "intervals_to_text",
    "parse_clock",
    "resolve_presence",
    "within_make_ups",
]
