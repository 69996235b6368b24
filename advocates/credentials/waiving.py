"""Set a gate aside for one person: one proposes, somebody else decides. Minutes never."""

import uuid

from sqlalchemy import select

from advocates import clock
from advocates.audit.recording import record
from advocates.cohorts.models import Enrollment
from advocates.credentials.eligibility import assess_many
from advocates.credentials.models import Waiver, WaiverState
from advocates.credentials.queries import waivers_of
from advocates.credentials.rules import WaiverReason, WaiverRefusal, decision_refusal, proposal_refusal
from advocates.database import db, new_id


class WaiverRefused(Exception):
    """Nothing was changed; `refusal` says why."""

    def __init__(self, refusal: WaiverRefusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


def propose_waiver(actor_id: uuid.UUID, enrollment_id: uuid.UUID, requirement: str, reason: WaiverReason) -> Waiver:
    """Ask that a requirement of this key be set aside. Raises WaiverRefused."""
    enrollment = _lock(enrollment_id)
    standing = [w.requirement for w in waivers_of([enrollment_id])[enrollment_id] if w.state != WaiverState.REFUSED]
    verdict = assess_many([enrollment_id])[enrollment_id]
    refusal = proposal_refusal(requirement, verdict, standing, actor_id=actor_id, trainee_id=enrollment.person_id)
    if refusal:
        raise WaiverRefused(refusal)
    waiver = Waiver(
        id=new_id(),
        enrollment_id=enrollment_id,
        requirement=requirement,
        reason_code=reason,
        proposed_by=actor_id,
        proposed_at=clock.now(),
        state=WaiverState.PROPOSED,
    )
    db.session.add(waiver)
    _record(actor_id, "propose_waiver", waiver)
    return waiver


def decide_waiver(actor_id: uuid.UUID, waiver: Waiver, *, is_approved: bool) -> None:
    """Approve or refuse a proposed waiver. Raises WaiverRefused."""
    enrollment = _lock(waiver.enrollment_id)
    db.session.refresh(waiver, with_for_update=True)
    refusal = decision_refusal(
        is_undecided=waiver.state is WaiverState.PROPOSED,
        proposed_by=waiver.proposed_by,
        actor_id=actor_id,
        trainee_id=enrollment.person_id,
    )
    if refusal:
        raise WaiverRefused(refusal)
    waiver.state = WaiverState.APPROVED if is_approved else WaiverState.REFUSED
    waiver.approved_by = actor_id if is_approved else None
    waiver.decided_at = clock.now()
    _record(actor_id, "approve_waiver" if is_approved else "refuse_waiver", waiver)


def _lock(enrollment_id: uuid.UUID) -> Enrollment:
    return db.session.scalars(select(Enrollment).where(Enrollment.id == enrollment_id).with_for_update()).one()


def _record(actor_id: uuid.UUID, action: str, waiver: Waiver) -> None:
    record(
        actor_id,
        action,
        waiver=waiver.id,
        enrollment=waiver.enrollment_id,
        requirement=waiver.requirement.partition(":")[0],
        reason=waiver.reason_code,
    )
