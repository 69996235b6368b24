"""Debts, the missed slices of modules, and what may pay them (Hours 8)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from advocates.curriculum.delivery import DeliveryMode
from advocates.hours.rules import Balance, Part, Slice, VersionHours, intersect, subtract, total_minutes

from .clock import N_


@dataclass(frozen=True)
class Debt:
    """A missing slice of a module; `unplanned` is what of it is not scheduled yet."""

    module_id: UUID
    minutes: Slice
    unplanned: tuple[Slice, ...] = ()

    @property
    def unplanned_minutes(self) -> int:
        return total_minutes(self.unplanned)


@dataclass(frozen=True)
class Elsewhere:
    """What is not credited and yet no debt: `expected` may still be credited, `to_come` is still to be taught here.

    `taught` lies in sessions behind the person: a slice of those is a debt although it is to come once more.
    `refused` are slices by module that a cap keeps from ever being credited there (`Forecast.owed_without_place`).
    """

    expected: Sequence[Part] = ()
    to_come: Sequence[Part] = ()
    taught: Sequence[Part] = ()
    refused: Mapping[UUID, Sequence[Slice]] = field(default_factory=dict)


class DecisionReason(StrEnum):
    """Why a make-up was refused or reversed."""

    NOT_HELD = "not_held"
    EVIDENCE_INSUFFICIENT = "evidence_insufficient"
    EARNED_OTHERWISE = "earned_otherwise"
    ENTERED_BY_MISTAKE = "entered_by_mistake"

    @property
    def label(self) -> str:
        """English, for the view to translate."""
        return _LABELS[self]


_LABELS = {
    DecisionReason.NOT_HELD: N_("It did not take place"),
    DecisionReason.EVIDENCE_INSUFFICIENT: N_("The evidence does not show that this part was covered"),
    DecisionReason.EARNED_OTHERWISE: N_("The part was earned another way"),
    DecisionReason.ENTERED_BY_MISTAKE: N_("It was entered by mistake"),
}


def debts_of(balance: Balance, elsewhere: Elsewhere, claimed: Iterable[Debt] = ()) -> tuple[Debt, ...]:
    """What can be made up, in curriculum order: missing, not expected, and not claimed by another make-up."""
    expected, planned, taught = (
        by_module(parts) for parts in (elsewhere.expected, elsewhere.to_come, elsewhere.taught)
    )
    claims: dict[UUID, list[Slice]] = defaultdict(list)
    for claim in claimed:
        claims[claim.module_id].append(claim.minutes)
    found = []
    for module in balance.modules:
        key = module.module_id
        placed = subtract(
            [*expected[key], *subtract(planned[key], taught[key])],
            elsewhere.refused.get(key, ()),
        )
        for minutes in subtract(module.missing, [*placed, *claims[key]]):
            _missed, unplanned = missed_and_unplanned([minutes], taught[key])
            found.append(Debt(key, minutes, unplanned))
    return tuple(found)


def missed_and_unplanned(
    without_place: Iterable[Slice], taught: Sequence[Slice]
) -> tuple[tuple[Slice, ...], tuple[Slice, ...]]:
    """Of a module's slices that no session to come brings: what was missed, for sessions behind the person taught it,
    and what is not scheduled yet, for none did (Hours 8 and 12).
    """
    slices = list(without_place)
    return tuple(intersect(slices, taught)), tuple(subtract(slices, taught))


def covers(slices: Iterable[Slice], wanted: Slice) -> bool:
    """Whether every minute of `wanted` is in the slices."""
    return not subtract([wanted], slices)


def room_under_cap(live: Iterable[Part], proposed_minutes: int, version: VersionHours) -> int | None:
    """Minutes of equivalent activities that may still be proposed; None where the version sets no limit."""
    cap = version.delivery_caps.get(DeliveryMode.EQUIVALENT_ACTIVITY)
    if cap is None:
        return None
    used = sum(part.minutes for part in live if part.mode is DeliveryMode.EQUIVALENT_ACTIVITY)
    return max(0, cap - used - proposed_minutes)


def credited_minutes(live: Iterable[Part], debt: Debt) -> int:
    """How much of the slice the ledger holds by now, from whatever source."""
    slices = [part.slice for part in live if part.module_id == debt.module_id]
    return debt.minutes.minutes - total_minutes(subtract([debt.minutes], slices))


def by_module(parts: Iterable[Part]) -> Mapping[UUID, list[Slice]]:
    slices: dict[UUID, list[Slice]] = defaultdict(list)
    for part in parts:
        slices[part.module_id].append(part.slice)
    return slices
