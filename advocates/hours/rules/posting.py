"""From facts to ledger: the entries that should be live, and the least to post for it (Hours 4 and 5)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from advocates.curriculum.delivery import DeliveryMode

from .allocation import assign_modes, cut
from .facts import Earned, LiveEntry, Part, Source
from .intervals import Slice, subtract, union
from .version import VersionHours

RULE_VERSION = 1

Claim = tuple[UUID, DeliveryMode, Source]


@dataclass(frozen=True)
class Posting:
    """Live entries to reverse, and credits to add, to make the ledger agree with the facts."""

    reversals: tuple[LiveEntry, ...] = ()
    additions: tuple[Earned, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.reversals and not self.additions


def target_slices(facts: Sequence[Earned], version: VersionHours, live: Sequence[LiveEntry] = ()) -> tuple[Earned, ...]:
    """The facts as they should stand in the ledger: no two slices of a module overlap.

    The mode of each minute depends on the facts alone (`assign_modes`), so the figures do too. `live` only
    decides which of several equal facts is named as the evidence: the one already posted keeps its place, so
    that a proof which names an entry is not disturbed by a second attendance; then the earliest source id.
    """
    owned: dict[Claim, list[Slice]] = defaultdict(list)
    for part in assign_modes(facts, version):
        for source, minutes in _owners(part, facts, live):
            owned[part.module_id, part.mode, source].append(minutes)
    return _in_order(owned)


def difference(live: Sequence[LiveEntry], target: Sequence[Earned]) -> Posting:
    """The least posting that turns `live` into `target`: an entry stays when all of it is still wanted."""
    wanted: dict[Claim, Sequence[Slice]] = defaultdict(list)
    for earned in target:
        wanted[_claim(earned)] = union([*wanted[_claim(earned)], earned.slice])
    reversals = []
    for entry in sorted(live, key=lambda entry: entry.entry_id):
        if subtract([entry.slice], wanted[_claim(entry)]):
            reversals.append(entry)
        else:
            wanted[_claim(entry)] = subtract(wanted[_claim(entry)], [entry.slice])
    return Posting(tuple(reversals), _in_order(wanted))


def _owners(part: Part, facts: Sequence[Earned], live: Sequence[LiveEntry]) -> Iterator[tuple[Source, Slice]]:
    rivals = [fact for fact in facts if _same_kind(fact, part)]
    posted = [entry for entry in live if _same_kind(entry, part)]
    for minutes in cut([*rivals, *posted], part.slice):
        holders = {entry.source for entry in posted if entry.covers(minutes)}
        sources = (fact.source for fact in rivals if fact.covers(minutes))
        yield min(sources, key=lambda source: (source not in holders, source.sort_key)), minutes


def _same_kind(one: Part, other: Part) -> bool:
    return (one.module_id, one.mode) == (other.module_id, other.mode)


def _claim(earned: Earned) -> Claim:
    return (earned.module_id, earned.mode, earned.source)


def _in_order(owned: Mapping[Claim, Iterable[Slice]]) -> tuple[Earned, ...]:
    earned = [
        Earned(module_id, minutes.from_minute, minutes.to_minute, mode, source)
        for (module_id, mode, source), slices in owned.items()
        for minutes in union(slices)
    ]
    return tuple(sorted(earned, key=lambda each: (each.module_id, each.from_minute)))
