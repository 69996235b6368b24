"""Reads of attempts, sign-offs and signatures: whole sets by enrollment, never one statement per person."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from advocates.access import Role
from advocates.assessments.models import AgreementSignature, AgreementText, AssessmentAttempt, SkillSignOff
from advocates.assessments.rules import (
    AssessmentFacts,
    AssessmentKind,
    Attempt,
    SignedAgreement,
    SignedSkill,
    carried_agreements,
    with_carried,
)
from advocates.cohorts.models import Enrollment, Placement
from advocates.cohorts.queries import RosterRow, roster
from advocates.cohorts.rules import EnrollmentStatus
from advocates.curriculum.models import CurriculumVersion
from advocates.curriculum.rules import VersionRules, rules_from_json
from advocates.database import db
from advocates.equivalence.queries import gates_of, links_of
from advocates.equivalence.rules import Link, before, origins
from advocates.people.models import PersonProfile, RoleGrant

Ids = Collection[uuid.UUID]
STAFF = (Role.ADMINISTRATOR, Role.TRAINER)


@dataclass(frozen=True)
class PersonRecord:
    """A person of a cohort with the rules of their version and what stands recorded of them."""

    row: RosterRow
    rules: VersionRules
    facts: AssessmentFacts

    @property
    def is_enrolled(self) -> bool:
        return self.row.status is EnrollmentStatus.ENROLLED


def assessment_facts(enrollment_ids: Ids, links: Sequence[Link] | None = None) -> dict[uuid.UUID, AssessmentFacts]:
    """What stands recorded of each enrollment, voided rows left out. Four statements, five with transfers; none
    without ids.

    What was recorded before a transfer (`links`, where the caller knows them) stands as far as it is mapped.
    """
    if not enrollment_ids:
        return {}
    chain = before(links_of(enrollment_ids) if links is None else links, enrollment_ids)
    ids = {*enrollment_ids, *origins(chain)}
    attempts, skills, (agreements, settled) = _attempts(ids), _skills(ids), _agreements(ids)
    facts = {
        enrollment_id: AssessmentFacts(
            enrollment_id=enrollment_id,
            pre_test_taken=next(iter(attempts[enrollment_id, AssessmentKind.PRE_TEST]), None),
            post_test_attempts=tuple(attempts[enrollment_id, AssessmentKind.POST_TEST]),
            signed_skills=tuple(skills[enrollment_id]),
            signed_agreements=tuple(agreements[enrollment_id]),
            is_settled=enrollment_id in settled,
        )
        for enrollment_id in ids
    }
    gates = gates_of({link.map_id for link in chain})
    for link in chain:
        left, here = facts[link.from_enrollment_id], facts[link.to_enrollment_id]
        facts[link.to_enrollment_id] = with_carried(here, left, gates[link.map_id])
    return {enrollment_id: facts[enrollment_id] for enrollment_id in enrollment_ids}


def people_of(cohort_id: uuid.UUID) -> list[PersonRecord]:
    """Everyone in training or graduated in the cohort, by name. Six statements."""
    taught = {EnrollmentStatus.ENROLLED, EnrollmentStatus.COMPLETED}
    rows = [row for row in roster(cohort_id) if row.status in taught]
    rules = rules_of({row.curriculum_version_id for row in rows})
    facts = assessment_facts([row.enrollment_id for row in rows])
    return [PersonRecord(row, rules[row.curriculum_version_id], facts[row.enrollment_id]) for row in rows]


def rules_of(version_ids: Ids) -> dict[uuid.UUID, VersionRules]:
    """The rules of each version. One statement."""
    rows = db.session.execute(
        select(CurriculumVersion.id, CurriculumVersion.rules).where(CurriculumVersion.id.in_(version_ids))
    )
    return {version_id: rules_from_json(text) for version_id, text in rows}


def lock_enrolled(cohort_id: uuid.UUID, enrollment_ids: Ids) -> dict[uuid.UUID, Enrollment]:
    """Those of the enrollments that are in training in the cohort, locked in the order of their ids."""
    query = (
        select(Enrollment)
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .where(
            Enrollment.id.in_(enrollment_ids),
            Enrollment.status == EnrollmentStatus.ENROLLED,
            Placement.cohort_id == cohort_id,
            Placement.ended_at.is_(None),
        )
        .order_by(Enrollment.id)
        .with_for_update(of=Enrollment)
    )
    return {enrollment.id: enrollment for enrollment in db.session.scalars(query)}


def lock_own_enrolled(person_id: uuid.UUID) -> list[Enrollment]:
    """The person's enrollments in training, locked in the order of their ids."""
    query = (
        select(Enrollment)
        .where(Enrollment.person_id == person_id, Enrollment.status == EnrollmentStatus.ENROLLED)
        .order_by(Enrollment.id)
        .with_for_update()
    )
    return list(db.session.scalars(query))


