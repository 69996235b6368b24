"""What may still become of an enrollment in its cohort, against its whole version (Hours 6 and 12)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from .balancing import balance
from .facts import Part
from .intervals import Slice
from .version import VersionHours


@dataclass(frozen=True)
class Forecast:
    """Minutes that add up to `required` together with `without_place_minutes`; no minute is in two of them.

    Of those without a place in the cohort, `claimed` are to be made up as somebody proposed, `elsewhere` could be
    made up, and `nowhere_minutes` are left.

    `awaiting` is marked but not signed off; `unconfirmed` lies in past sessions where the person is not
    marked; `still_possible` lies in sessions to come. `owed_without_place` names the slices of required
    modules that no session can still credit, modules without any left out; `electives_without_place` the
    elective minutes. Slices beyond a cap count as without a place.
    """

    required: int
    credited: int
    awaiting: int
    unconfirmed: int
    still_possible: int
    owed_without_place: Mapping[UUID, tuple[Slice, ...]]
    electives_without_place: int
    can_complete_here: bool
    claimed: int = 0
    elsewhere: int = 0

    @property
    def without_place_minutes(self) -> int:
        return self.required - self.credited - self.awaiting - self.unconfirmed - self.still_possible

    @property
    def nowhere_minutes(self) -> int:
        return self.without_place_minutes - self.claimed - self.elsewhere


def forecast(
    live: Iterable[Part],
    awaiting: Iterable[Part],
    upcoming: Iterable[Part],
    version: VersionHours,
    unconfirmed: Iterable[Part] = (),
    *,
    claimed: Iterable[Part] = (),
    elsewhere: Iterable[Part] = (),
) -> Forecast:
    """Each group counts only what the ones before it (live, awaiting, unconfirmed, upcoming, claimed, elsewhere) do not
    credit.

    `awaiting` comes from `earned_from_presence` on planned times; `unconfirmed` and `upcoming` from
    `taught_parts`. `can_complete_here` tells whether the hours can be complete if all of it is credited.
    """
    balances = [balance((), version)]
    known: list[Part] = []
    for group in map(tuple, (live, awaiting, unconfirmed, upcoming, claimed, elsewhere)):
        known.extend(group)
        balances.append(balance(known, version) if group else balances[-1])
    at_best = balances[4]
    totals = (each.credited_minutes for each in balances)
    credited, waiting, unknown, possible, claims, beyond = (later - earlier for earlier, later in pairwise(totals))
    return Forecast(
        required=version.required_contact_minutes,
        credited=credited,
        awaiting=waiting,
        unconfirmed=unknown,
        still_possible=possible,
        owed_without_place={
            module.module_id: module.missing for module in at_best.modules if module.is_required and module.missing
        },
        electives_without_place=version.electives_owed_minutes - at_best.electives_minutes,
        can_complete_here=at_best.is_complete,
        claimed=claims,
        elsewhere=beyond,
    )
