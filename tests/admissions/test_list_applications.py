"""Who applied, who waits in which order, who holds an offer."""

import uuid

import pytest

from advocates.admissions.offering import sweep_offers
from tests.budgets import statements
from tests.factories.admissions import make_agency, make_quota, make_waiting, make_window
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("time")


def _page(client, cohort):
    return client.get(f"/cohorts/{cohort.id}/applications")


def test_each_stands_in_their_section_with_the_line_in_order(as_administrator, cohort):
    door = make_agency()
    make_quota(cohort, door, 1)
    make_window(cohort, offers_by_itself=False)
    make_enrollment(cohort, "Ann Roe")
    make_enrollment(cohort, "محمد الصالح", status="applied")
    make_waiting(cohort, "Cy Vale", agency=door)
    make_waiting(cohort, "Łucja Nowak")
    text = _page(as_administrator, cohort).text
    order = [
        text.index(said)
        for said in ("To decide", "محمد الصالح", "Waitlist</h2>", "Cy Vale", "Łucja Nowak", "Seats offered")
    ]
    assert order == sorted(order)
    assert "Ann Roe" not in text
    assert "1 of 2" in text
    assert "Prairie Door: 0 of 1" in text
    assert "1 seat is free. Offer it to the next person." in text


def test_an_offer_that_nobody_was_told_of_is_marked(as_administrator, cohort):
    make_waiting(cohort, "Cy Vale")
    sweep_offers()
    page = _page(as_administrator, cohort).text
    assert "Not told yet" in page
    assert "Make the link to hand over" in page
    assert "Make a new link" not in page


def test_an_empty_page_says_so(as_administrator, cohort):
    page = _page(as_administrator, cohort).text
    for said in (
        "Nobody waits for a decision.",
        "Nobody is on the waitlist.",
        "No offer waits for an answer.",
        "Switched off",
    ):
        assert said in page


def test_only_administrators_read_it(client, as_administrator, cohort):
    assert _page(client, cohort).location.startswith("/sign-in")
    assert as_administrator.get(f"/cohorts/{uuid.uuid4()}/applications").status_code == 404
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id).id)
    assert _page(client, cohort).status_code == 403


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_seven_statements_however_many_people(as_administrator, rows):
    cohort = make_cohort(capacity=2)
    for number in range(rows):
        make_enrollment(cohort, f"Applicant {number}", status="applied")
    make_waiting(cohort, *(f"Waiting {number}" for number in range(rows)))
    with statements() as sent:
        assert _page(as_administrator, cohort).status_code == 200
    assert len(sent) == 7  # the sign-in; the cohort; its terms; the people; seats; quotas; offers that ended
