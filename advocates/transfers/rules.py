"""Whether somebody may go on elsewhere, and what that means for their hours (Hours 7)."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from advocates.assessments.rules import AssessmentFacts, Gate, gates, with_carried
from advocates.curriculum.rules import VersionRules
from advocates.equivalence.rules import Equivalence, carried_parts, left_behind
from advocates.hours.rules import Balance, Forecast, Part, Slice, VersionHours, balance, forecast


class MoveReason(StrEnum):
    """Why people go on elsewhere, as a code. No one is asked for more than this."""

    OTHER_DATES = "other_dates"
    NEW_VERSION = "new_version"
    OWN_WISH = "own_wish"
    AGENCY_WISH = "agency_wish"
    PROGRAM_DECISION = "program_decision"


class Refusal(StrEnum):
    OWN_ENROLLMENT = "own_enrollment"
    NOT_ENROLLED = "not_enrolled"
    HERE_ALREADY = "here_already"
    COMPLETED_THERE = "completed_there"
    ENROLLED_THERE = "enrolled_there"
    NO_MAP = "no_map"


@dataclass(frozen=True)
class Standing:
    """How one person stands towards the place they would go on in.

    `enrolled_there` and `completed_there` are about another enrollment in the same curriculum as that place's.
    """

    is_own: bool
    is_enrolled: bool
    is_in_cohort: bool
    is_same_version: bool
    enrolled_there: bool = False
    completed_there: bool = False
    has_map: bool = False


def refusal_of(standing: Standing) -> Refusal | None:
    """What stands against moving somebody, None where nothing does."""
    checks = (
        (standing.is_own, Refusal.OWN_ENROLLMENT),
        (not standing.is_enrolled, Refusal.NOT_ENROLLED),
        (standing.is_in_cohort and standing.is_same_version, Refusal.HERE_ALREADY),
        (standing.completed_there, Refusal.COMPLETED_THERE),
        (standing.enrolled_there, Refusal.ENROLLED_THERE),
        (not standing.is_same_version and not standing.has_map, Refusal.NO_MAP),
    )
    return next((refusal for applies, refusal in checks if applies), None)


@dataclass(frozen=True)
class Terms:
    """What a version asks for."""

    hours: VersionHours
    rules: VersionRules


@dataclass(frozen=True)
class Record:
    """What one enrollment has to show: credited parts, those awaiting sign-off, tests, skills and agreements."""

    credited: Sequence[Part]
    awaiting: Sequence[Part]
    assessments: AssessmentFacts


@dataclass(frozen=True)
class Prospect:
    """One person's hours and gates before and after.

    `left` is what was earned and does not map, by module of the version that is left. `again` are gates that stand open
    now and must be opened once more. `ahead` counts the new schedule's sessions to come.
    """

    before: Balance
    after: Balance
    ahead: Forecast
    left: Mapping[UUID, tuple[Slice, ...]] = field(default_factory=dict)
    again: tuple[Gate, ...] = ()

    @property
    def left_minutes(self) -> int:
        return sum(part.minutes for slices in self.left.values() for part in slices)


def prospect(record: Record, here: Terms, there: Terms, said: Equivalence | None, to_come: Iterable[Part]) -> Prospect:
    """What becomes of a record in the new place: all of it on the same version (`said` None), else what maps.

    `to_come` is what the new schedule still teaches.
    """
    before = balance(record.credited, here.hours)
    if said is None:
        ahead = forecast(record.credited, record.awaiting, to_come, here.hours)
        return Prospect(before, before, ahead)
    credited = carried_parts(record.credited, said.lines)
    awaiting = there.hours.earning(carried_parts(record.awaiting, said.lines))
    standing = with_carried(AssessmentFacts(record.assessments.enrollment_id), record.assessments, said.gates)
    done = {(gate.kind, gate.name) for gate in gates(here.rules, record.assessments) if gate.is_open}
    again = (gate for gate in gates(there.rules, standing) if not gate.is_open and (gate.kind, gate.name) in done)
    return Prospect(
        before=before,
        after=balance(credited, there.hours),
        ahead=forecast(credited, awaiting, to_come, there.hours),
        left=left_behind(record.credited, said.lines),
        again=tuple(again),
    )


def digest(*what: object) -> str:
    """Short, to tell whether what was looked at is still so."""
    return hashlib.sha256(repr(what).encode()).hexdigest()[:16]
