"""What people earned in the version they left, as it counts in the one where they go on."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from advocates.curriculum.delivery import DeliveryMode
from advocates.equivalence.rules.maps import Line
from advocates.hours.rules import Earned, Part, Slice, intersect, subtract, union

Modes = Callable[[UUID], Iterable[DeliveryMode]]
Kind = TypeVar("Kind", bound=Part)


def carried(facts: Iterable[Earned], lines: Iterable[Line], transfer_id: UUID) -> tuple[Earned, ...]:
    """The mapped minutes as facts of the new enrollment, in the mode they were earned in.

    Each names the transfer beside the mark or make-up that it still stands on, so its day stays that of the evidence.
    """
    moved = _moved(facts, lines)
    return tuple(replace(part, source=replace(part.source, transfer_id=transfer_id)) for part in moved)


def carried_parts(parts: Iterable[Part], lines: Iterable[Line]) -> tuple[Part, ...]:
    """The same for minutes that are not credited yet."""
    return tuple(_moved(parts, lines))


def left_behind(parts: Iterable[Part], lines: Iterable[Line]) -> Mapping[UUID, tuple[Slice, ...]]:
    """What was earned and no line takes along, by module of the version that was left."""
    mapped: dict[UUID, list[Slice]] = defaultdict(list)
    for line in lines:
        mapped[line.from_module_id].append(line.source)
    earned: dict[UUID, list[Slice]] = defaultdict(list)
    for part in parts:
        earned[part.module_id].append(part.slice)
    rest = {module_id: subtract(union(slices), mapped[module_id]) for module_id, slices in earned.items()}
    return {module_id: slices for module_id, slices in rest.items() if slices}


def _moved(parts: Iterable[Kind], lines: Iterable[Line]) -> Iterator[Kind]:
    by_module: dict[UUID, list[Line]] = defaultdict(list)
    for line in lines:
        by_module[line.from_module_id].append(line)
    for part in parts:
        for line in by_module[part.module_id]:
            shift = line.to_from_minute - line.from_minute
            for both in intersect([part.slice], [line.source]):
                yield replace(
                    part,
                    module_id=line.to_module_id,
                    from_minute=both.from_minute + shift,
                    to_minute=both.to_minute + shift,
                )
