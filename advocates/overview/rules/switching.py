"""What another curriculum version would make of minutes already credited and of a schedule already made."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from advocates.curriculum.delivery import DeliveryMode
from advocates.hours.rules import Part, VersionHours, balance
from advocates.schedule.rules import PlannedSegment, coverage

ModuleMap = Mapping[UUID, UUID]


@dataclass(frozen=True)
class PersonEffect:
    """Credited minutes under either version, and what each module of the old one would lose."""

    before: int
    after: int
    owed_before: int
    owed_after: int
    lost: Mapping[UUID, int]


@dataclass(frozen=True)
class ModuleLoss:
    """How many people would lose minutes of a module, and how many in all."""

    module_id: UUID
    people: int
    minutes: int


@dataclass(frozen=True)
class ScheduleEffect:
    """Minutes of the other version that the sessions do not teach by module, and those they teach in vain."""

    not_scheduled: Mapping[UUID, int]
    in_vain: Mapping[UUID, int]


def person_effect(live: Sequence[Part], old: VersionHours, new: VersionHours, modules: ModuleMap) -> PersonEffect:
    """One person's minutes held against both versions; `modules` leads from an old module to the same in the new."""
    moved = [
        Part(modules[part.module_id], part.from_minute, part.to_minute, part.mode)
        for part in live
        if part.module_id in modules
    ]
    before, after = balance(live, old), balance(moved, new)
    kept = {module.module_id: module.credited_minutes for module in after.modules}
    lost = {
        module.module_id: module.credited_minutes - kept.get(modules.get(module.module_id, module.module_id), 0)
        for module in before.modules
    }
    return PersonEffect(
        before.credited_minutes,
        after.credited_minutes,
        before.required_minutes - before.credited_minutes,
        after.required_minutes - after.credited_minutes,
        {module_id: minutes for module_id, minutes in lost.items() if minutes > 0},
    )


def losses(effects: Collection[PersonEffect]) -> tuple[ModuleLoss, ...]:
    """By module, in the order in which the version has them."""
    modules = dict.fromkeys(module_id for effect in effects for module_id in effect.lost)
    found = ((module_id, [e.lost[module_id] for e in effects if module_id in e.lost]) for module_id in modules)
    return tuple(ModuleLoss(module_id, len(minutes), sum(minutes)) for module_id, minutes in found)


def schedule_effect(
    taught: Iterable[tuple[PlannedSegment, DeliveryMode]], new: VersionHours, modules: ModuleMap
) -> ScheduleEffect:
    """Hold the teaching segments of a schedule, with their modes, against the other version's modules."""
    useful: list[PlannedSegment] = []
    in_vain: dict[UUID, int] = {}
    for segment, mode in taught:
        module_id = segment.module_id
        if module_id is None:
            continue
        if module_id in modules and new.earns(modules[module_id], mode):
            useful.append(PlannedSegment(segment.start, segment.end, modules[module_id], segment.from_minute))
        else:
            in_vain[module_id] = in_vain.get(module_id, 0) + segment.minutes
    found = coverage(new.module_minutes, useful)
    missing = {module.module_id: module.missing_minutes for module in found.modules if module.missing_minutes}
    return ScheduleEffect(missing, in_vain)
