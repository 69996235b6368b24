"""Eligibility: every requirement with what was needed, what was credited and the evidence (DOMAIN "Completion gates").

Contact minutes are never waivable. Another gate may be waived by two people. Nobody gets a certificate without a proof.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from advocates.hours.rules import Balance, ShortfallKind, Slice, VersionHours


class RequirementKind(StrEnum):
    ENROLLMENT = "enrollment"
    CONTACT_MINUTES = "contact_minutes"
    MODULE = "module"
    ELECTIVES = "electives"
    DELIVERY_MINIMUM = "delivery_minimum"
    DELIVERY_CAP = "delivery_cap"
    COMPLETION_WINDOW = "completion_window"
    PRE_TEST = "pre_test"
    POST_TEST = "post_test"
    SKILL = "skill"
    AGREEMENT = "agreement"
    CERTIFICATE_NAME = "certificate_name"


WAIVABLE = frozenset(
    {
        RequirementKind.COMPLETION_WINDOW,
        RequirementKind.PRE_TEST,
        RequirementKind.POST_TEST,
        RequirementKind.SKILL,
        RequirementKind.AGREEMENT,
    }
)


@dataclass(frozen=True)
class Requirement:
    """One thing needed. `needed` and `credited` are minutes, right answers, or 1 and 0; evidence is row ids.

    Of the completion window they are days: those that it took, and those that the version gives.
    `shown_on` is the local day of the evidence. Only a post-test has `out_of` (questions) and attempts.
    `details` are ids, codes and figures that the proof states beside the evidence.
    """

    kind: RequirementKind
    subject: str
    needed: int
    credited: int
    evidence: tuple[UUID, ...] = ()
    missing: tuple[Slice, ...] = ()
    out_of: int | None = None
    attempts_made: int | None = None
    attempts_left: int | None = None
    shown_on: date | None = None
    waiver_id: UUID | None = None
    details: tuple[tuple[str, str | int], ...] = ()

    @property
    def key(self) -> str:
        """What a waiver names: the kind, and the skill or agreement where there are several."""
        return f"{self.kind}:{self.subject}" if self.subject else str(self.kind)

    @property
    def is_shown(self) -> bool:
        return self.credited >= self.needed

    @property
    def is_met(self) -> bool:
        return self.is_shown or self.waiver_id is not None


@dataclass(frozen=True)
class Facts:
    """What one enrollment has to show, against `hours`, what its version asks for in minutes.

    By module: `entries`, the live ledger entries, and `module_days`, the local day of the last evidence behind them.
    `waivers` are the approved ones, by the key of what they waive. `first_day` is the local day of the first live
    entry, from which the version's `window_days` count, None where it sets no limit.
    """

    enrollment_id: UUID
    version_id: UUID
    is_open: bool
    hours: VersionHours
    balance: Balance
    entries: Mapping[UUID, tuple[UUID, ...]]
    module_days: Mapping[UUID, date]
    gates: tuple[Requirement, ...]
    waivers: Mapping[str, UUID]
    first_day: date | None = None
    window_days: int | None = None

    @property
    def window_ends_on(self) -> date | None:
        """The last day of the completion window, None without one or before its first day."""
        if self.window_days is None or self.first_day is None:
            return None
        return self.first_day + timedelta(days=self.window_days - 1)


@dataclass(frozen=True)
class Eligibility:
    """The verdict, and everything it rests on."""

    facts: Facts
    requirements: tuple[Requirement, ...]

    @property
    def enrollment_id(self) -> UUID:
        return self.facts.enrollment_id

    @property
    def shortfalls(self) -> tuple[Requirement, ...]:
        return tuple(requirement for requirement in self.requirements if not requirement.is_met)

    @property
    def is_ready(self) -> bool:
        return not self.shortfalls

    @property
    def open_gates(self) -> tuple[Requirement, ...]:
        """The shortfalls that two people may set aside."""
        return tuple(requirement for requirement in self.shortfalls if requirement.kind in WAIVABLE)

    @property
    def completed_on(self) -> date | None:
        """The local day of the last evidence, not of its entry or approval; None with no evidence at all."""
        shown = (requirement.shown_on for requirement in self.requirements)
        return max((day for day in (*shown, *self.facts.module_days.values()) if day), default=None)


def assess(facts: Facts) -> Eligibility:
    """Hold the facts against every requirement of the enrollment's version."""
    waived = (
        replace(gate, waiver_id=facts.waivers.get(gate.key)) if gate.kind in WAIVABLE and not gate.is_shown else gate
        for gate in facts.gates
    )
    enrollment = Requirement(RequirementKind.ENROLLMENT, "", 1, int(facts.is_open), (facts.enrollment_id,))
    minutes, gates = tuple(_minutes(facts)), tuple(waived)
    last_day = Eligibility(facts, (*minutes, *gates)).completed_on
    return Eligibility(facts, (enrollment, *minutes, *_window(facts, last_day), *gates))


def _minutes(facts: Facts) -> Iterator[Requirement]:
    """Everything asked for in minutes, met or not; a cap only where it costs something."""
    hours, balance = facts.hours, facts.balance
    yield Requirement(RequirementKind.CONTACT_MINUTES, "", balance.required_minutes, balance.credited_minutes)
    for module in balance.modules:
        if module.is_required:
            entries = facts.entries.get(module.module_id, ())
            subject, needed, credited = str(module.module_id), module.minutes, module.credited_minutes
            yield Requirement(RequirementKind.MODULE, subject, needed, credited, entries, module.missing)
    if hours.electives_owed_minutes:
        yield Requirement(
            RequirementKind.ELECTIVES, "", hours.electives_owed_minutes, balance.electives_minutes, _electives(facts)
        )
    for mode, least in hours.delivery_minimums.items():
        yield Requirement(RequirementKind.DELIVERY_MINIMUM, str(mode), least, balance.mode_minutes[mode])
    for lost in balance.shortfalls:
        if lost.kind is ShortfallKind.CAP:
            yield Requirement(RequirementKind.DELIVERY_CAP, str(lost.mode), lost.needed, lost.credited)


def _window(facts: Facts, last_day: date | None) -> Iterator[Requirement]:
    """Everything within so many days, the first and the last among them. Waivable like a gate."""
    if facts.window_days is None:
        return
    took = (last_day - facts.first_day).days + 1 if last_day and facts.first_day else 0
    window = Requirement(RequirementKind.COMPLETION_WINDOW, "", max(took, 0), facts.window_days)
    yield window if window.is_shown else replace(window, waiver_id=facts.waivers.get(window.key))


def _electives(facts: Facts) -> tuple[UUID, ...]:
    chosen = (module.module_id for module in facts.balance.modules if not module.is_required)
    return tuple(entry for module_id in chosen for entry in facts.entries.get(module_id, ()))
