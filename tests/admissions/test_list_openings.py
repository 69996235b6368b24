"""Which trainings take applications now, without an account."""

from datetime import timedelta

import pytest

from tests.admissions.conftest import BEFORE
from tests.budgets import statements
from tests.factories.admissions import make_window
from tests.factories.cohorts import make_cohort

pytestmark = pytest.mark.usefixtures("time")


def test_only_what_can_be_applied_to_now_is_listed(client, cohort):
    make_window(cohort, closes_at=BEFORE + timedelta(days=3))
    for number, terms in enumerate(({"is_on": False}, {"closes_at": BEFORE}, {"opens_at": BEFORE + timedelta(days=1)})):
        make_window(make_cohort(title=f"Hidden {number}"), **terms)
    make_cohort(title="Hidden 4")
    page = client.get("/apply").text
    assert f'href="/apply/{cohort.id}"' in page
    assert "Apply until Sunday, October 4, 2026" in page
    assert "Hidden" not in page


def test_without_any_the_page_says_so(client):
    assert "No training takes applications" in client.get("/apply").text


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_one_statement_however_many_openings(client, rows):
    for _ in range(rows):
        make_window(make_cohort())
    with statements() as sent:
        client.get("/apply")
    assert len(sent) == 1  # the openings
