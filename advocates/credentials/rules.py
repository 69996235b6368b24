"""Eligibility: every requirement with what was needed, what was credited and the evidence (DOMAIN "Completion gates").

Contact minutes are never waivable. Another gate may be waived by two people. Nobody gets a certificate without a proof.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from advocates.hours.rules import RULE_VERSION, Balance, Shortfall, ShortfallKind, Slice

PROOF_FORMAT = 1


class RequirementKind(StrEnum):
    ENROLLMENT = "enrollment"
    CONTACT_MINUTES = "contact_minutes"
    MODULE = "module"
    ELECTIVES = "electives"
    DELIVERY_MINIMUM = "delivery_minimum"
    DELIVERY_CAP = "delivery_cap"
    PRE_TEST = "pre_test"
    POST_TEST = "post_test"
    SKILL = "skill"
    AGREEMENT = "agreement"
    CERTIFICATE_NAME = "certificate_name"


WAIVABLE = frozenset(
    {RequirementKind.PRE_TEST, RequirementKind.POST_TEST, RequirementKind.SKILL, RequirementKind.AGREEMENT}
)
_OF_SHORTFALL = {
    ShortfallKind.MODULE: RequirementKind.MODULE,
    ShortfallKind.ELECTIVES: RequirementKind.ELECTIVES,
    ShortfallKind.MINIMUM: RequirementKind.DELIVERY_MINIMUM,
    ShortfallKind.CAP: RequirementKind.DELIVERY_CAP,
    ShortfallKind.TOTAL: RequirementKind.CONTACT_MINUTES,
}


@dataclass(frozen=True)
class Requirement:
    """One thing needed. `needed` and `credited` are minutes, questions right, or 1 and 0; evidence is row ids."""

    kind: RequirementKind
    subject: str
    needed: int
    credited: int
    evidence: tuple[UUID, ...] = ()
    missing: tuple[Slice, ...] = ()
    attempts_left: int | None = None
    waiver_id: UUID | None = None

    @property
    def key(self) -> str:
        """What a waiver names: the kind, and the skill or agreement where there are several."""
        return f"{self.kind}:{self.subject}" if self.subject else str(self.kind)

    @property
    def is_met(self) -> bool:
        return self.credited >= self.needed or self.waiver_id is not None


@dataclass(frozen=True)
class Facts:
    """What one enrollment has to show. `entries` are the live ledger entries behind each module."""

    enrollment_id: UUID
    version_id: UUID
    is_open: bool
    balance: Balance
    entries: Mapping[UUID, tuple[UUID, ...]]
    gates: tuple[Requirement, ...]
    waivers: Mapping[str, UUID]
    evidence_days: tuple[date, ...]


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
    def completed_on(self) -> date | None:
        """The local day of the last evidence, not of its entry or approval; None with no evidence at all."""
        return max(self.facts.evidence_days, default=None)


def assess(facts: Facts) -> Eligibility:
    """Hold the facts against every requirement of the enrollment's version."""
    waived = (
        replace(gate, waiver_id=facts.waivers.get(gate.key)) if gate.kind in WAIVABLE else gate
        for gate in facts.gates
    )
    enrollment = Requirement(RequirementKind.ENROLLMENT, "", 1, int(facts.is_open), (facts.enrollment_id,))
    return Eligibility(facts, (enrollment, *_minutes(facts), *waived))


def _minutes(facts: Facts) -> list[Requirement]:
    balance = facts.balance
    required = [
        Requirement(RequirementKind.CONTACT_MINUTES, "", balance.required_minutes, balance.credited_minutes),
        *(
            Requirement(
                RequirementKind.MODULE,
                str(module.module_id),
                module.minutes,
                module.credited_minutes,
                facts.entries.get(module.module_id, ()),
                module.missing,
            )
            for module in balance.modules
            if module.is_required
        ),
    ]
    others = {ShortfallKind.ELECTIVES, ShortfallKind.MINIMUM, ShortfallKind.CAP}
    return required + [_of(shortfall) for shortfall in balance.shortfalls if shortfall.kind in others]


def _of(shortfall: Shortfall) -> Requirement:
    subject = shortfall.mode or shortfall.module_id or ""
    return Requirement(_OF_SHORTFALL[shortfall.kind], str(subject), shortfall.needed, shortfall.credited)


def proof_of(eligibility: Eligibility) -> str:
    """The frozen proof: canonical JSON of ids, minutes and rule version, no names. Its SHA-256 goes with the award."""
    facts = eligibility.facts
    proof = {
        "format": PROOF_FORMAT,
        "rule_version": RULE_VERSION,
        "enrollment": str(facts.enrollment_id),
        "curriculum_version": str(facts.version_id),
        "completed_on": eligibility.completed_on.isoformat() if eligibility.completed_on else None,
        "credited_minutes": facts.balance.credited_minutes,
        "required_minutes": facts.balance.required_minutes,
        "minutes_by_mode": {str(mode): minutes for mode, minutes in facts.balance.mode_minutes.items()},
        "electives": {
            str(module.module_id): {
                "credited": module.credited_minutes,
                "entries": [str(entry) for entry in facts.entries.get(module.module_id, ())],
            }
            for module in facts.balance.modules
            if not module.is_required
        },
        "requirements": [
            {
                "kind": str(requirement.kind),
                "subject": requirement.subject,
                "needed": requirement.needed,
                "credited": requirement.credited,
                "evidence": [str(row) for row in requirement.evidence],
                "waiver": str(requirement.waiver_id) if requirement.waiver_id else None,
            }
            for requirement in eligibility.requirements
        ],
    }
    return json.dumps(proof, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256_of(proof: str) -> str:
    return hashlib.sha256(proof.encode()).hexdigest()
