"""The most seats that people of one agency may fill."""

import uuid

import pytest
from sqlalchemy import select

from advocates.audit.models import AuditEvent, AuditValue
from advocates.cohorts.seats import quotas_of
from advocates.database import db
from tests.admissions.conftest import status
from tests.budgets import statements
from tests.factories.admissions import make_agency, make_quota, make_waiting
from tests.factories.cohorts import make_cohort
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("time")


def save(client, cohort, seats):
    return client.post_form(f"/cohorts/{cohort.id}/quotas", {f"seats-{a.id}": text for a, text in seats.items()})


def stored(cohort):
    return {quota.agency: quota.seats for quota in quotas_of(cohort.id)}


def test_quotas_are_set_changed_and_taken_away(as_administrator, cohort):
    door, harbor = make_agency(), make_agency("Harbor Light")
    assert save(as_administrator, cohort, {door: "3", harbor: "0"}).location == f"/cohorts/{cohort.id}/applications"
    assert stored(cohort) == {"Prairie Door": 3, "Harbor Light": 0}
    assert 'value="3"' in as_administrator.get(f"/cohorts/{cohort.id}/quotas").text
    save(as_administrator, cohort, {door: "4", harbor: ""})
    save(as_administrator, cohort, {door: "4", harbor: ""})
    assert stored(cohort) == {"Prairie Door": 4}
    assert db.session.scalars(select(AuditEvent.action)).all() == ["set_quotas", "set_quotas"]
    assert {(v.before, v.after) for v in db.session.scalars(select(AuditValue))} == {
        (None, "3"),
        (None, "0"),
        ("3", "4"),
        ("0", None),
    }


def test_a_larger_quota_offers_the_seats_that_it_kept_free(as_administrator, cohort, with_mail):
    door = make_agency()
    make_quota(cohort, door, 0)
    (waiting,) = make_waiting(cohort, "Cy", agency=door)
    save(as_administrator, cohort, {door: "1"})
    assert status(waiting) == "offered"


@pytest.mark.parametrize("typed", ["-1", "two", "1.5", "99999999", "0000012", "٣"])
def test_what_is_no_number_is_refused_and_kept(as_administrator, cohort, typed):
    door, harbor = make_agency(), make_agency("Harbor Light")
    response = save(as_administrator, cohort, {door: typed, harbor: "2"})
    assert response.status_code == 422
    assert f'value="{typed}"' in response.text
    assert 'value="2"' in response.text
    assert not stored(cohort)


def test_without_an_agency_the_page_says_what_to_do(as_administrator, cohort):
    assert "No agency is known yet." in as_administrator.get(f"/cohorts/{cohort.id}/quotas").text


def test_only_administrators(client, as_administrator, cohort):
    address = f"/cohorts/{cohort.id}/quotas"
    assert as_administrator.get(f"/cohorts/{uuid.uuid4()}/quotas").status_code == 404
    assert client.get(address).location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id).id)
    assert client.get(address).status_code == 403
    assert client.post_form(address).status_code == 403


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_four_statements_however_many_agencies(as_administrator, rows):
    cohort = make_cohort()
    for number in range(rows):
        make_quota(cohort, make_agency(f"Agency {number}"), number)
    with statements() as sent:
        as_administrator.get(f"/cohorts/{cohort.id}/quotas")
    assert len(sent) == 4  # the sign-in; the cohort; the agencies; the quotas
