"""One past cohort and its people."""

import uuid

from tests.budgets import statements
from tests.factories.legacy import make_legacy_cohort
from tests.factories.people import make_person


def test_it_shows_who_what_and_by_whom_it_is_stated(as_administrator, administrator):
    cohort = make_legacy_cohort(administrator, make_person("محمد العلي"))
    page = as_administrator.get(f"/legacy-cohorts/{cohort.id}").text
    for said in ("محمد العلي", "40 h 00 min", "Jun 4, 2021", "Program office", "legacy, evidence not held"):
        assert said in page


def test_without_people_it_leads_to_adding_them(as_administrator, past):
    assert f"/legacy-cohorts/{past.id}/people" in as_administrator.get(f"/legacy-cohorts/{past.id}").text


def test_a_missing_one_is_404(as_administrator, past):
    assert as_administrator.get(f"/legacy-cohorts/{uuid.uuid4()}").status_code == 404


def test_statements_do_not_grow_with_the_people(as_administrator, administrator):
    counts = []
    for number in (1, 3, 30):
        cohort = make_legacy_cohort(administrator, *(make_person(f"Person {n}") for n in range(number)))
        with statements() as sent:
            as_administrator.get(f"/legacy-cohorts/{cohort.id}")
        counts.append(len(sent))
    assert counts[0] == counts[1] == counts[2] <= 4, counts  # the sign-in; the cohort; its people


def test_people_see_what_is_stated_of_them_and_what_it_is(app, administrator):
    person = make_person("Wen Harlow", roles=["trainee"])
    cohort = make_legacy_cohort(administrator, person)
    page = app.test_client().sign_in(person.id).get("/profile").text
    assert "legacy, evidence not held" in page
    assert cohort.title in page
    assert "/legacy-cohorts/" not in page