def names_of(person_ids: Ids) -> dict[uuid.UUID, str]:
    """Chosen names by person. One statement."""
    query = select(PersonProfile).where(PersonProfile.person_id.in_(person_ids))
    return {profile.person_id: profile.chosen_name for profile in db.session.scalars(query)}


def staff_besides(person_id: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    """Every other administrator and trainer by name: who may witness what this person types in."""
    rows = db.session.execute(
        select(PersonProfile.person_id, PersonProfile.chosen_name)
        .join(RoleGrant, RoleGrant.person_id == PersonProfile.person_id)
        .where(RoleGrant.role.in_(STAFF), RoleGrant.ended_at.is_(None), RoleGrant.person_id != person_id)
        .distinct()
        .order_by(PersonProfile.chosen_name, PersonProfile.person_id)
    )
    return [(staff_id, name) for staff_id, name in rows]


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
        signed = SignedSkill(row.id, row.skill, row.observed_on, row.signed_by, row.rubric_number)
        found[row.enrollment_id].append(signed)
    return found


def signed_agreements(enrollment_ids: Ids) -> dict[uuid.UUID, list[SignedAgreement]]:
    """The signatures of each enrollment, those from before a transfer first, then the earliest typed.

    Two statements, three with transfers.
    """
    chain = before(links_of(enrollment_ids), enrollment_ids)
    found, _settled = _agreements({*enrollment_ids, *origins(chain)})
    gates = gates_of({link.map_id for link in chain})
    for link in chain:
        left = carried_agreements(found[link.from_enrollment_id], gates[link.map_id])
        found[link.to_enrollment_id] = [*left, *found[link.to_enrollment_id]]
    return found


def _agreements(ids: Ids) -> tuple[dict[uuid.UUID, list[SignedAgreement]], set[uuid.UUID]]:
    """The signatures of each enrollment itself, the earliest typed first, and the completed ones. One statement."""
    newer = aliased(AgreementText)
    asked_since = (
        select(func.max(newer.version)).where(newer.key == AgreementText.key, newer.asks_again).scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Enrollment.id,
            Enrollment.status,
            AgreementSignature.id,
            AgreementText.key,
            AgreementText.version,
            AgreementSignature.signed_on,
            AgreementText.id,
            AgreementText.language,
            AgreementSignature.text_sha256,
            func.coalesce(asked_since, 1),
        )
        .outerjoin(AgreementSignature, AgreementSignature.enrollment_id == Enrollment.id)
        .outerjoin(AgreementText, AgreementText.id == AgreementSignature.agreement_text_id)
        .where(Enrollment.id.in_(ids))
        .order_by(AgreementSignature.id)
    ).all()
    found: dict[uuid.UUID, list[SignedAgreement]] = defaultdict(list)
    for enrollment_id, _status, signature_id, *signed in rows:
        if signature_id is not None:
            found[enrollment_id].append(SignedAgreement(signature_id, *signed))
    return found, {enrollment_id for enrollment_id, status, *_ in rows if status is EnrollmentStatus.COMPLETED}
