"""The attendance rules: what a trainer types becomes presence intervals, and intervals read as exceptions."""

from .clock import ClockError, Window, parse_clock
from .marks import Outcome, intervals_from_text, intervals_to_text
from .presence import Exceptions, exceptions_of, resolve_presence

__all__ = [
    "ClockError",
    "Exceptions",
    "Outcome",
    "Window",
    "exceptions_of",
    "intervals_from_text",
    "intervals_to_text",
    "parse_clock",
    "resolve_presence",
]
