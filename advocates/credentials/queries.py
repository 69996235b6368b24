"""Reads behind eligibility and graduation: whole sets by enrollment, one statement each."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from advocates.cohorts.models import Enrollment
from advocates.cohorts.rules import EnrollmentStatus
from advocates.credentials.models import Credential, Waiver, WaiverState
from advocates.database import db
from advocates.equivalence.queries import has_transfer
from advocates.people.models import NameConfirmation, PersonProfile

Ids = Collection[uuid.UUID]


@dataclass(frozen=True)
class EnrollmentFacts:
    """An enrollment's version and state, and the confirmation of the name its person now has on certificates."""

    enrollment_id: uuid.UUID
    version_id: uuid.UUID
    status: EnrollmentStatus
    name_confirmation_id: uuid.UUID | None
    has_transfer: bool


@dataclass(frozen=True)
class WaiverRow:
    """A waiver with the chosen names of those who proposed and approved it."""

    id: uuid.UUID
    enrollment_id: uuid.UUID
    requirement: str
    reason_code: str
    state: WaiverState
    proposed_by: uuid.UUID
    proposed_at: datetime
    proposer: str
    approver: str | None


def enrollment_facts(enrollment_ids: Ids) -> dict[uuid.UUID, EnrollmentFacts]:
    """Unknown ids are left out. A confirmation holds only while the name is the same; the latest one counts."""
    rows = db.session.execute(
        select(
            Enrollment.id,
            Enrollment.curriculum_version_id,
            Enrollment.status,
            NameConfirmation.id,
            has_transfer(Enrollment.id),
        )
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .outerjoin(
            NameConfirmation,
            (NameConfirmation.person_id == Enrollment.person_id)
            & (NameConfirmation.name == PersonProfile.certificate_name),
        )
        .where(Enrollment.id.in_(enrollment_ids))
        .order_by(Enrollment.id, NameConfirmation.confirmed_at, NameConfirmation.id)
    )
    return {row[0]: EnrollmentFacts(*row) for row in rows}


def waivers_of(enrollment_ids: Ids) -> dict[uuid.UUID, list[WaiverRow]]:
    """Every waiver ever proposed, oldest first; every id asked for is a key."""
    proposer, approver = aliased(PersonProfile), aliased(PersonProfile)
    found: dict[uuid.UUID, list[WaiverRow]] = {enrollment_id: [] for enrollment_id in enrollment_ids}
    for waiver, proposed_by, approved_by in db.session.execute(
        select(Waiver, proposer.chosen_name, approver.chosen_name)
        .join(proposer, proposer.person_id == Waiver.proposed_by)
        .outerjoin(approver, approver.person_id == Waiver.approved_by)
        .where(Waiver.enrollment_id.in_(enrollment_ids))
        .order_by(Waiver.id)
    ):
        found[waiver.enrollment_id].append(
            WaiverRow(
                id=waiver.id,
                enrollment_id=waiver.enrollment_id,
                requirement=waiver.requirement,
                reason_code=waiver.reason_code,
                state=waiver.state,
                proposed_by=waiver.proposed_by,
                proposed_at=waiver.proposed_at,
                proposer=proposed_by,
                approver=approved_by,
            )
        )
    return found


def enrollments_with_credential(enrollment_ids: Ids) -> set[uuid.UUID]:
    """Those that have a credential which has not ended, reserved ones included."""
    return set(
        db.session.scalars(
            select(Credential.enrollment_id).where(
                Credential.enrollment_id.in_(enrollment_ids), Credential.ended_at.is_(None)
            )
        )
    )
