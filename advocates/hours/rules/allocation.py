"""Which mode counts for a minute that several facts cover: the best for the trainee under caps (Hours 5)."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from uuid import UUID

from advocates.curriculum.delivery import DeliveryMode

from .facts import Part
from .intervals import Slice, union
from .version import VersionHours


@dataclass(frozen=True)
class _Offer:
    """The modes in which a minute could count."""

    is_required: bool
    modes: frozenset[DeliveryMode]


def assign_modes(facts: Iterable[Part], version: VersionHours) -> tuple[Part, ...]:
    """The union of the facts, each minute of each module once and in one mode, in curriculum order.

    A mode without a cap is taken first, in person before the others. Between capped modes each minute takes
    the first that costs no credit anywhere, so a slice paid by an activity counts although its online minutes
    are beyond their cap. Minutes outside the version's modules vanish, and those in a mode that their module
    does not allow. The order of the facts and how they are cut change nothing.
    """
    pieces = sorted(_pieces(facts, version), key=lambda piece: (version.place(piece[0]), piece[1]))
    offers: Counter[_Offer] = Counter()
    for _, minutes, offer in pieces:
        offers[offer] += minutes.minutes
    assigned: dict[tuple[UUID, DeliveryMode], list[Slice]] = defaultdict(list)
    for module_id, minutes, offer in pieces:
        for mode, part in _bind(minutes, offer, offers, version):
            assigned[module_id, mode].append(part)
    parts = [
        Part(module_id, minutes.from_minute, minutes.to_minute, mode)
        for (module_id, mode), slices in assigned.items()
        for minutes in union(slices)
    ]
    return tuple(sorted(parts, key=lambda part: (version.place(part.module_id), part.from_minute)))


def cut(parts: Iterable[Part], within: Slice) -> Iterator[Slice]:
    """`within` in pieces so small that each part covers a piece wholly or not at all."""
    edges = {edge for part in parts for edge in (part.from_minute, part.to_minute)}
    inner = {edge for edge in edges if within.from_minute < edge < within.to_minute}
    return (Slice(*pair) for pair in pairwise(sorted(inner | {within.from_minute, within.to_minute})))


def _pieces(facts: Iterable[Part], version: VersionHours) -> Iterator[tuple[UUID, Slice, _Offer]]:
    """Each module cut into stretches throughout which the same modes are on offer."""
    by_module: dict[UUID, list[Part]] = defaultdict(list)
    for fact in version.earning(facts):
        by_module[fact.module_id].append(fact)
    for module_id in by_module:
        parts, module = by_module[module_id], version.modules[module_id]
        for minutes in cut(parts, Slice(0, module.minutes)):
            modes = frozenset(part.mode for part in parts if part.covers(minutes))
            if unlimited := sorted(modes - version.delivery_caps.keys(), key=version.favor):
                modes = frozenset(unlimited[:1])
            if modes:
                yield module_id, minutes, _Offer(module.is_required, modes)


def _bind(
    minutes: Slice, offer: _Offer, offers: Counter[_Offer], version: VersionHours
) -> Iterator[tuple[DeliveryMode, Slice]]:
    """Divides minutes among the modes on offer, and notes it in `offers`; the last mode costs nothing then."""
    *others, last = sorted(offer.modes, key=version.favor)
    start, end = minutes.from_minute, minutes.to_minute
    for mode in others:
        taken = _most_without_loss(mode, end - start, offer, offers, version)
        _move(taken, offer, mode, offers)
        yield mode, Slice(start, start + taken)
        start += taken
    _move(end - start, offer, last, offers)
    yield last, Slice(start, end)


def _most_without_loss(
    mode: DeliveryMode, limit: int, offer: _Offer, offers: Counter[_Offer], version: VersionHours
) -> int:
    best = _most_credit(offers, version)

    def loses(minutes: int) -> bool:
        tried = offers.copy()
        _move(minutes, offer, mode, tried)
        return _most_credit(tried, version) < best

    return bisect_left(range(1, limit + 1), True, key=loses)


def _move(minutes: int, offer: _Offer, mode: DeliveryMode, offers: Counter[_Offer]) -> None:
    offers[offer] -= minutes
    offers[_Offer(offer.is_required, frozenset({mode}))] += minutes


def _most_credit(offers: Counter[_Offer], version: VersionHours) -> int:
    """The most minutes that can count: the least cut of the flow of minutes through modes up to their caps."""
    cuts = []
    for chosen in product((False, True), repeat=len(version.delivery_caps)):
        used_up = {mode for mode, is_used_up in zip(version.delivery_caps, chosen, strict=True) if is_used_up}
        free = {True: 0, False: 0}
        for offer, minutes in offers.items():
            free[offer.is_required] += 0 if offer.modes <= used_up else minutes
        electives = min(free[False], version.electives_owed_minutes)
        cuts.append(sum(version.delivery_caps[mode] for mode in used_up) + free[True] + electives)
    return min(cuts)
