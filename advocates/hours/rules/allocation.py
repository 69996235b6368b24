"""Which mode counts for a minute that several facts cover: the best for the trainee under caps (Hours 5)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from advocates.curriculum.delivery import DeliveryMode

from .facts import Part
from .intervals import Slice, union
from .version import VersionHours


@dataclass(frozen=True)
class _Piece:
    """A stretch of one module throughout which the same modes are on offer."""

    module_id: UUID
    minutes: Slice
    modes: frozenset[DeliveryMode]


def assign_modes(facts: Iterable[Part], version: VersionHours) -> tuple[Part, ...]:
    """The union of the facts, each minute of each module once and in one mode, in curriculum order.

    A mode without a cap is taken first, in person before the others; then one whose cap has room; so a slice
    paid in another mode counts although its first mode is used up. Minutes with one mode only claim their
    room first. Exact while at most two modes have a cap above zero; a third could only cost minutes that are
    covered in two capped modes. Minutes outside the version's modules vanish. The order of the facts and
    how they are cut change nothing.
    """
    room = dict(version.delivery_caps)
    assigned: dict[tuple[UUID, DeliveryMode], list[Slice]] = defaultdict(list)
    for piece in sorted(_pieces(facts, version), key=lambda piece: _claim(piece, version)):
        for mode, part in _spread(piece, room, version):
            assigned[piece.module_id, mode].append(part)
    parts = [
        Part(module_id, part.from_minute, part.to_minute, mode)
        for (module_id, mode), slices in assigned.items()
        for part in union(slices)
    ]
    return tuple(sorted(parts, key=lambda part: (version.place(part.module_id), part.from_minute)))


def _pieces(facts: Iterable[Part], version: VersionHours) -> Iterator[_Piece]:
    by_module: dict[UUID, list[Part]] = defaultdict(list)
    for fact in facts:
        by_module[fact.module_id].append(fact)
    for module_id in by_module.keys() & version.modules.keys():
        parts = by_module[module_id]
        for minutes in cut(parts, Slice(0, version.modules[module_id].minutes)):
            if modes := frozenset(part.mode for part in parts if part.covers(minutes)):
                yield _Piece(module_id, minutes, modes)


def cut(parts: Iterable[Part], within: Slice) -> Iterator[Slice]:
    """`within` in pieces so small that each part covers a piece wholly or not at all."""
    edges = {edge for part in parts for edge in (part.from_minute, part.to_minute)}
    inner = {edge for edge in edges if within.from_minute < edge < within.to_minute}
    return (Slice(*pair) for pair in pairwise(sorted(inner | {within.from_minute, within.to_minute})))


def _claim(piece: _Piece, version: VersionHours) -> tuple[object, ...]:
    is_elective, *place = version.place(piece.module_id)
    return (is_elective, len(piece.modes), place, piece.minutes)


def _spread(
    piece: _Piece, room: dict[DeliveryMode, int], version: VersionHours
) -> Iterator[tuple[DeliveryMode, Slice]]:
    """Fills the modes' room in order of favor; what fits nowhere stays, uncounted, with the first mode."""
    modes: Sequence[DeliveryMode] = sorted(piece.modes, key=version.favor)
    start, end = piece.minutes.from_minute, piece.minutes.to_minute
    for mode in modes:
        taken = min(end - start, room.get(mode, end - start))
        if taken and mode in room:
            room[mode] -= taken
        if taken:
            yield mode, Slice(start, start + taken)
        start += taken
    if start < end:
        yield modes[0], Slice(start, end)
