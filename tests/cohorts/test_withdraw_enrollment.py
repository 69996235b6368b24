"""Withdrawing: the place ends, what was credited stays."""

import uuid

import pytest
from sqlalchemy import select

from advocates.audit.models import AuditEvent
from advocates.cohorts.models import Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person


def withdraw(client, enrollment, reason="agency_wish", **data):
    return client.post_form(f"/enrollments/{enrollment.id}/withdraw", {"reason": reason, **data})


def status(enrollment):
    return db.session.get_one(Enrollment, enrollment.id, populate_existing=True).status


def test_the_place_ends_with_a_reason_and_the_seat_is_free(as_administrator):
    cohort = make_cohort()
    enrollment = make_enrollment(cohort, "Wen Harlow")
    assert "Wen Harlow" in as_administrator.get(f"/enrollments/{enrollment.id}/withdraw").text
    response = withdraw(as_administrator, enrollment)
    assert response.location == f"/cohorts/{cohort.id}"
    assert status(enrollment) == EnrollmentStatus.WITHDRAWN
    placement = db.session.scalars(select(Placement)).one()
    assert placement.ended_at is not None
    assert placement.reason_code == "agency_wish"
    page = as_administrator.get(response.location).text
    assert "0 of 30" in page
    assert "1 person who left" in page
    assert db.session.scalars(select(AuditEvent.action)).all() == ["withdraw_enrollment"]


@pytest.mark.parametrize("reason", ["", "because"])
def test_a_reason_must_be_chosen(as_administrator, reason):
    enrollment = make_enrollment(make_cohort())
    response = withdraw(as_administrator, enrollment, reason)
    assert response.status_code == 422
    assert 'id="reason-error"' in response.text
    assert status(enrollment) == EnrollmentStatus.ENROLLED


@pytest.mark.parametrize("closed", ["withdrawn", "completed", "not_completed"])
def test_a_closed_enrollment_stays_as_it_is(as_administrator, closed):
    enrollment = make_enrollment(make_cohort(), status=closed)
    response = withdraw(as_administrator, enrollment)
    assert response.status_code == 409
    assert "Nothing was changed." in response.text
    assert status(enrollment) == closed


def test_nobody_withdraws_themself_as_an_administrator(as_administrator, administrator):
    enrollment = make_enrollment(make_cohort(), person=administrator)
    assert withdraw(as_administrator, enrollment).status_code == 409
    assert status(enrollment) == EnrollmentStatus.ENROLLED


def test_a_form_sent_twice_withdraws_once(as_administrator):
    enrollment, key = make_enrollment(make_cohort()), str(uuid.uuid4())
    first, second = (withdraw(as_administrator, enrollment, request_key=key) for _ in range(2))
    assert first.location == second.location
    assert len(db.session.scalars(select(AuditEvent.action)).all()) == 1


def test_only_administrators_withdraw_and_a_missing_enrollment_is_404(client, as_administrator):
    cohort = make_cohort()
    enrollment = make_enrollment(cohort)
    assert as_administrator.get(f"/enrollments/{uuid.uuid4()}/withdraw").status_code == 404
    assert withdraw(client, enrollment).location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id).id)
    assert withdraw(client, enrollment).status_code == 403
    assert status(enrollment) == EnrollmentStatus.ENROLLED
