"""The list of past cohorts, each shown as what it is."""

from tests.budgets import statements
from tests.factories.legacy import make_legacy_cohort
from tests.factories.people import make_person


def test_each_says_that_its_evidence_is_not_held(as_administrator, administrator):
    people = [make_person("Wen Harlow"), make_person("Ann Bell")]
    make_legacy_cohort(administrator, *people, title="Spring 2021")
    page = as_administrator.get("/legacy-cohorts").text
    assert "Spring 2021" in page
    assert "legacy, evidence not held" in page
    assert "Jun 4, 2021" in page
    assert "/legacy-cohorts" in as_administrator.get("/cohorts").text


def test_an_empty_list_leads_to_recording_one(as_administrator):
    assert "/legacy-cohorts/new" in as_administrator.get("/legacy-cohorts").text


def test_only_administrators(client):
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"]).id)
    assert client.get("/legacy-cohorts").status_code == 403


def test_statements_do_not_grow_with_the_rows(as_administrator, administrator):
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            make_legacy_cohort(administrator, make_person("Wen Harlow"))
        with statements() as sent:
            as_administrator.get("/legacy-cohorts")
        counts.append(len(sent))
    assert counts[0] == counts[1] == counts[2] <= 3, counts  # the sign-in; the cohorts
