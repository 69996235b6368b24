"""Setting a gate aside: a reason and two people, never for oneself, never minutes (DOMAIN "Completion gates")."""

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from advocates.credentials.rules.requirements import WAIVABLE, Eligibility


class WaiverReason(StrEnum):
    """Why a gate is set aside. None of them says anything about the person."""

    LATE_ENROLLMENT = "late_enrollment"
    SHOWN_ELSEWHERE = "shown_elsewhere"
    NOT_OFFERED = "not_offered"
    RECORD_LOST = "record_lost"


class WaiverRefusal(StrEnum):
    NOT_WAIVABLE = "not_waivable"
    NOT_OPEN = "not_open"
    ALREADY_PROPOSED = "already_proposed"
    OWN_ENROLLMENT = "own_enrollment"
    SAME_PERSON = "same_person"
    ALREADY_DECIDED = "already_decided"


def proposal_refusal(
    key: str, verdict: Eligibility, standing: Collection[str], *, actor_id: UUID, trainee_id: UUID
) -> WaiverRefusal | None:
    """What stands against proposing to waive the requirement of this key; `standing` are keys proposed or waived."""
    if actor_id == trainee_id:
        return WaiverRefusal.OWN_ENROLLMENT
    if key.partition(":")[0] not in WAIVABLE:
        return WaiverRefusal.NOT_WAIVABLE
    if key in standing:
        return WaiverRefusal.ALREADY_PROPOSED
    if key not in {gate.key for gate in verdict.open_gates}:
        return WaiverRefusal.NOT_OPEN
    return None


def decision_refusal(
    *, is_undecided: bool, proposed_by: UUID, actor_id: UUID, trainee_id: UUID
) -> WaiverRefusal | None:
    """What stands against this person's decision on a proposed waiver."""
    if actor_id == trainee_id:
        return WaiverRefusal.OWN_ENROLLMENT
    if actor_id == proposed_by:
        return WaiverRefusal.SAME_PERSON
    return None if is_undecided else WaiverRefusal.ALREADY_DECIDED
