"""The stored proof: for each requirement what was needed, credited, shown and waived, under which rule version."""

import hashlib
import json

from advocates.credentials.rules.requirements import Eligibility, Requirement
from advocates.hours.rules import RULE_VERSION

PROOF_FORMAT = 2


def proof_of(eligibility: Eligibility) -> str:
    """Canonical JSON of ids, minutes and rule version, no names. Its SHA-256 goes with the award."""
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
        "requirements": [_stated(requirement) for requirement in eligibility.requirements],
    }
    return json.dumps(proof, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256_of(proof: str) -> str:
    return hashlib.sha256(proof.encode()).hexdigest()


def _stated(requirement: Requirement) -> dict[str, object]:
    return {
        "kind": str(requirement.kind),
        "subject": requirement.subject,
        "needed": requirement.needed,
        "credited": requirement.credited,
        "evidence": [str(row) for row in requirement.evidence],
        "waiver": str(requirement.waiver_id) if requirement.waiver_id else None,
        "details": dict(requirement.details),
    }
