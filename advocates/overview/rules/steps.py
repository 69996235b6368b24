"""What a trainee has to do besides attending, in the order in which it is done."""

from collections.abc import Iterable
from dataclasses import dataclass

from advocates.credentials.rules import Requirement, RequirementKind

IN_ORDER = (
    RequirementKind.AGREEMENT,
    RequirementKind.CERTIFICATE_NAME,
    RequirementKind.PRE_TEST,
    RequirementKind.SKILL,
    RequirementKind.POST_TEST,
)


@dataclass(frozen=True)
class Step:
    """The requirements of one kind: one test or name, or several skills or agreements."""

    kind: RequirementKind
    requirements: tuple[Requirement, ...]

    @property
    def open(self) -> tuple[Requirement, ...]:
        return tuple(requirement for requirement in self.requirements if not requirement.is_met)

    @property
    def is_done(self) -> bool:
        return not self.open

    @property
    def is_waived(self) -> bool:
        """Done, and by a waiver alone."""
        return self.is_done and all(requirement.waiver_id for requirement in self.requirements)

    @property
    def done(self) -> int:
        return len(self.requirements) - len(self.open)


def steps_of(requirements: Iterable[Requirement]) -> tuple[Step, ...]:
    """The steps that the requirements ask for."""
    asked = tuple(requirements)
    steps = (Step(kind, tuple(each for each in asked if each.kind is kind)) for kind in IN_ORDER)
    return tuple(step for step in steps if step.requirements)
