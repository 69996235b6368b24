"""People on their way to a certificate, committed: taught by real sign-offs on a short curriculum, gates by row."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from advocates import clock
from advocates.assessments.models import AgreementSignature, AgreementText, AssessmentAttempt, SkillSignOff
from advocates.assessments.rules import AssessmentKind, text_sha256
from advocates.attendance.correcting import correct_mark
from advocates.attendance.crediting import recredit
from advocates.attendance.models import AttendanceMark, MarkWay
from advocates.attendance.rules import CorrectionReason, Outcome, Typed, intervals_to_text
from advocates.audit.recording import record
from advocates.cohorts.models import Cohort
from advocates.credentials.models import Credential, CredentialPerson, CredentialState, Issuer, Signatory
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import rules_from_json, rules_to_json
from advocates.database import db, new_id
from advocates.files import storing
from advocates.hours.rules import Presence
from advocates.people.models import NameConfirmation, PersonProfile
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version, shipped_document
from tests.factories.people import make_person
from tests.factories.schedule import make_session

MINUTES = (60, 45)
SKILLS = shipped_document().rules.skills
AGREEMENTS = shipped_document().rules.agreements
TAUGHT_ON = date(2026, 12, 1)
TESTED_ON = date(2026, 12, 5)
STATED = {
    "program_title": "Victim Advocate Training",
    "issuer_name": "Lakeshore Center for Community Safety",
    "is_sample": False,
    "curriculum_title": "Victim Advocate Training",
    "version_number": 1,
    "credited_minutes": 105,
    "minutes_by_mode": {"in_person": 105},
    "completed_on": "2026-12-05",
    "issued_on": "2026-12-05",
    "signatories": [["Renata Okafor-Lind", "Program Director"]],
    "transcript": [["Orientation", 105, "2026-12-01"]],
    "place": "Malcolm X College",
    "language": "en",
}


def make_short_cohort(rules: Mapping[str, Any] = MappingProxyType({}), **columns: Any) -> Cohort:
    """A cohort on the first two shipped modules, 1 h 45 min in all, with every gate and no delivery limits."""
    version = make_version(minutes=MINUTES, is_published=False)
    limits: dict[str, Any] = {"delivery_minimums_minutes": {}, "delivery_caps_minutes": {}, **rules}
    version.rules = rules_to_json(replace(rules_from_json(version.rules), **limits))
    version.published_at = clock.now()
    db.session.commit()
    return make_cohort(version, **columns)


def teach(
    cohort: Cohort, enrollments: Sequence[Any], *, day: date = TAUGHT_ON, starts: str = "17:30", leaves_early: int = 0
) -> None:
    """A signed-off session over the whole short curriculum; all leave `leaves_early` minutes before its end."""
    trainer = make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id)
    parts = [(position, 0, minutes) for position, minutes in enumerate(MINUTES)]
    session = make_session(cohort, day, starts, parts, signed_off_at=clock.now(), signed_off_by=trainer.id)
    end = session.planned_end - timedelta(minutes=leaves_early)
    present = intervals_to_text([Presence(session.planned_start, end, DeliveryMode.IN_PERSON)])
    marks = [
        AttendanceMark(
            id=new_id(),
            session_id=session.id,
            enrollment_id=enrollment.id,
            version=1,
            outcome=Outcome.PRESENT,
            intervals=present,
            way=MarkWay.REGISTER,
            recorded_by=trainer.id,
            recorded_at=clock.now(),
            client_key=new_id(),
        )
        for enrollment in enrollments
    ]
    entries = recredit(trainer.id, [enrollment.id for enrollment in enrollments], "sign_off", new_marks=marks)
    record(trainer.id, "sign_off", rows=[*marks, *entries], session=session.id)
    db.session.commit()


def take_back(enrollment: Any) -> None:
    """A correction after sign-off: the trainee was absent from the session that `teach` held."""
    mark = db.session.scalars(select(AttendanceMark).filter_by(enrollment_id=enrollment.id)).one()
    correct_mark(
        mark.recorded_by,
        mark.session_id,
        enrollment.id,
        mark.version,
        Typed(Outcome.ABSENT),
        CorrectionReason.PAPER_SAYS_OTHERWISE,
    )
    db.session.commit()


def take_test(enrollment: Any, score: int, *, number: int = 1, kind: str = "post_test", on: date = TESTED_ON) -> Any:
    """One attempt over 50 questions."""
    attempt = AssessmentAttempt(
        id=new_id(),
        enrollment_id=enrollment.id,
        kind=AssessmentKind(kind),
        number=number,
        score=score,
        questions=50,
        taken_on=on,
        recorded_by=enrollment.person_id,
        recorded_at=clock.now(),
    )
    db.session.add(attempt)
    db.session.commit()
    return attempt


def sign_skills(enrollment: Any, skills: Sequence[str] = SKILLS, *, on: date = TESTED_ON) -> None:
    common = {"enrollment_id": enrollment.id, "signed_by": enrollment.person_id, "signed_at": clock.now()}
    db.session.add_all(SkillSignOff(skill=skill, observed_on=on, **common) for skill in skills)
    db.session.commit()


def sign_agreements(enrollment: Any, keys: Sequence[str] = AGREEMENTS, *, on: date = TESTED_ON) -> None:
    for key in keys:
        make_signature(enrollment, key, on=on)


def make_signature(enrollment: Any, key: str = AGREEMENTS[0], *, on: date = TESTED_ON) -> AgreementSignature:
    """On screen, under the first text that there is."""
    text = db.session.scalars(select(AgreementText).filter_by(key=key)).first()
    if text is None:
        text = AgreementText(
            id=new_id(),
            key=key,
            version=1,
            title=key,
            body="…",
            sha256=text_sha256(key, "…"),
            published_at=clock.now(),
        )
        db.session.add(text)
        db.session.flush()
    signature = AgreementSignature(
        id=new_id(),
        enrollment_id=enrollment.id,
        agreement_text_id=text.id,
        text_sha256=text.sha256,
        typed_name="Wen Harlow",
        way="screen",
        signed_on=on,
        recorded_by=enrollment.person_id,
        recorded_at=clock.now(),
    )
    db.session.add(signature)
    db.session.commit()
    return signature


def confirm_name(enrollment: Any, name: str = "Wen Harlow") -> NameConfirmation:
    """The name becomes the certificate name, and the person confirms it."""
    person_id = enrollment.person_id
    confirmation = NameConfirmation(
        id=new_id(), person_id=person_id, name=name, way="screen", confirmed_at=clock.now(), recorded_by=person_id
    )
    db.session.get_one(PersonProfile, person_id).certificate_name = name
    db.session.add(confirmation)
    db.session.commit()
    return confirmation


def open_gates(enrollment: Any, name: str = "Wen Harlow") -> None:
    """Everything besides hours."""
    take_test(enrollment, 12, kind="pre_test", on=TAUGHT_ON)
    take_test(enrollment, 44)
    sign_skills(enrollment)
    sign_agreements(enrollment)
    confirm_name(enrollment, name)


def make_ready(cohort: Cohort, name: str = "Wen Harlow", **more: Any) -> Any:
    """An enrollment that meets every requirement."""
    enrollment = make_enrollment(cohort, name, **more)
    teach(cohort, [enrollment])
    open_gates(enrollment, name)
    return enrollment


def make_issuer(*, signatories: int = 1, is_sample: bool = False) -> Issuer:
    issuer = Issuer(
        id=new_id(),
        name="Lakeshore Center for Community Safety",
        program_title="Victim Advocate Training",
        serial_prefix="LCS",
        is_sample=is_sample,
    )
    db.session.add(issuer)
    for position in range(1, signatories + 1):
        db.session.add(Signatory(position=position, name=f"Renata Okafor-Lind {position}", title="Program Director"))
    db.session.commit()
    return issuer


def make_credential(enrollment: Any, issued_by: Any, serial: str = "LCS-2026-0001", state: str = "in_force") -> Any:
    """An award as a row: nothing was assessed, and its file only begins like a PDF."""
    stored = storing.put(b"%PDF-1.7", "application/pdf")
    credential = Credential(
        id=new_id(),
        enrollment_id=enrollment.id,
        serial=serial,
        code=new_id().hex,
        state=CredentialState(state),
        content=json.dumps(STATED),
        proof='{"credited_minutes":105,"requirements":[]}',
        pdf_file_id=stored.id,
        pdf_sha256=stored.sha256,
        proof_sha256="0" * 64,
        completed_on=TESTED_ON,
        issued_on=TESTED_ON,
        issued_by=issued_by.id,
        reserved_at=clock.now(),
        published_at=clock.now(),
        ended_at=clock.now() if state in {"replaced", "revoked"} else None,
    )
    db.session.add(credential)
    db.session.flush()
    db.session.add(CredentialPerson(credential_id=credential.id, printed_name="Wen Harlow", salt="0" * 32))
    db.session.commit()
    return credential
