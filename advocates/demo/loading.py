"""Load the demo into an empty database: the same people and outcomes every time, dated relative to today."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from flask import current_app
from sqlalchemy import select

from advocates import clock
from advocates.access import Role
from advocates.assessments.wording import ensure_shipped_texts
from advocates.cohorts.models import Enrollment, Placement
from advocates.credentials.models import Credential, Issuer, Signatory
from advocates.curriculum.shipped import shipped_documents
from advocates.database import db
from advocates.demo import cast, curricula, moves, planned, stage, stories
from advocates.demo.agreements import tell_agreements
from advocates.demo.arrivals import tell_arrivals
from advocates.demo.asked import tell_asked
from advocates.demo.owed import tell_owed
from advocates.demo.past import tell_past
from advocates.demo.staffed import staff_sessions
from advocates.demo.tested import tell_tests
from advocates.people.granting import grant_role
from advocates.people.models import Person, PersonProfile
from advocates.people.passwords import hash_password
from advocates.schedule.models import TrainingSession
from advocates.skills.authorizing import Grant, authorize_person
from advocates.skills.writing import use_shipped_rubrics

AUDIT_LASTS = timedelta(days=365)


class NotEmpty(Exception):
    """The database holds people who are not the demo's."""


@dataclass(frozen=True)
class Loaded:
    """Whom to sign in as, and an address of each main page that shows something."""

    sign_ins: list[dict[str, str]]
    addresses: dict[str, str]


def load_demo(today: date) -> Loaded:
    """Load the demo and commit, or find it loaded already. Raises NotEmpty and changes nothing."""
    if db.session.scalars(select(Person.id).limit(1)).first() is not None:
        if not db.session.scalars(select(Issuer.id).filter_by(name=cast.ISSUER, is_sample=True)).first():
            raise NotEmpty
        return _loaded()
    password_hash = hash_password(cast.PASSWORD)
    with clock.at(stage.noon(stories.PILOT_STARTS - timedelta(days=30))):
        staff = _found()
    pilot = stories.tell_pilot(staff)
    ends = clock.now() + AUDIT_LASTS
    grant_role(staff.administrator.person_id, staff.auditor.person_id, Role.AUDITOR, pilot.cohort.id, ends)
    current = stories.tell_current(staff, today)
    staff_sessions(staff, current, today)
    tell_arrivals(current, today)
    stories.tell_upcoming(staff, today)
    planned.plan_ahead(staff, today)
    tell_owed(staff, current, today)
    moves.tell_moves(staff, today)
    curricula.draft_next(staff.administrator.person_id, today)
    tell_past(staff, today)
    tell_asked(staff, pilot, current, today)
    tell_agreements(staff, current, today)
    tell_tests(staff, current, today)
    stage.give_passwords(password_hash)
    db.session.commit()
    return _loaded()


def _found() -> stage.Staff:
    """The issuer, the staff, the texts and the published curriculum."""
    db.session.add(Issuer(name=cast.ISSUER, program_title=cast.PROGRAM, serial_prefix=cast.PREFIX, is_sample=True))
    db.session.add_all(
        Signatory(position=position, name=name, title=title)
        for position, (name, title) in enumerate(cast.SIGNATORIES, 1)
    )
    first = stage.hire(None, *cast.ADMINISTRATORS[0], Role.ADMINISTRATOR)
    administrators = (first, stage.hire(first.person_id, *cast.ADMINISTRATORS[1], Role.ADMINISTRATOR))
    trainers = tuple(stage.hire(first.person_id, *trainer, Role.TRAINER) for trainer in cast.TRAINERS)
    auditor = stage.hire(first.person_id, *cast.AUDITOR, Role.AUDITOR)
    ensure_shipped_texts(first.person_id)
    version_id = curricula.publish_shipped(first.person_id)
    use_shipped_rubrics(first.person_id, version_id)
    for signer in (administrators[0], *trainers):
        authorize_person(first.person_id, version_id, Grant(signer.person_id, None, clock.today()))
    db.session.commit()
    skills = shipped_documents()[curricula.CURRICULUM].rules.skills
    return stage.Staff(administrators, trainers, auditor, version_id, tuple(skills))


@dataclass(frozen=True)
class _Found:
    email: str | None
    enrollment_id: uuid.UUID
    cohort_id: uuid.UUID


def _find(name: str) -> _Found:
    """Where the person of this name is placed."""
    row = db.session.execute(
        select(PersonProfile.email, Enrollment.id, Placement.cohort_id)
        .join(Enrollment, Enrollment.person_id == PersonProfile.person_id)
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .where(PersonProfile.chosen_name == name)
    ).one()
    return _Found(*row)


def _loaded() -> Loaded:
    """What is there, read back: the newest cohort in training, the pilot and one of its awards."""
    current, pilot = _find(cast.CURRENT[0].name), _find(cast.PILOT[0].name)
    credential = db.session.scalars(select(Credential).order_by(Credential.serial)).first()
    register = db.session.scalars(
        select(TrainingSession.id)
        .where(TrainingSession.cohort_id == current.cohort_id, TrainingSession.signed_off_at.is_(None))
        .order_by(TrainingSession.planned_start)
    ).first()
    assert credential is not None  # noqa: S101
    base = current_app.config["BASE_ADDRESS"]
    sign_ins = [
        ("administrator", cast.ADMINISTRATORS[0][1]),
        ("administrator", cast.ADMINISTRATORS[1][1]),
        ("trainer", cast.TRAINERS[0][1]),
        ("trainee", current.email),
        ("graduate", pilot.email),
        ("auditor", cast.AUDITOR[1]),
    ]
    return Loaded(
        [{"role": role, "email": email or "", "password": cast.PASSWORD} for role, email in sign_ins],
        {
            "register_url": f"{base}/sessions/{register}/attendance",
            "enrollment_url": f"{base}/enrollments/{current.enrollment_id}",
            "graduation_url": f"{base}/cohorts/{current.cohort_id}/graduation",
            "certificate_url": f"{base}/credentials/{credential.id}/certificate.pdf",
            "verify_url": f"{base}/verify/{credential.code}",
        },
    )
