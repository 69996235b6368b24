"""The list of curricula."""

import pytest

from tests.budgets import statements
from tests.factories.cohorts import make_cohort
from tests.factories.curriculum import make_version
from tests.factories.people import make_person


def test_each_version_is_listed_with_its_modules_minutes_and_state(as_administrator):
    make_version(title="City Program")
    make_version(title="Draft Program", minutes=(90, 91), is_published=False)
    page = as_administrator.get("/curricula").text
    assert "City Program" in page
    assert "40 h 00 min" in page
    assert "3 h 01 min" in page
    assert "Published" in page
    assert "Draft" in page


def test_an_empty_list_says_what_to_do_next(as_administrator):
    assert "/curricula/import" in as_administrator.get("/curricula").text


def test_a_trainer_reads_the_list_without_its_buttons(client):
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=make_cohort().id).id)
    page = client.get("/curricula")
    assert page.status_code == 200
    assert "/curricula/import" not in page.text


def test_a_trainee_may_not_read_it_and_a_stranger_is_sent_to_sign_in(app, client):
    assert client.get("/curricula").location.startswith("/sign-in")
    client.sign_in(make_person("Wen Harlow", roles=["trainee"]).id)
    assert client.get("/curricula").status_code == 403


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_two_statements_however_many_versions(as_administrator, rows):
    for n in range(rows):
        make_version(title=f"Program {n}", minutes=(90, 60))
    with statements() as sent:
        as_administrator.get("/curricula")
    assert len(sent) <= 2  # the sign-in; the versions
