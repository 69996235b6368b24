"""Reads of attempts, sign-offs and signatures: whole sets by enrollment, never one statement per person."""

import uuid
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from advocates.assessments.models import AgreementSignature, AgreementText, AssessmentAttempt, SkillSignOff
from advocates.assessments.rules import AssessmentFacts, AssessmentKind, Attempt, SignedAgreement, SignedSkill
from advocates.database import db

Ids = Collection[uuid.UUID]


def assessment_facts(enrollment_ids: Ids) -> dict[uuid.UUID, AssessmentFacts]:
    """What stands recorded of each enrollment, voided rows left out. Three statements; none without ids."""
    if not enrollment_ids:
        return {}
    attempts, skills, agreements = _attempts(enrollment_ids), _skills(enrollment_ids), _agreements(enrollment_ids)
    return {
        enrollment_id: AssessmentFacts(
            enrollment_id=enrollment_id,
            pre_test_taken=next(iter(attempts[enrollment_id, AssessmentKind.PRE_TEST]), None),
            post_test_attempts=tuple(attempts[enrollment_id, AssessmentKind.POST_TEST]),
            signed_skills=tuple(skills[enrollment_id]),
            signed_agreements=tuple(agreements[enrollment_id]),
        )
        for enrollment_id in enrollment_ids
    }


def _attempts(ids: Ids) -> dict[tuple[uuid.UUID, AssessmentKind], list[Attempt]]:
    found: dict[tuple[uuid.UUID, AssessmentKind], list[Attempt]] = defaultdict(list)
    for row in db.session.scalars(
        select(AssessmentAttempt)
        .where(AssessmentAttempt.enrollment_id.in_(ids), AssessmentAttempt.voided_at.is_(None))
        .order_by(AssessmentAttempt.number)
    ):
        attempt = Attempt(row.id, row.number, row.score, row.questions, row.taken_on)
        found[row.enrollment_id, row.kind].append(attempt)
    return found


def _skills(ids: Ids) -> dict[uuid.UUID, list[SignedSkill]]:
    found: dict[uuid.UUID, list[SignedSkill]] = defaultdict(list)
    for row in db.session.scalars(
        select(SkillSignOff)
        .where(SkillSignOff.enrollment_id.in_(ids), SkillSignOff.voided_at.is_(None))
        .order_by(SkillSignOff.id)
    ):
        found[row.enrollment_id].append(SignedSkill(row.id, row.skill, row.observed_on, row.signed_by))
    return found


def _agreements(ids: Ids) -> dict[uuid.UUID, list[SignedAgreement]]:
    found: dict[uuid.UUID, list[SignedAgreement]] = defaultdict(list)
    for signature_id, enrollment_id, key, version, signed_on in db.session.execute(
        select(
            AgreementSignature.id,
            AgreementSignature.enrollment_id,
            AgreementText.key,
            AgreementText.version,
            AgreementSignature.signed_on,
        )
        .join(AgreementText, AgreementText.id == AgreementSignature.agreement_text_id)
        .where(AgreementSignature.enrollment_id.in_(ids))
        .order_by(AgreementSignature.id)
    ):
        found[enrollment_id].append(SignedAgreement(signature_id, key, version, signed_on))
    return found
