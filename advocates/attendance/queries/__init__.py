"""Reads of attendance: the register, a mark's history, what waits and what is to come, the transcript."""

from .facts import approved_make_ups, delivered_segments, facts_of

__all__ = ["approved_make_ups", "delivered_segments", "facts_of"]
