"""What the live entries are worth: credited minutes, and what still falls short (Hours 1, 5 and 6)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from advocates.curriculum.delivery import DeliveryMode

from .allocation import assign_modes
from .facts import Part
from .intervals import Slice, subtract, total_minutes, union
from .version import VersionHours


class ShortfallKind(StrEnum):
    MODULE = "module"
    ELECTIVES = "electives"
    CAP = "cap"
    MINIMUM = "minimum"
    TOTAL = "total"


@dataclass(frozen=True)
class Shortfall:
    """`needed` minutes against `credited` ones, of a module (MODULE) or in a mode (CAP, MINIMUM).

    For CAP, `needed` minutes were earned in the mode and only `credited` of them count; those lost are
    missing in their modules as well.
    """

    kind: ShortfallKind
    needed: int
    credited: int
    module_id: UUID | None = None
    mode: DeliveryMode | None = None

    @property
    def minutes(self) -> int:
        return self.needed - self.credited


@dataclass(frozen=True)
class ModuleBalance:
    """One module's credited minutes and `missing`, the slices not credited.

    A required module's missing slices are debts. An elective's are what could still be earned there, none
    once the elective minutes owed are credited.
    """

    module_id: UUID
    minutes: int
    is_required: bool
    credited_minutes: int
    missing: tuple[Slice, ...]


@dataclass(frozen=True)
class Balance:
    """Modules in curriculum order, required ones first; every figure counts credited minutes only."""

    required_minutes: int
    credited_minutes: int
    modules: tuple[ModuleBalance, ...]
    mode_minutes: Mapping[DeliveryMode, int]
    shortfalls: tuple[Shortfall, ...]

    @property
    def is_complete(self) -> bool:
        return not self.shortfalls

    @property
    def electives_minutes(self) -> int:
        return sum(module.credited_minutes for module in self.modules if not module.is_required)


def balance(live: Iterable[Part], version: VersionHours) -> Balance:
    """The figures of one enrollment against its whole curriculum version.

    Capped minutes go to required modules in curriculum order, then to electives; so what a cap refuses is
    missing at the end of the last modules earned in that mode, in as few modules as possible. Electives
    count up to the minutes owed, those in modes without a cap first.
    """
    earned = assign_modes(live, version)
    counted = tuple(_count(earned, version))
    electives_credited = sum(part.minutes for part in counted if not version.modules[part.module_id].is_required)
    electives_short = electives_credited < version.electives_owed_minutes
    modules = tuple(_modules(counted, version, electives_short))
    required = version.required_contact_minutes
    credited = min(sum(part.minutes for part in counted), required)
    shortfalls = (
        *_short_modules(modules, electives_credited, version),
        *_short_caps(earned, counted, version, electives_short),
        *_short_minimums(counted, version),
        *([Shortfall(ShortfallKind.TOTAL, required, credited)] if credited < required else []),
    )
    return Balance(required, credited, modules, _by_mode(counted), shortfalls)


def missing_slices(module_id: UUID, live: Iterable[Part], version: VersionHours) -> tuple[Slice, ...]:
    """One module's debts: its slices that the live entries do not credit. KeyError outside the version."""
    return {module.module_id: module.missing for module in balance(live, version).modules}[module_id]


def _count(earned: Sequence[Part], version: VersionHours) -> Iterator[Part]:
    """The leading minutes of each part that caps and the electives' limit let count."""
    room = dict(version.delivery_caps)
    elective_room = version.electives_owed_minutes

    def order(part: Part) -> tuple[object, ...]:
        is_elective, *place = version.place(part.module_id)
        return (is_elective, version.favor(part.mode) if is_elective else (), place, part.from_minute)

    for part in sorted(earned, key=order):
        is_elective = not version.modules[part.module_id].is_required
        counts = min(part.minutes, room.get(part.mode, part.minutes), elective_room if is_elective else part.minutes)
        if part.mode in room:
            room[part.mode] -= counts
        if is_elective:
            elective_room -= counts
        if counts:
            yield Part(part.module_id, part.from_minute, part.from_minute + counts, part.mode)


def _modules(counted: Iterable[Part], version: VersionHours, electives_short: bool) -> Iterator[ModuleBalance]:
    slices: dict[UUID, list[Slice]] = defaultdict(list)
    for part in counted:
        slices[part.module_id].append(part.slice)
    for module_id in sorted(version.modules, key=version.place):
        module, credited = version.modules[module_id], union(slices[module_id])
        missing = subtract([Slice(0, module.minutes)], credited)
        is_owed = module.is_required or electives_short
        yield ModuleBalance(
            module_id, module.minutes, module.is_required, total_minutes(credited), missing if is_owed else ()
        )


def _by_mode(parts: Iterable[Part]) -> Mapping[DeliveryMode, int]:
    minutes: Counter[DeliveryMode] = Counter()
    for part in parts:
        minutes[part.mode] += part.minutes
    return {mode: minutes[mode] for mode in DeliveryMode}


def _short_modules(
    modules: Iterable[ModuleBalance], electives_credited: int, version: VersionHours
) -> Iterator[Shortfall]:
    for module in modules:
        if module.is_required and module.credited_minutes < module.minutes:
            yield Shortfall(ShortfallKind.MODULE, module.minutes, module.credited_minutes, module_id=module.module_id)
    if electives_credited < version.electives_owed_minutes:
        yield Shortfall(ShortfallKind.ELECTIVES, version.electives_owed_minutes, electives_credited)


def _short_caps(
    earned: Sequence[Part], counted: Sequence[Part], version: VersionHours, electives_short: bool
) -> Iterator[Shortfall]:
    """Only where a cap costs something: surplus elective minutes beyond a cap hurt nobody."""

    def owed(parts: Iterable[Part]) -> Mapping[DeliveryMode, int]:
        return _by_mode(part for part in parts if electives_short or version.modules[part.module_id].is_required)

    needed, credited = owed(earned), owed(counted)
    for mode in DeliveryMode:
        if credited[mode] < needed[mode]:
            yield Shortfall(ShortfallKind.CAP, needed[mode], credited[mode], mode=mode)


def _short_minimums(counted: Iterable[Part], version: VersionHours) -> Iterator[Shortfall]:
    credited = _by_mode(counted)
    for mode in DeliveryMode:
        if credited[mode] < (needed := version.delivery_minimums.get(mode, 0)):
            yield Shortfall(ShortfallKind.MINIMUM, needed, credited[mode], mode=mode)
