"""How a test is held, as it is stored with the test and never changed."""

import enum
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .drawing import Plan

MOST_MINUTES = 600
MOST_WAIT_HOURS = 24 * 60


class Paging(enum.StrEnum):
    ONE_PAGE = "one_page"
    ONE_EACH = "one_each"


class Feedback(enum.StrEnum):
    """What a person is told after a sitting; each tells what the one before does, and more."""

    NONE = "none"
    SCORE = "score"
    MODULES = "modules"
    ANSWERS = "answers"

    def tells(self, other: "Feedback") -> bool:
        order: Sequence[Feedback] = list(Feedback)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True)
class Settings:
    """`minutes` None sets no limit. `is_blind`: essays are graded without names. `pairs_with_pre_test`: what the
    person's pre-test asked is asked again."""

    plan: Plan
    is_shuffled: bool = True
    minutes: int | None = None
    wait_hours: int = 0
    paging: Paging = Paging.ONE_PAGE
    feedback: Feedback = Feedback.SCORE
    is_blind: bool = False
    pairs_with_pre_test: bool = False


def settings_to_json(settings: Settings) -> str:
    plan = settings.plan
    draw: dict[str, Any] = {"fixed": list(plan.fixed)} if plan.quotas is None else {"quotas": dict(plan.quotas)}
    others = {
        "is_shuffled": settings.is_shuffled,
        "minutes": settings.minutes,
        "wait_hours": settings.wait_hours,
        "paging": settings.paging.value,
        "feedback": settings.feedback.value,
        "is_blind": settings.is_blind,
        "pairs_with_pre_test": settings.pairs_with_pre_test,
    }
    return json.dumps({"draw": draw, **others}, separators=(",", ":"))


def settings_from_json(text: str) -> Settings:
    stored = json.loads(text)
    draw = stored.pop("draw")
    plan = Plan(quotas=draw["quotas"]) if "quotas" in draw else Plan(fixed=tuple(draw["fixed"]))
    return Settings(plan, **stored | {"paging": Paging(stored["paging"]), "feedback": Feedback(stored["feedback"])})
