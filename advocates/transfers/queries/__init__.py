"""Reads of moves and transfers: what a move would mean, and what a transfer brought and left."""

from advocates.transfers.queries.history import PastTransfer, transfers_of
from advocates.transfers.queries.plan import PersonPlan, Plan, load_plan, people_in

__all__ = ["PastTransfer", "PersonPlan", "Plan", "load_plan", "people_in", "transfers_of"]
