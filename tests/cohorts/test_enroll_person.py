"""Enrolling one person."""

import uuid
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from advocates.access import Role
from advocates.audit.models import AuditEvent
from advocates.cohorts.models import Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
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


def withdrawn(client, cohort, email="wen@example.org"):
    person = make_person("Wen Harlow", roles=["trainee"], email=email)
    enrollment = make_enrollment(cohort, person=person)
    client.post_form(f"/enrollments/{enrollment.id}/withdraw", {"reason": "own_wish"})
    return enrollment


def test_who_withdrew_goes_on_in_the_same_enrollment(as_administrator):
    cohort = make_cohort()
    enrollment = withdrawn(as_administrator, cohort)
    first_enrolled_at = enrollment.enrolled_at
    enroll(as_administrator, cohort, "Wen Harlow", email="wen@example.org")
    again = db.session.scalars(select(Enrollment), execution_options={"populate_existing": True}).one()
    assert (again.id, again.status, again.reason_code) == (enrollment.id, EnrollmentStatus.ENROLLED, None)
    assert again.enrolled_at == first_enrolled_at
    placements = db.session.scalars(select(Placement).order_by(Placement.id)).all()
    assert [placement.ended_at is None for placement in placements] == [False, True]
    assert count(RoleGrant) == 2  # the administrator's, and still one trainee role
    event = db.session.scalars(select(AuditEvent).filter_by(action="enroll_people")).one()
    assert f'"reopened_ids":["{enrollment.id}"]' in event.payload
    page = as_administrator.get(f"/cohorts/{cohort.id}").text
    assert "1 of 30" in page
    assert "who left" not in page


def test_who_withdrew_is_found_by_name_in_the_same_cohort_where_no_e_mail_is_given(as_administrator):
    cohort = make_cohort()
    enrollment = withdrawn(as_administrator, cohort)
    enroll(as_administrator, cohort, "WEN HARLOW")
    assert db.session.scalars(select(Enrollment.id)).one() == enrollment.id


def test_who_withdrew_goes_on_in_another_cohort_of_the_same_version_only(as_administrator):
    version = make_version()
    enrollment = withdrawn(as_administrator, make_cohort(version))
    enroll(as_administrator, make_cohort(), "Wen Harlow", email="wen@example.org")
    assert count(Enrollment) == 2
    later = make_cohort(version)
    enroll(as_administrator, later, "Wen Harlow", email="wen@example.org")
    assert count(Enrollment) == 2
    query = select(Placement.enrollment_id).filter_by(cohort_id=later.id)
    assert db.session.scalars(query).one() == enrollment.id


def test_who_did_not_complete_leaves_the_old_place_for_the_new(as_administrator):
    version = make_version()
    person = make_person("Wen Harlow", roles=["trainee"], email="wen@example.org")
    enrollment = make_enrollment(make_cohort(version), person=person, status="not_completed")
    later = make_cohort(version)
    assert enroll(as_administrator, later, "Wen Harlow", email="wen@example.org").status_code in {200, 303}
    assert db.session.scalars(select(Enrollment.id)).one() == enrollment.id
    assert db.session.scalars(select(Placement.cohort_id).filter_by(ended_at=None)).one() == later.id


def test_an_application_refused_once_and_taken_up_is_accepted_now(as_administrator):
    cohort = make_cohort()
    person = make_person("Wen Harlow", email="wen@example.org")
    applicant = make_enrollment(cohort, person=person, status="applied")
    as_administrator.post_form(f"/enrollments/{applicant.id}/withdraw", {"reason": "not_accepted"})
    enroll(as_administrator, cohort, "Wen Harlow", email="wen@example.org")
    again = db.session.scalars(select(Enrollment), execution_options={"populate_existing": True}).one()
    assert again.id == applicant.id
    assert again.enrolled_at is not None


@pytest.mark.parametrize("is_same_cohort", [True, False])
def test_who_completed_the_training_is_refused_with_their_name(as_administrator, is_same_cohort):
    version = make_version()
    cohort = make_cohort(version)
    person = make_person("Wen Harlow", roles=["trainee"], email="wen@example.org")
    make_enrollment(cohort, person=person, status="completed")
    response = enroll(
        as_administrator, cohort if is_same_cohort else make_cohort(version), "W.", email="wen@example.org"
    )
    assert response.status_code == 422
    assert "Wen Harlow has completed this training already." in response.text
    assert count(Enrollment) == 1


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


@pytest.mark.parametrize("way", ["turn_down", "withdraw"])
def test_an_application_since_does_not_hide_what_was_earned_before(as_administrator, way):
    cohort = make_cohort()
    known = {"name": "Wen Harlow", "email": "wen@example.org"}
    enroll(as_administrator, cohort, **known)
    earned = db.session.scalars(select(Enrollment)).one()
    as_administrator.post_form(f"/enrollments/{earned.id}/withdraw", {"reason": "own_wish"})
    applied = make_enrollment(cohort, person=db.session.get_one(Person, earned.person_id), status="applied")
    if way == "withdraw":
        as_administrator.post_form(f"/enrollments/{applied.id}/withdraw", {"reason": "not_accepted"})
    else:
        chosen = {"enrollment_ids": applied.id, "decision": "turn_down"}
        as_administrator.post_form(f"/cohorts/{cohort.id}/applications/decide", chosen)
    enroll(as_administrator, cohort, **known)
    found = {
        row.id: row.status
        for row in db.session.scalars(select(Enrollment), execution_options={"populate_existing": True})
    }
    assert found == {earned.id: EnrollmentStatus.ENROLLED, applied.id: EnrollmentStatus.WITHDRAWN}
