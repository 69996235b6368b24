"""Where a trainee stands: every required minute in exactly one place, and what brings the missing ones (Hours 6, 8)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from advocates.attendance.rules.make_ups import by_module, missed_and_unplanned
from advocates.hours.rules import (
    Balance,
    Forecast,
    ModuleBalance,
    Part,
    Shortfall,
    ShortfallKind,
    Slice,
    VersionHours,
    balance,
    forecast,
    intersect,
    subtract,
    total_minutes,
)


@dataclass(frozen=True)
class Offer:
    """The parts of modules that one session to come can still credit to somebody. `on` is its local day."""

    session_id: UUID
    parts: Sequence[Part]
    on: date | None = None


@dataclass(frozen=True)
class Evidence:
    """What may be credited beyond the ledger; `taught` is behind the person. `offers` are in order of time."""

    awaiting: Sequence[Part] = ()
    unconfirmed: Sequence[Part] = ()
    offers: Sequence[Offer] = ()
    taught: Sequence[Part] = ()


@dataclass(frozen=True)
class Gap:
    """A module that is not wholly credited, and where each missing minute stands.

    `missed` was taught and comes in no session any more; `unplanned` is in no session at all.
    """

    module_id: UUID
    minutes: int
    credited: int
    is_required: bool
    missing: tuple[Slice, ...]
    awaiting: tuple[Slice, ...]
    unconfirmed: tuple[Slice, ...]
    to_come: tuple[Slice, ...]
    missed: tuple[Slice, ...]
    unplanned: tuple[Slice, ...]
    next_session_id: UUID | None

    @property
    def missing_minutes(self) -> int:
        return total_minutes(self.missing)


@dataclass(frozen=True)
class Outlook:
    """The figures of one enrollment. Credited, awaiting, unconfirmed, still possible, missed and unplanned minutes
    add up to those required.

    `unreachable` are least minutes in a delivery mode that all of it together would not reach.
    """

    forecast: Forecast
    gaps: tuple[Gap, ...]
    missed_minutes: int
    unreachable: tuple[Shortfall, ...]

    @property
    def unplanned_minutes(self) -> int:
        return self.forecast.without_place_minutes - self.missed_minutes

    @property
    def needs_more_than_cohort(self) -> bool:
        """Whether the sessions of this cohort alone can no longer complete the hours, however they go.

        Minutes that nobody has planned yet are the program's matter, and no reason to alarm anybody.
        """
        return self.missed_minutes > 0 or (self.unplanned_minutes == 0 and not self.forecast.can_complete_here)

    @property
    def missed(self) -> tuple[Gap, ...]:
        return tuple(gap for gap in self.gaps if gap.missed)


def look_ahead(now: Balance, live: Sequence[Part], evidence: Evidence, version: VersionHours) -> Outlook:
    """Sort the minutes; `now` is the balance of `live`."""
    upcoming = [part for offer in evidence.offers for part in offer.parts]
    ahead = forecast(live, evidence.awaiting, upcoming, version, evidence.unconfirmed)
    gaps = tuple(_gaps(now, ahead, evidence))
    missed = sum(total_minutes(gap.missed) for gap in gaps if gap.is_required)
    return Outlook(
        forecast=ahead,
        gaps=gaps,
        missed_minutes=min(missed, ahead.without_place_minutes),
        unreachable=_unreachable([*live, *evidence.awaiting, *evidence.unconfirmed, *upcoming], ahead, version),
    )


def _gaps(now: Balance, ahead: Forecast, evidence: Evidence) -> Iterator[Gap]:
    awaiting, unconfirmed, taught = (
        by_module(parts) for parts in (evidence.awaiting, evidence.unconfirmed, evidence.taught)
    )
    offered = by_module(part for offer in evidence.offers for part in offer.parts)
    for module in now.modules:
        if not module.missing:
            continue
        key = module.module_id
        nowhere = _nowhere(module, ahead, [*awaiting[key], *unconfirmed[key], *offered[key]])
        placed = subtract(module.missing, nowhere)
        missed, unplanned = missed_and_unplanned(nowhere, taught[key])
        waits = intersect(placed, awaiting[key])
        unknown = subtract(intersect(placed, unconfirmed[key]), waits)
        to_come = subtract(placed, [*waits, *unknown])
        yield Gap(
            module_id=key,
            minutes=module.minutes,
            credited=module.credited_minutes,
            is_required=module.is_required,
            missing=module.missing,
            awaiting=waits,
            unconfirmed=unknown,
            to_come=to_come,
            missed=missed,
            unplanned=unplanned,
            next_session_id=_first_session(key, to_come, evidence.offers),
        )


def _nowhere(module: ModuleBalance, ahead: Forecast, elsewhere: Iterable[Slice]) -> tuple[Slice, ...]:
    """The slices that no session can still credit; those of a required module that a cap refuses are among them."""
    if module.is_required:
        return ahead.owed_without_place.get(module.module_id, ())
    return subtract(module.missing, elsewhere)


def _first_session(module_id: UUID, wanted: Sequence[Slice], offers: Iterable[Offer]) -> UUID | None:
    for offer in offers:
        if intersect(wanted, [part.slice for part in offer.parts if part.module_id == module_id]):
            return offer.session_id
    return None


def _unreachable(everything: Sequence[Part], ahead: Forecast, version: VersionHours) -> tuple[Shortfall, ...]:
    """Only once every minute has a place: before that the sessions to be planned may still bring them."""
    if ahead.without_place_minutes:
        return ()
    short = balance(everything, version).shortfalls
    return tuple(shortfall for shortfall in short if shortfall.kind is ShortfallKind.MINIMUM)
