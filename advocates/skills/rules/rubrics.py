"""A rubric: what can be seen when a skill is shown, each as a criterion that was met or not."""

import enum
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_CRITERIA = 12
LONGEST_CRITERION = 200


@dataclass(frozen=True)
class Criterion:
    """One thing to see. A required one must be met before the skill is signed."""

    text: str
    is_required: bool = True


class RubricProblem(enum.StrEnum):
    NONE_REQUIRED = "none_required"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"
    TWICE = "twice"


def read_criteria(required: str, optional: str) -> tuple[Criterion, ...]:
    """One criterion a line, as typed: empty lines and the space around each are left out."""
    return (
        *(Criterion(line) for line in _lines(required)),
        *(Criterion(line, is_required=False) for line in _lines(optional)),
    )


def rubric_problem(criteria: Sequence[Criterion]) -> RubricProblem | None:
    """What stands against a rubric of these criteria; None when nothing does."""
    if not any(criterion.is_required for criterion in criteria):
        return RubricProblem.NONE_REQUIRED
    if len(criteria) > MOST_CRITERIA:
        return RubricProblem.TOO_MANY
    if any(len(criterion.text) > LONGEST_CRITERION for criterion in criteria):
        return RubricProblem.TOO_LONG
    if len({criterion.text.casefold() for criterion in criteria}) < len(criteria):
        return RubricProblem.TWICE
    return None


def criteria_to_text(criteria: Iterable[Criterion]) -> str:
    """Canonical JSON, in the rubric's order."""
    stored = [{"text": criterion.text, "required": criterion.is_required} for criterion in criteria]
    return json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def criteria_from_text(text: str) -> tuple[Criterion, ...]:
    return tuple(Criterion(each["text"], each["required"]) for each in json.loads(text))


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
