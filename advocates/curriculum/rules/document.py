"""A curriculum as its file states it. Field names and their order are those of the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from advocates.curriculum.delivery import DeliveryMode


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


@dataclass(frozen=True)
class ModuleDocument:
    key: str
    title: str
    contact_minutes: int
    domain: str
    objectives: tuple[str, ...]
    content_note: str | None
    observed_skills: bool
    required: bool
    equivalent_activity: str | None


@dataclass(frozen=True)
class CurriculumDocument:
    title: str
    note: str
    required_contact_minutes: int
    modules: tuple[ModuleDocument, ...]
    rules: VersionRules
