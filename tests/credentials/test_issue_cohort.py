"""Issuing for a cohort, from the button to the finished run."""

import uuid

from sqlalchemy import select

from advocates.credentials.issuing import issue_waiting
from advocates.credentials.models import Credential, IssuingBatch
from advocates.database import db
from tests.budgets import statements
from tests.factories.cohorts import make_enrollment
from tests.factories.graduation import make_issuer, make_ready, make_short_cohort
from tests.factories.people import make_person


def _cohort():
    make_issuer()
    cohort = make_short_cohort()
    make_ready(cohort, "Ottilie Marsh")
    make_enrollment(cohort, "Basil Thorne")
    return cohort


def test_the_ready_get_theirs_and_the_others_see_why_not(as_administrator):
    cohort = _cohort()
    response = as_administrator.post_form(f"/cohorts/{cohort.id}/graduation/issue")
    assert response.status_code == 303
    waiting = as_administrator.get(response.location)
    assert "In the making" in waiting.text
    assert "Basil Thorne" in waiting.text
    assert "1 person was not ready" in waiting.text
    assert "Contact hours fall short" in waiting.text
    assert waiting.text.count("Minutes of 2 modules are missing") == 1
    assert waiting.text.count("2 agreements have not been signed") == 1
    progress = as_administrator.get(response.location + "/progress").json
    assert progress == {"done": 0, "total": 1, "is_finished": False}
    assert issue_waiting() == 1
    db.session.remove()
    assert as_administrator.get(response.location + "/progress").json["is_finished"]
    assert "All done." in as_administrator.get(response.location).text


def test_pressing_twice_issues_once(as_administrator):
    cohort = _cohort()
    form = {"request_key": str(uuid.uuid4())}
    first = as_administrator.post_form(f"/cohorts/{cohort.id}/graduation/issue", form)
    second = as_administrator.post_form(f"/cohorts/{cohort.id}/graduation/issue", form)
    assert first.location == second.location
    assert len(db.session.scalars(select(IssuingBatch)).all()) == 1


def test_one_who_is_not_ready_is_refused_with_reasons_also_when_called_directly(as_administrator):
    cohort = _cohort()
    short = make_enrollment(cohort, "Perpetua Lynd")
    response = as_administrator.post_form(f"/enrollments/{short.id}/credential")
    assert response.status_code == 409
    assert "The post-test has not been passed" in response.text
    assert db.session.scalars(select(IssuingBatch)).all() == []


def test_one_ready_person_gets_one_certificate_and_not_a_second(as_administrator):
    make_issuer()
    ready = make_ready(make_short_cohort())
    assert as_administrator.post_form(f"/enrollments/{ready.id}/credential").status_code == 303
    issue_waiting()
    db.session.remove()
    assert as_administrator.post_form(f"/enrollments/{ready.id}/credential").status_code == 409
    assert len(db.session.scalars(select(Credential)).all()) == 1


def test_without_an_issuer_it_says_what_to_do(as_administrator):
    cohort = make_short_cohort()
    make_ready(cohort)
    response = as_administrator.post_form(f"/cohorts/{cohort.id}/graduation/issue")
    assert response.status_code == 409
    assert "issuer" in response.text


def test_a_trainer_may_not_issue(app, client):
    cohort = _cohort()
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id).id)
    assert client.post_form(f"/cohorts/{cohort.id}/graduation/issue").status_code == 403
    assert db.session.scalars(select(IssuingBatch)).all() == []


def test_the_page_of_a_run_costs_the_same_for_one_and_thirty(as_administrator):
    make_issuer()
    cohort = make_short_cohort()
    make_enrollment(cohort, "Basil Thorne")
    costs = []
    for more in (0, 29):
        for number in range(more):
            make_enrollment(cohort, f"Person {number}")
        page = as_administrator.post_form(f"/cohorts/{cohort.id}/graduation/issue").location
        with statements() as sent:
            as_administrator.get(page)
        costs.append(len(sent))
    # the actor; the batch; its cohort for the scope; the items with names and serials
    assert costs[0] == costs[1] <= 6
