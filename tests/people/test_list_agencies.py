"""The organizations that send trainees."""

import pytest

from advocates.database import db
from advocates.people.registering import add_agency
from tests.budgets import statements
from tests.factories.people import make_person
from tests.people.refusals import assert_only_administrators


def test_each_agency_says_how_many_it_sent(as_administrator, administrator):
    sends = add_agency(administrator.id, "Lawndale Allies", "North Lawndale")
    add_agency(administrator.id, "Austin Bridge", None)
    db.session.commit()
    make_person("One", agency_id=sends)
    make_person("Two", agency_id=sends)
    page = as_administrator.get("/agencies").text
    assert page.index("Austin Bridge") < page.index("Lawndale Allies")
    assert "North Lawndale" in page
    assert 'class="number">2<' in page
    assert 'class="number">0<' in page


def test_an_empty_list_says_what_to_do(as_administrator):
    assert "No agency yet" in as_administrator.get("/agencies").text


@pytest.mark.parametrize("agencies", [1, 3, 30])
def test_the_list_costs_the_same_for_any_number(as_administrator, administrator, agencies):
    for number in range(agencies):
        add_agency(administrator.id, f"Agency {number}", None)
    db.session.commit()
    with statements() as sent:
        as_administrator.get("/agencies")
    assert len(sent) == 2  # the sign-in, the agencies with their counts


def test_nobody_else_may(app):
    assert_only_administrators(app, "/agencies")
