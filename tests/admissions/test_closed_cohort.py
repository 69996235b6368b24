"""A closed cohort admits nobody: no application, no offer by itself, no answer that still counts."""

import re

import pytest

from advocates import clock
from advocates.admissions.offering import sweep_offers
from advocates.cohorts.models import Cohort, Enrollment
from advocates.database import db
from tests.admissions.conftest import status
from tests.factories.admissions import make_waiting, make_window
from tests.factories.cohorts import make_enrollment

pytestmark = pytest.mark.usefixtures("time")


def close(cohort_id):
    db.session.get_one(Cohort, cohort_id).closed_at = clock.now()
    db.session.commit()


def test_nobody_applies_and_nobody_is_decided_about(client, as_administrator, cohort):
    make_window(cohort)
    applicant, cohort_id = make_enrollment(cohort, "Ann", status="applied"), cohort.id
    close(cohort_id)
    assert "closed" in client.get(f"/apply/{cohort_id}").text
    assert client.post_form(f"/apply/{cohort_id}", {}).status_code == 409
    chosen = {"decision": "offer", "enrollment_ids": [str(applicant.id)]}
    for address, typed in (
        (f"/cohorts/{cohort_id}/applications/decide", chosen),
        (f"/enrollments/{applicant.id}/accept", {}),
        (f"/cohorts/{cohort_id}/enroll", {"chosen_name": "Bo", "waitlist": "yes"}),
    ):
        assert as_administrator.post_form(address, typed).status_code == 409, address
    assert status(applicant) == "applied"
    assert as_administrator.get(f"/cohorts/{cohort_id}/applications").status_code == 200


def test_an_open_offer_cannot_be_accepted_any_more_and_none_is_made(client, as_administrator, cohort):
    held, cohort_id = make_enrollment(cohort, "Ann", status="applied"), cohort.id
    (waiting,) = make_waiting(cohort, "Bo")
    typed = {"decision": "offer", "enrollment_ids": [str(held.id)]}
    shown = as_administrator.post_form(f"/cohorts/{cohort_id}/applications/decide", typed).text
    link = re.search(r"/offers/[\w-]+", shown)[0]
    held_id, waiting_id = held.id, waiting.id
    close(cohort_id)
    sweep_offers()
    response = client.post_form(link, {"answer": "accept"})
    assert response.status_code == 409
    assert "Nothing was changed." in response.text
    assert db.session.get_one(Enrollment, held_id).status == "offered"
    assert db.session.get_one(Enrollment, waiting_id).status == "waitlisted"
