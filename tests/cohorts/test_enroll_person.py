"""Enrolling one person."""

import uuid
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from advocates.access import Role
from advocates.audit.models import AuditEvent
from advocates.cohorts.models import Enrollment, Placement
from advocates.database import db
from advocates.messages.models import OutboxMessage
from advocates.people.models import Agency, Person, PersonProfile, RoleGrant
from advocates.people.passwords import hash_password
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version
from tests.factories.people import make_person


def enroll(client, cohort, name="Łucja Nowak", **data):
    return client.post_form(f"/cohorts/{cohort.id}/enroll", {"chosen_name": name, **data})


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.fixture
def with_mail(app, monkeypatch):
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], mail_server="mail.example.org"))


def test_a_new_person_gets_a_seat_a_pinned_version_the_role_and_an_invitation_by_mail(as_administrator, with_mail):
    cohort = make_cohort()
    response = enroll(
        as_administrator, cohort, email="Lucja@Example.org", agency="West Side Hope", pronunciation="WOO-tsya"
    )
    assert response.location == f"/cohorts/{cohort.id}"
    profile = db.session.scalars(select(PersonProfile).filter_by(chosen_name="Łucja Nowak")).one()
    enrollment = db.session.scalars(select(Enrollment)).one()
    placement = db.session.scalars(select(Placement)).one()
    grant = db.session.scalars(select(RoleGrant).filter_by(role=Role.TRAINEE)).one()
    assert enrollment.person_id == grant.person_id == profile.person_id
    assert enrollment.curriculum_version_id == cohort.curriculum_version_id
    assert (placement.cohort_id, placement.ended_at) == (cohort.id, None)
    assert grant.cohort_id is None
    assert db.session.get_one(Agency, profile.agency_id).name == "West Side Hope"
    assert profile.pronunciation == "WOO-tsya"
    mail = db.session.scalars(select(OutboxMessage)).one()
    assert "/invitations/" in mail.body
    assert "Łucja Nowak" in as_administrator.get(response.location).text


def test_without_a_mail_server_the_link_is_shown_once_to_be_copied(as_administrator):
    response = enroll(as_administrator, make_cohort(), email="lucja@example.org")
    assert response.status_code == 200
    assert "http://localhost/invitations/" in response.text
    assert count(Enrollment) == 1


def test_a_person_without_e_mail_is_enrolled_all_the_same(as_administrator):
    cohort = make_cohort()
    assert enroll(as_administrator, cohort).location == f"/cohorts/{cohort.id}"
    assert count(Enrollment) == 1


def test_somebody_known_by_e_mail_is_enrolled_as_they_are(as_administrator):
    known = make_person("Łucja Nowak-Reyes", email="lucja@example.org", password_hash=hash_password("x" * 20))
    people = count(Person)
    response = enroll(as_administrator, make_cohort(), "L. Nowak", email="LUCJA@example.org")
    assert response.status_code == 303
    assert count(Person) == people
    assert db.session.scalars(select(Enrollment.person_id)).one() == known.id
    assert db.session.get_one(PersonProfile, known.id).chosen_name == "Łucja Nowak-Reyes"


def test_a_known_agency_is_found_whatever_its_capitals(as_administrator):
    db.session.add(Agency(name="West Side Hope"))
    db.session.commit()
    enroll(as_administrator, make_cohort(), agency="WEST SIDE HOPE")
    assert count(Agency) == 1


def test_enrolling_the_same_person_again_is_refused_at_the_field(as_administrator):
    cohort = make_cohort()
    enroll(as_administrator, cohort, email="lucja@example.org")
    again = enroll(as_administrator, cohort, email="lucja@example.org")
    assert again.status_code == 422
    assert "in this cohort already" in again.text
    assert 'id="email-error"' in again.text
    assert enroll(as_administrator, cohort).status_code == 422
    assert count(Enrollment) == 1


def test_somebody_in_training_elsewhere_is_refused_with_where(as_administrator):
    version = make_version()
    there = make_cohort(version, title="Spring 2026")
    make_enrollment(there, person=make_person("Wen Harlow", email="wen@example.org"))
    response = enroll(as_administrator, make_cohort(version), "Wen Harlow", email="wen@example.org")
    assert response.status_code == 422
    assert "Spring 2026" in response.text
    assert count(Enrollment) == 1


def test_a_withdrawn_person_can_be_enrolled_anew(as_administrator):
    cohort = make_cohort()
    person = make_person("Wen Harlow", roles=["trainee"], email="wen@example.org")
    enrollment = make_enrollment(cohort, person=person)
    as_administrator.post_form(f"/enrollments/{enrollment.id}/withdraw", {"reason": "own_wish"})
    enroll(as_administrator, cohort, "Wen Harlow", email="wen@example.org")
    assert count(Enrollment) == 2
    assert count(RoleGrant) == 2  # the administrator's, and still one trainee role


def test_a_full_cohort_refuses(as_administrator):
    cohort = make_cohort(capacity=1)
    make_enrollment(cohort)
    response = enroll(as_administrator, cohort)
    assert response.status_code == 422
    assert "All seats of this cohort are taken" in response.text
    assert count(Enrollment) == 1


def test_nobody_enrolls_themself(as_administrator, administrator):
    email = db.session.get_one(PersonProfile, administrator.id).email
    response = enroll(as_administrator, make_cohort(), "Ada Quill", email=email)
    assert response.status_code == 422
    assert "cannot enroll yourself" in response.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("chosen_name", ""),
        ("chosen_name", "x" * 101),
        ("chosen_name", "Ann\u202eBell"),
        ("email", "lucja"),
        ("agency", "x" * 201),
        ("pronunciation", "a\x00b"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_what_was_typed_is_kept(as_administrator, field, value):
    data = {"email": "lucja@example.org", "agency": "West Side Hope"} | {field: value}
    response = enroll(as_administrator, make_cohort(), data.pop("chosen_name", "Łucja Nowak"), **data)
    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    assert ("West Side Hope" in response.text) is (field != "agency")
    assert count(Enrollment) == 0


def test_a_form_sent_twice_enrolls_once(as_administrator):
    cohort, key = make_cohort(), str(uuid.uuid4())
    for _ in range(2):
        response = enroll(as_administrator, cohort, email="lucja@example.org", request_key=key)
    assert response.location == f"/cohorts/{cohort.id}"
    assert count(Enrollment) == 1
    assert db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all() == [
        "invite_people",
        "enroll_people",
    ]


def test_only_administrators_enroll_and_a_missing_cohort_is_404(client, as_administrator):
    cohort = make_cohort()
    assert as_administrator.get(f"/cohorts/{uuid.uuid4()}/enroll").status_code == 404
    assert enroll(client, cohort).location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id).id)
    assert client.get(f"/cohorts/{cohort.id}/enroll").status_code == 403
    assert enroll(client, cohort).status_code == 403
    assert count(Enrollment) == 0
