"""The list of maps."""

import pytest

from tests.budgets import statements
from tests.factories.people import make_person
from tests.factories.transfers import make_map

ADDRESS = "/equivalence-maps"


def test_without_maps_the_page_says_what_to_do(as_administrator):
    page = as_administrator.get(ADDRESS).text
    assert "There is no map yet." in page
    assert "/equivalence-maps/new" in page


def test_each_map_says_whether_it_is_approved(as_administrator, versions):
    make_map(*versions)
    make_map(*versions, is_approved=False)
    page = as_administrator.get(ADDRESS).text
    assert page.index("Waits for approval") < page.index("Approved")


def test_a_trainer_is_refused(app):
    client = app.test_client().sign_in(make_person("Rosa Ebel", roles=["trainer"]).id)
    assert client.get(ADDRESS).status_code == 403


@pytest.mark.parametrize("maps", [1, 3])
def test_the_list_costs_the_same_however_many(as_administrator, versions, maps):
    for _number in range(maps):
        make_map(*versions, is_approved=False)
    with statements() as sent:
        as_administrator.get(ADDRESS)
    assert len(sent) == 2  # the sign-in; the maps with titles and names
