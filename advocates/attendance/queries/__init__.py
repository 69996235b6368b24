"""Reads of attendance: facts, what waits and is to come, the ledger, the register and a mark's history."""

from .ahead import Ahead, awaiting_and_upcoming
from .facts import approved_make_ups, delivered_segments, facts_of
from .ledger import LedgerRow, ledger_rows

__all__ = [
    "Ahead",
    "LedgerRow",
    "approved_make_ups",
    "awaiting_and_upcoming",
    "delivered_segments",
    "facts_of",
    "ledger_rows",
]
