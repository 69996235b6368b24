"""A curriculum as its file states it. Field names and their order are those of the file.

A field with a default may be left out of a file, and is left out where it says no more than its default.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from advocates.curriculum.delivery import TEACHING_MODES, DeliveryMode


class PreTest(StrEnum):
    TAKEN = "taken"


class Agreement(StrEnum):
    CODE_OF_ETHICS = "code_of_ethics"
    CONFIDENTIALITY = "confidentiality"


class MakeUpRoute(StrEnum):
    SAME_COHORT = "same_cohort"
    OTHER_COHORT = "other_cohort"
    EQUIVALENT_ACTIVITY = "equivalent_activity"


@dataclass(frozen=True)
class PostTestRule:
    questions_at_least: int
    pass_mark_percent: int
    attempts: int


@dataclass(frozen=True)
class MakeUpLimits:
    """How much may be made up, in all and by a route, and how many days after the session that was missed.

    None, and a route that is not named, set no limit.
    """

    most_minutes: int | None = None
    most_minutes_by_route: Mapping[MakeUpRoute, int] = field(default_factory=dict)
    within_days: int | None = None

    @property
    def is_set(self) -> bool:
        return self != MakeUpLimits()


@dataclass(frozen=True)
class VersionRules:
    """What completes a version besides its modules' minutes.

    A delivery mode without a cap is not limited; `completion_window_days` None sets no limit.
    """

    electives_owed_minutes: int
    delivery_caps_minutes: Mapping[DeliveryMode, int]
    delivery_minimums_minutes: Mapping[DeliveryMode, int]
    brief_absence_minutes: int
    completion_window_days: int | None
    pre_test: PreTest
    post_test: PostTestRule
    agreements: tuple[Agreement, ...]
    skills: tuple[str, ...]
    make_up_routes: tuple[MakeUpRoute, ...]
    make_up_limits: MakeUpLimits = field(default_factory=MakeUpLimits)


@dataclass(frozen=True)
class ModuleDocument:
    """One module.

    `competencies` are keys of the framework, `prerequisites` keys of modules that come before it, and
    `delivery_modes` those it may be taught in, none named meaning all.
    """

    key: str
    title: str
    contact_minutes: int
    domain: str
    objectives: tuple[str, ...]
    content_note: str | None
    observed_skills: bool
    required: bool
    equivalent_activity: str | None
    competencies: tuple[str, ...] = ()
    delivery_modes: tuple[DeliveryMode, ...] = ()
    prerequisites: tuple[str, ...] = ()

    @property
    def allowed_modes(self) -> tuple[DeliveryMode, ...]:
        return self.delivery_modes or TEACHING_MODES


@dataclass(frozen=True)
class CurriculumDocument:
    title: str
    note: str
    required_contact_minutes: int
    modules: tuple[ModuleDocument, ...]
    rules: VersionRules
