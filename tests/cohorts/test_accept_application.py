"""Accepting an application."""

import uuid

import pytest
from sqlalchemy import select

from advocates.access import Role
from advocates.cohorts.models import Enrollment
from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db
from advocates.people.models import RoleGrant
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person


def accept(client, enrollment, **data):
    return client.post_form(f"/enrollments/{enrollment.id}/accept", data)


def status(enrollment):
    return db.session.get_one(Enrollment, enrollment.id, populate_existing=True).status


@pytest.mark.parametrize("before", ["applied", "waitlisted", "offered"])
def test_an_applicant_is_enrolled_gets_the_role_and_a_link_to_hand_over(as_administrator, before):
    applicant = make_person("Wen Harlow")
    enrollment = make_enrollment(make_cohort(), status=before, person=applicant)
    response = accept(as_administrator, enrollment)
    assert response.status_code == 200
    assert "/invitations/" in response.text
    assert status(enrollment) == EnrollmentStatus.ENROLLED
    assert db.session.scalars(select(RoleGrant).filter_by(person_id=applicant.id, role=Role.TRAINEE)).one()


@pytest.mark.parametrize("before", ["enrolled", "withdrawn", "completed", "not_completed"])
def test_only_who_applied_or_waits_can_be_accepted(as_administrator, before):
    enrollment = make_enrollment(make_cohort(), status=before)
    response = accept(as_administrator, enrollment)
    assert response.status_code == 409
    assert "That cannot be done from the status" in response.text
    assert status(enrollment) == before


def test_a_full_cohort_accepts_nobody_but_an_offered_seat_is_kept(as_administrator):
    cohort = make_cohort(capacity=1)
    offered = make_enrollment(cohort, "Ann", status="offered")
    waiting = make_enrollment(cohort, "Bo", status="waitlisted")
    assert accept(as_administrator, waiting).status_code == 409
    assert accept(as_administrator, offered).status_code == 200
    assert status(waiting) == EnrollmentStatus.WAITLISTED


def test_nobody_accepts_their_own_application(as_administrator, administrator):
    enrollment = make_enrollment(make_cohort(), status="applied", person=administrator)
    response = accept(as_administrator, enrollment)
    assert response.status_code == 409
    assert "your own enrollment" in response.text
    assert status(enrollment) == EnrollmentStatus.APPLIED


def test_a_form_sent_twice_accepts_once(as_administrator):
    enrollment, key = make_enrollment(make_cohort(), status="applied"), str(uuid.uuid4())
    accept(as_administrator, enrollment, request_key=key)
    assert accept(as_administrator, enrollment, request_key=key).status_code == 303


def test_only_administrators_accept_and_a_missing_enrollment_is_404(client, as_administrator):
    cohort = make_cohort()
    enrollment = make_enrollment(cohort, status="applied")
    assert as_administrator.post_form(f"/enrollments/{uuid.uuid4()}/accept").status_code == 404
    assert accept(client, enrollment).location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id).id)
    assert accept(client, enrollment).status_code == 403
    assert status(enrollment) == EnrollmentStatus.APPLIED
