"""The list of cohorts, each trainer's own."""

from datetime import timedelta

import pytest

from advocates import clock
from tests.budgets import statements
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person


def test_each_cohort_is_listed_with_its_seats_and_state(as_administrator):
    today = clock.today()
    cohort = make_cohort(title="Running", starts_on=today, ends_on=today, capacity=12)
    make_cohort(title="Later", starts_on=today + timedelta(1), ends_on=today + timedelta(30))
    make_enrollment(cohort, "A")
    make_enrollment(cohort, "B", status="applied")
    page = as_administrator.get("/cohorts").text
    assert "1 of 12" in page
    assert "Under way" in page
    assert "Upcoming" in page


def test_a_trainer_sees_their_own_cohorts_only(client):
    mine, _other = make_cohort(title="Mine"), make_cohort(title="Somebody else's")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=mine.id).id)
    page = client.get("/cohorts").text
    assert "Mine" in page
    assert "Somebody else" not in page
    assert "/cohorts/new" not in page


def test_an_empty_list_says_what_to_do_next(as_administrator, client):
    assert "/cohorts/new" in as_administrator.get("/cohorts").text
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"]).id)
    assert "An administrator assigns them" in client.get("/cohorts").text


def test_a_trainee_may_not_read_it_and_a_stranger_is_sent_to_sign_in(client):
    assert client.get("/cohorts").location.startswith("/sign-in")
    client.sign_in(make_person("Wen Harlow", roles=["trainee"]).id)
    assert client.get("/cohorts").status_code == 403


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_two_statements_however_many_cohorts(as_administrator, rows):
    cohort = make_cohort()
    for _ in range(rows - 1):
        make_enrollment(make_cohort(), "Somebody")
    for n in range(rows):
        make_enrollment(cohort, f"Person {n}")
    with statements() as sent:
        as_administrator.get("/cohorts")
    assert len(sent) <= 2  # the sign-in; the cohorts
