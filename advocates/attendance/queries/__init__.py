"""Reads of attendance: facts, what waits and is to come, the ledger, the register and a mark's history."""

from .ahead import Ahead, SessionToCome, awaiting_and_upcoming
from .facts import approved_make_ups, delivered_segments, facts_of
from .ledger import LedgerRow, ledger_rows
from .register import (
    LockedRegister,
    Register,
    RosterPerson,
    StoredMark,
    load_register,
    lock_people,
    lock_session,
    marks_of_session,
    roster,
)
from .signing import may_sign_off, reopenings_of, sign_off_of

__all__ = [
    "Ahead",
    "LedgerRow",
    "LockedRegister",
    "Register",
    "RosterPerson",
    "SessionToCome",
    "StoredMark",
    "approved_make_ups",
    "awaiting_and_upcoming",
    "delivered_segments",
    "facts_of",
    "ledger_rows",
    "load_register",
    "lock_people",
    "lock_session",
    "marks_of_session",
    "may_sign_off",
    "reopenings_of",
    "roster",
    "sign_off_of",
]
