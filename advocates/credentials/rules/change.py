"""Whether the record still supports an award. The award stays in force: people decide what follows."""

import json
from dataclasses import dataclass

from advocates.credentials.rules.requirements import Eligibility, Requirement, RequirementKind


@dataclass(frozen=True)
class Change:
    """What the record no longer supports: minutes credited now and when it was issued, and what is no longer met."""

    credited_minutes: int
    issued_minutes: int
    shortfalls: tuple[Requirement, ...]

    @property
    def takes_minutes(self) -> bool:
        return self.credited_minutes < self.issued_minutes


def change_since(proof: str, verdict: Eligibility) -> Change | None:
    """Hold today's verdict against the frozen proof; None while it still supports it.

    A new certificate name takes nothing away from what was earned.
    """
    change = Change(
        credited_minutes=verdict.facts.balance.credited_minutes,
        issued_minutes=json.loads(proof)["credited_minutes"],
        shortfalls=tuple(r for r in verdict.shortfalls if r.kind is not RequirementKind.CERTIFICATE_NAME),
    )
    return change if change.takes_minutes or change.shortfalls else None
