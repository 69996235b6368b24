"""The rules of checking in: when, by which code, and what somebody's check-ins say about their presence."""

from .codes import STEP, clean_code, clean_personal_code, code_at, is_shown, seconds_left
from .evidence import (
    ANSWER_LASTS,
    Direction,
    Doubt,
    Event,
    Means,
    Proposal,
    closes_at,
    effect_of,
    is_near,
    next_direction,
    opens_at,
    propose,
    typed_from,
)

__all__ = [
    "ANSWER_LASTS",
    "STEP",
    "Direction",
    "Doubt",
    "Event",
    "Means",
    "Proposal",
    "clean_code",
    "clean_personal_code",
    "closes_at",
    "code_at",
    "effect_of",
    "is_near",
    "is_shown",
    "next_direction",
    "opens_at",
    "propose",
    "seconds_left",
    "typed_from",
]
