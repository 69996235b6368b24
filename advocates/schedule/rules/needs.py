"""What a module asks of the sessions that teach it, and where a schedule does not give it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from advocates.curriculum.delivery import DeliveryMode
from advocates.schedule.rules.agenda import PlannedSegment


@dataclass(frozen=True)
class Needs:
    """The modes that a module may be taught in, and the modules that must be taught whole before it begins."""

    modes: frozenset[DeliveryMode] = frozenset(DeliveryMode)
    prerequisites: frozenset[UUID] = frozenset()


ANYTHING = Needs()


@dataclass(frozen=True)
class TooEarly:
    """The module begins before its prerequisite has been taught whole."""

    module_id: UUID
    prerequisite_id: UUID


@dataclass(frozen=True)
class WrongMode:
    """The module is taught in a mode that it does not allow, in which it earns nothing."""

    module_id: UUID
    mode: DeliveryMode


def too_early(
    module_minutes: Mapping[UUID, int], needs: Mapping[UUID, Needs], segments: Iterable[PlannedSegment]
) -> tuple[TooEarly, ...]:
    """Each module that begins too early, in the version's order.

    A prerequisite that is never taught whole is the coverage's to tell.
    """
    taught = sorted((s for s in segments if s.slice), key=lambda segment: segment.start)
    begins: dict[UUID, datetime] = {}
    for segment in taught:
        if segment.module_id is not None:
            begins.setdefault(segment.module_id, segment.start)
    whole = dict(_taught_whole(module_minutes, taught))
    return tuple(
        TooEarly(module_id, before)
        for module_id in module_minutes
        if module_id in begins
        for before in sorted(needs.get(module_id, ANYTHING).prerequisites)
        if before in whole and begins[module_id] < whole[before]
    )


def wrong_modes(
    needs: Mapping[UUID, Needs], taught: Iterable[tuple[UUID | None, DeliveryMode | None]]
) -> tuple[WrongMode, ...]:
    """Each (module, mode) of segments that the module does not allow, once and in order; breaks have neither."""
    found = {
        WrongMode(module_id, mode): None
        for module_id, mode in taught
        if module_id is not None and mode is not None and mode not in needs.get(module_id, ANYTHING).modes
    }
    return tuple(found)


def _taught_whole(
    module_minutes: Mapping[UUID, int], taught: Iterable[PlannedSegment]
) -> Iterator[tuple[UUID, datetime]]:
    """When each module that is taught whole is first so. `taught` is in order of time."""
    open_minutes = {module_id: set(range(minutes)) for module_id, minutes in module_minutes.items()}
    for segment in taught:
        part = segment.slice
        if part is None or not open_minutes.get(part.module_id):
            continue
        open_minutes[part.module_id].difference_update(range(part.from_minute, part.to_minute))
        if not open_minutes[part.module_id]:
            yield part.module_id, segment.end
