"""What a schedule covers of a curriculum version: each module's minutes once, whatever is taught twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from advocates.schedule.rules.agenda import PlannedSegment, SlicePlan


@dataclass(frozen=True)
class ModuleCoverage:
    """`scheduled_minutes` counts each minute of the module once, `extra_minutes` each further time."""

    module_id: UUID
    required_minutes: int
    scheduled_minutes: int
    extra_minutes: int
    missing: tuple[SlicePlan, ...]

    @property
    def missing_minutes(self) -> int:
        return self.required_minutes - self.scheduled_minutes


@dataclass(frozen=True)
class Coverage:
    """`modules` in the order of the version."""

    modules: tuple[ModuleCoverage, ...]

    @property
    def missing_minutes(self) -> int:
        return sum(module.missing_minutes for module in self.modules)


def taught_slices(segments: Iterable[PlannedSegment]) -> tuple[SlicePlan, ...]:
    """What the segments teach, in order; a slice that goes on where the last one stopped is one with it."""
    slices: list[SlicePlan] = []
    for segment in segments:
        part = segment.slice
        if part is None:
            continue
        last = slices[-1] if slices else None
        if last and (last.module_id, last.to_minute) == (part.module_id, part.from_minute):
            slices[-1] = SlicePlan(part.module_id, last.from_minute, part.to_minute)
        else:
            slices.append(part)
    return tuple(slices)


def coverage(module_minutes: Mapping[UUID, int], segments: Iterable[PlannedSegment]) -> Coverage:
    """Scheduled against required, for each module id and its contact minutes.

    Breaks, modules that are not the version's, and minutes past a module's end count for nothing.
    """
    taught: dict[UUID, list[SlicePlan]] = {module_id: [] for module_id in module_minutes}
    for segment in segments:
        part = segment.slice
        if part is not None and part.module_id in taught:
            taught[part.module_id].append(part)
    return Coverage(
        tuple(_of_module(module_id, module_minutes[module_id], parts) for module_id, parts in taught.items())
    )


def _of_module(module_id: UUID, minutes: int, parts: Iterable[SlicePlan]) -> ModuleCoverage:
    reached, offered = 0, 0
    missing: list[SlicePlan] = []
    for part in sorted(parts, key=lambda part: part.from_minute):
        from_minute, to_minute = min(part.from_minute, minutes), min(part.to_minute, minutes)
        if from_minute > reached:
            missing.append(SlicePlan(module_id, reached, from_minute))
        offered += to_minute - from_minute
        reached = max(reached, to_minute)
    if reached < minutes:
        missing.append(SlicePlan(module_id, reached, minutes))
    scheduled = minutes - sum(part.minutes for part in missing)
    return ModuleCoverage(module_id, minutes, scheduled, offered - scheduled, tuple(missing))
