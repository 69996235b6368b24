"""Reads of agreement texts in their versions and languages, of who signed them and who still has to."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from advocates.assessments.models import AgreementSignature, AgreementText
from advocates.assessments.queries import rules_of, signed_agreements
from advocates.assessments.rules import BINDING, SignedAgreement, in_language, latest_signature, standing_signature
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.curriculum.rules import Agreement
from advocates.database import db

TAUGHT = (EnrollmentStatus.ENROLLED, EnrollmentStatus.COMPLETED)


@dataclass(frozen=True)
class VersionTexts:
    """One version of an agreement in every language it has; English is among them, and binding."""

    by_language: Mapping[str, AgreementText]

    @property
    def binding(self) -> AgreementText:
        return self.by_language[BINDING]

    def read_in(self, language: str) -> AgreementText:
        return in_language(self.by_language, language)


@dataclass(frozen=True)
class OwnAgreement:
    """An agreement asked of a person: the newest version, and their signature once it stands for all who ask.

    `earlier` is the signature that a newer version asks for again.
    """

    key: Agreement
    texts: VersionTexts | None
    signed: SignedAgreement | None
    earlier: SignedAgreement | None = None


@dataclass(frozen=True)
class StillToSign:
    """How many people in training in a cohort have an agreement still to sign."""

    cohort_id: uuid.UUID
    title: str
    people: int
    by_agreement: Mapping[Agreement, int]


def text_versions() -> dict[str, list[VersionTexts]]:
    """Every version of each agreement by key, the newest first. One statement."""
    query = select(AgreementText).order_by(AgreementText.key, AgreementText.version.desc(), AgreementText.language)
    found: dict[str, dict[int, dict[str, AgreementText]]] = defaultdict(lambda: defaultdict(dict))
    for text in db.session.scalars(query):
        found[text.key][text.version][text.language] = text
    return {key: [VersionTexts(each) for each in versions.values()] for key, versions in found.items()}


def agreement_texts() -> Sequence[AgreementText]:
    """Every version of every binding text, by key, the current one first."""
    return [version.binding for versions in text_versions().values() for version in versions]


def current_texts() -> dict[str, AgreementText]:
    """The newest binding text by key."""
    return {key: versions[0].binding for key, versions in text_versions().items()}


def asked_since(versions: Sequence[VersionTexts]) -> int:
    """The newest version that asks everyone to sign again, or 1."""
    return max((each.binding.version for each in versions if each.binding.asks_again), default=1)


def own_agreements(person_id: uuid.UUID) -> list[OwnAgreement]:
    """The agreements that a person's enrollments ask for, in the versions' order. Five statements."""
    enrollments = db.session.scalars(
        select(Enrollment)
        .where(Enrollment.person_id == person_id, Enrollment.status.in_(TAUGHT))
        .order_by(Enrollment.id)
    ).all()
    rules = rules_of({enrollment.curriculum_version_id for enrollment in enrollments})
    signed, versions = signed_agreements([enrollment.id for enrollment in enrollments]), text_versions()
    asked: dict[Agreement, list[SignedAgreement | None]] = {}
    asked_again: dict[Agreement, SignedAgreement] = {}
    for enrollment in enrollments:
        is_settled = enrollment.status is EnrollmentStatus.COMPLETED
        for key in rules[enrollment.curriculum_version_id].agreements:
            standing = standing_signature(signed[enrollment.id], key, is_settled=is_settled)
            asked.setdefault(key, []).append(standing)
            if standing is None and (earlier := latest_signature(signed[enrollment.id], key)):
                asked_again[key] = earlier
    return [
        OwnAgreement(
            key,
            versions[key][0] if key in versions else None,
            signatures[0] if all(signatures) else None,
            asked_again.get(key),
        )
        for key, signatures in asked.items()
    ]


def find_signature(signature_id: uuid.UUID) -> tuple[AgreementSignature, AgreementText] | None:
    """The signature with the text it stands under."""
    row = db.session.execute(
        select(AgreementSignature, AgreementText)
        .join(AgreementText, AgreementText.id == AgreementSignature.agreement_text_id)
        .where(AgreementSignature.id == signature_id)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def still_to_sign() -> list[StillToSign]:
    """The open cohorts in which somebody in training has an agreement to sign, by their first day. Four statements,
    five with transfers."""
    rows = db.session.execute(
        select(Cohort.id, Cohort.title, Enrollment.id, Enrollment.curriculum_version_id)
        .join(Placement, Placement.cohort_id == Cohort.id)
        .join(Enrollment, Enrollment.id == Placement.enrollment_id)
        .where(
            Placement.ended_at.is_(None),
            Cohort.closed_at.is_(None),
            Enrollment.status == EnrollmentStatus.ENROLLED,
        )
        .order_by(Cohort.starts_on, Cohort.id)
    ).all()
    rules = rules_of({version_id for *_, version_id in rows})
    signed = signed_agreements([enrollment_id for _, _, enrollment_id, _ in rows])
    titles = {cohort_id: title for cohort_id, title, *_ in rows}
    missing: dict[uuid.UUID, Counter[Agreement]] = defaultdict(Counter)
    people: Counter[uuid.UUID] = Counter()
    for cohort_id, _title, enrollment_id, version_id in rows:
        asked = rules[version_id].agreements
        unsigned = [key for key in asked if standing_signature(signed[enrollment_id], key) is None]
        missing[cohort_id].update(unsigned)
        people[cohort_id] += bool(unsigned)
    return [StillToSign(key, title, people[key], missing[key]) for key, title in titles.items() if people[key]]
