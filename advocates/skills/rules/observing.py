"""What was seen of a skill: done, or not yet, which is no failure and leads to another try.

Done needs every required criterion of the rubric; whoever watched may say "not yet" of anything.
"""

import enum
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from advocates.skills.rules.rubrics import Criterion


class Outcome(enum.StrEnum):
    DONE = "done"
    NOT_YET = "not_yet"


class State(enum.StrEnum):
    """Where a person stands in one skill."""

    NOT_SEEN = "not_seen"
    NOT_YET = "not_yet"
    TAKEN_BACK = "taken_back"
    SIGNED = "signed"


class Problem(enum.StrEnum):
    """Why an observation cannot be recorded."""

    OUTCOME_MISSING = "outcome_missing"
    DAY_MISSING = "day_missing"
    DAY_TO_COME = "day_to_come"
    UNKNOWN_CRITERION = "unknown_criterion"
    CRITERIA_MISSING = "criteria_missing"
    NEXT_TRY_PAST = "next_try_past"
    NOT_AUTHORIZED = "not_authorized"
    OWN = "own"
    NO_RUBRIC = "no_rubric"
    SIGNED_ALREADY = "signed_already"
    NOT_ENROLLED = "not_enrolled"


class Verdict(enum.StrEnum):
    UNCHANGED = "unchanged"
    SAVE = "save"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Observed:
    """What is said of one person: `met` are places in the rubric's criteria, from 0."""

    outcome: Outcome
    met: frozenset[int]
    observed_on: date
    next_try_on: date | None = None

    @property
    def settled(self) -> "Observed":
        """A skill that is done has no next try."""
        return replace(self, next_try_on=None) if self.outcome is Outcome.DONE else self


def observed_problem(
    observed: Observed, criteria: Sequence[Criterion], today: date, recorded_on: date
) -> Problem | None:
    """What stands against it by itself. `recorded_on` is the day it was typed, which may be before it was sent."""
    if observed.observed_on > today:
        return Problem.DAY_TO_COME
    if not observed.met <= set(range(len(criteria))):
        return Problem.UNKNOWN_CRITERION
    if observed.outcome is Outcome.DONE and any(c.is_required for c in still_to_show(criteria, observed.met)):
        return Problem.CRITERIA_MISSING
    if observed.outcome is Outcome.NOT_YET and observed.next_try_on and observed.next_try_on < recorded_on:
        return Problem.NEXT_TRY_PAST
    return None


def still_to_show(criteria: Sequence[Criterion], met: Collection[int]) -> tuple[Criterion, ...]:
    """The criteria that were not met, in the rubric's order."""
    return tuple(criterion for place, criterion in enumerate(criteria) if place not in met)


def reconcile(
    base_version: int, version: int, current: Observed | None, wanted: Observed, *, is_signed: bool
) -> Verdict:
    """Against what stands: a newer observation that says something else is a conflict. A skill is signed once."""
    if is_signed and wanted.outcome is Outcome.DONE:
        return Verdict.UNCHANGED
    if base_version == version:
        return Verdict.SAVE
    return Verdict.UNCHANGED if current and not is_signed and _says(current) == _says(wanted) else Verdict.CONFLICT


def _says(observed: Observed) -> tuple[Outcome, frozenset[int], date | None]:
    """What two who watched the same try have to agree on."""
    return observed.outcome, observed.met, observed.next_try_on


def state_of(latest: Outcome | None, *, is_signed: bool) -> State:
    """A signature that stands decides; one that was taken back leaves the observation without effect."""
    if is_signed:
        return State.SIGNED
    if latest is None:
        return State.NOT_SEEN
    return State.TAKEN_BACK if latest is Outcome.DONE else State.NOT_YET


def met_to_text(met: Collection[int]) -> str:
    return json.dumps(sorted(met), separators=(",", ":"))


def met_from_text(text: str) -> frozenset[int]:
    return frozenset(json.loads(text))
