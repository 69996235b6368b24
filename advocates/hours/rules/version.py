"""What a curriculum version asks for in minutes (Hours 1 and 6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from advocates.curriculum.delivery import TEACHING_MODES, DeliveryMode

from .facts import Part

FAVOR = {mode: rank for rank, mode in enumerate(DeliveryMode)}
ALL_MODES = frozenset(TEACHING_MODES)
Parts = TypeVar("Parts", bound=Part)


@dataclass(frozen=True)
class ModuleHours:
    """One module's contact minutes, its place in the curriculum and the modes in which it may be taught."""

    minutes: int
    is_required: bool = True
    position: int = 0
    modes: frozenset[DeliveryMode] = ALL_MODES


@dataclass(frozen=True)
class VersionHours:
    """Minutes required in all, by module, and the most and least that count in a delivery mode.

    A mode without a cap counts without limit.
    """

    required_contact_minutes: int
    modules: Mapping[UUID, ModuleHours]
    electives_owed_minutes: int = 0
    delivery_caps: Mapping[DeliveryMode, int] = field(default_factory=dict)
    delivery_minimums: Mapping[DeliveryMode, int] = field(default_factory=dict)

    @property
    def module_minutes(self) -> Mapping[UUID, int]:
        return {module_id: module.minutes for module_id, module in self.modules.items()}

    def earns(self, module_id: UUID, mode: DeliveryMode) -> bool:
        """Whether the module is the version's and may be taught so; an equivalent activity always stands in for it."""
        module = self.modules.get(module_id)
        return module is not None and (mode is DeliveryMode.EQUIVALENT_ACTIVITY or mode in module.modes)

    def earning(self, parts: Iterable[Parts]) -> tuple[Parts, ...]:
        """The parts in a mode that their module allows: only those are worth anything."""
        return tuple(part for part in parts if self.earns(part.module_id, part.mode))

    def place(self, module_id: UUID) -> tuple[bool, int, UUID]:
        """Sorts required modules before electives, each in curriculum order."""
        module = self.modules[module_id]
        return (not module.is_required, module.position, module_id)

    def favor(self, mode: DeliveryMode) -> tuple[bool, bool, int]:
        """Sorts modes without a cap first, so that capped minutes last; those that never count at the end."""
        cap = self.delivery_caps.get(mode)
        return (cap is not None, cap == 0, FAVOR[mode])
