"""The materials of a version, for those whom it is given to and nobody else."""

import uuid
from datetime import date

import pytest

from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db, new_id
from advocates.materials.adding import retire_material
from advocates.schedule.models import SeatKind, SessionSeat
from tests.budgets import statements
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version
from tests.factories.materials import make_material
from tests.factories.people import make_person
from tests.factories.schedule import make_session


def address(version):
    return f"/curriculum-versions/{version.id}/materials"


@pytest.fixture
def version(app, administrator):
    version = make_version()
    make_material(version.id, administrator, title="Handout on roles")
    return version


def as_person(app, person_id):
    return app.test_client().sign_in(person_id)


def test_who_is_enrolled_finds_them_from_the_first_page(app, version):
    trainee = as_person(app, make_enrollment(make_cohort(version), "Wen Harlow").person_id)
    assert address(version) in trainee.get("/").text
    text = trainee.get(address(version)).text
    assert "Handout on roles</a>" in text
    assert "PDF, " in text
    assert "Retire" not in text
    assert "/materials/add" not in text


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (EnrollmentStatus.COMPLETED, 200),
        (EnrollmentStatus.APPLIED, 404),
        (EnrollmentStatus.WAITLISTED, 404),
        (EnrollmentStatus.OFFERED, 404),
        (EnrollmentStatus.WITHDRAWN, 404),
        (EnrollmentStatus.NOT_COMPLETED, 404),
        (EnrollmentStatus.VISITING, 404),
    ],
)
def test_only_who_is_in_training_or_completed_is_given_them(app, version, status, answer):
    enrollment = make_enrollment(make_cohort(version), "Wen Harlow")
    enrollment.status = status
    db.session.commit()
    assert as_person(app, enrollment.person_id).get(address(version)).status_code == answer


def test_another_version_answers_like_a_missing_one(app, version):
    other = make_cohort(make_version(minutes=(60,)))
    for person_id in (
        make_enrollment(other, "Basil Thorne").person_id,
        make_person("Rosa Ebel", roles=["trainer"], cohort_id=other.id).id,
    ):
        assert as_person(app, person_id).get(address(version)).status_code == 404
    trainer = make_person("Odo Lantern", roles=["trainer"], cohort_id=make_cohort(version).id)
    assert as_person(app, trainer.id).get(address(version)).status_code == 200


def test_a_seat_in_a_session_gives_those_of_the_modules_it_teaches(app, version, administrator):
    make_material(version.id, administrator, place=17, title="Handout on the last module")
    session = make_session(make_cohort(version), date(2026, 10, 20))
    guest = make_enrollment(make_cohort(make_version(minutes=(60,))), "Basil Thorne")
    person_id = guest.person_id
    db.session.add(SessionSeat(id=new_id(), session_id=session.id, enrollment_id=guest.id, kind=SeatKind.GUEST))
    db.session.commit()
    text = as_person(app, person_id).get(address(version)).text
    assert "Handout on roles" in text
    assert "last module" not in text


def test_a_retired_one_is_shown_to_administrators_alone(app, version, administrator, as_administrator):
    retire_material(administrator.id, make_material(version.id, administrator, title="Old handout").id)
    db.session.commit()
    assert "Old handout" in as_administrator.get(address(version)).text
    trainee = as_person(app, make_enrollment(make_cohort(version), "Wen Harlow").person_id)
    assert "Old handout" not in trainee.get(address(version)).text


@pytest.mark.parametrize("count", [1, 18])
def test_five_statements_however_many_modules_and_materials(app, administrator, count):
    version = make_version(minutes=(60,) * count)
    for place in range(count):
        make_material(version.id, administrator, place=place)
    trainee = as_person(app, make_enrollment(make_cohort(version), "Wen Harlow").person_id)
    with statements() as sent:
        trainee.get(address(version))
    assert len(sent) <= 5  # the sign-in; the version; its modules; what is given; the materials


def test_strangers_auditors_and_missing_ones(app, client, version, as_administrator):
    assert client.get(address(version)).location.startswith("/sign-in")
    assert as_administrator.get(f"/curriculum-versions/{uuid.uuid4()}/materials").status_code == 404
    auditor = make_person("Sunniva Castellane", roles=["auditor"], cohort_id=make_cohort(version).id)
    assert as_person(app, auditor.id).get(address(version)).status_code == 403
