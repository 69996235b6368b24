"""One cohort: its facts, trainers and people."""

import uuid

import pytest

from tests.budgets import statements
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person


def test_facts_trainers_and_people_are_shown(as_administrator):
    cohort = make_cohort(capacity=12)
    make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id)
    make_enrollment(cohort, "Łucja Nowak")
    make_enrollment(cohort, "محمد الصالح", status="applied")
    page = as_administrator.get(f"/cohorts/{cohort.id}").text
    for said in ("Malcolm X College", "Rosa Ebel", "Łucja Nowak", "محمد الصالح", "1 of 12", "Enroll محمد الصالح now"):
        assert said in page
    assert "One trainer alone" in page


def test_those_who_seek_a_seat_stand_below_the_enrolled_and_lead_to_the_applications(as_administrator):
    cohort = make_cohort()
    for name, status in (("Ann Roe", "applied"), ("Bo Lind", "waitlisted"), ("Cy Vale", "offered")):
        make_enrollment(cohort, name, status=status)
    make_enrollment(cohort, "Wen Harlow")
    page = as_administrator.get(f"/cohorts/{cohort.id}").text
    order = [page.index(f">{said}") for said in ("Wen Harlow", "Applied, waiting or offered", "Ann Roe", "Cy Vale")]
    assert order == sorted(order)
    assert page.count(f'/cohorts/{cohort.id}/applications"') == 2
    assert page.count("/accept") == 3


def test_a_cohort_with_applicants_alone_says_that_nobody_is_enrolled(as_administrator):
    cohort = make_cohort()
    make_enrollment(cohort, "Ann Roe", status="applied")
    page = as_administrator.get(f"/cohorts/{cohort.id}").text
    assert page.index("Nobody is enrolled yet.") < page.index("Ann Roe")


def test_an_empty_cohort_says_what_to_do_next(as_administrator):
    cohort = make_cohort()
    page = as_administrator.get(f"/cohorts/{cohort.id}").text
    assert "Nobody is enrolled yet." in page
    assert f"/cohorts/{cohort.id}/enroll-list" in page
    assert "No trainer is assigned yet." in page


def test_a_trainer_sees_their_cohort_without_the_administrator_s_links(client):
    cohort = make_cohort()
    make_enrollment(cohort, "Wen Harlow", status="applied")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id).id)
    page = client.get(f"/cohorts/{cohort.id}").text
    assert "Wen Harlow" in page
    assert "/accept" not in page
    assert "/withdraw" not in page
    assert "/edit" not in page


def test_another_s_cohort_and_a_missing_one_are_404(client, as_administrator):
    cohort, other = make_cohort(), make_cohort()
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id).id)
    assert client.get(f"/cohorts/{other.id}").status_code == 404
    assert as_administrator.get(f"/cohorts/{uuid.uuid4()}").status_code == 404


def test_a_trainee_may_not_read_it_and_a_stranger_is_sent_to_sign_in(client):
    cohort = make_cohort()
    assert client.get(f"/cohorts/{cohort.id}").location.startswith("/sign-in")
    client.sign_in(make_enrollment(cohort, "Wen Harlow").person_id)
    assert client.get(f"/cohorts/{cohort.id}").status_code == 403


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_five_statements_however_many_people(as_administrator, rows):
    cohort = make_cohort()
    for n in range(rows):
        make_enrollment(cohort, f"Person {n}")
        make_person(f"Trainer {n}", roles=["trainer"], cohort_id=cohort.id)
    with statements() as sent:
        as_administrator.get(f"/cohorts/{cohort.id}")
    assert len(sent) <= 5  # the sign-in; the cohort; its version; its people; its trainers


def test_an_administrator_goes_from_a_row_to_the_person_and_a_trainer_does_not(client, as_administrator):
    cohort = make_cohort()
    door = f'href="/people/{make_enrollment(cohort, "Wen Harlow").person_id}"'
    assert door in as_administrator.get(f"/cohorts/{cohort.id}").text
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id).id)
    assert door not in client.get(f"/cohorts/{cohort.id}").text
