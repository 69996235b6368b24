"""Everybody, found by name or e-mail."""

import pytest

from advocates.people.queries import PER_PAGE
from tests.budgets import statements
from tests.factories.people import make_person
from tests.people.refusals import assert_only_administrators


def test_everybody_is_listed_with_roles_and_state(as_administrator):
    make_person("Łucja Wiśniewska", roles=["trainer", "trainee"], password_hash="x")
    page = as_administrator.get("/people").text
    assert "Łucja Wiśniewska" in page
    assert ">Trainer<" in page
    assert ">Trainee<" in page
    assert "2 people" in page
    assert "no password yet" in page


@pytest.mark.parametrize("term", ["łucja", "ŁUCJA", "wiśn", "LUCJA@EXAMPLE", " Łucja "])
def test_a_part_of_a_name_or_address_finds_a_person_in_any_case(as_administrator, term):
    make_person("Łucja Wiśniewska", email="lucja@example.org")
    make_person("Wen Harlow")
    page = as_administrator.get("/people", query_string={"q": term}).text
    assert "Łucja Wiśniewska" in page
    assert "Wen Harlow" not in page


@pytest.mark.parametrize("term", ["%", "_", "' OR 1=1", "\x00", "\\"])
def test_signs_of_the_query_language_find_only_themselves(as_administrator, term):
    make_person("Wen Harlow")
    page = as_administrator.get("/people", query_string={"q": f"q{term}q"})
    assert page.status_code == 200
    assert "Wen Harlow" not in page.text
    assert "Try a part of it" in page.text


def test_many_people_are_paged_by_name(as_administrator):
    for number in range(PER_PAGE + 3):
        make_person(f"Person {number:03}")
    first, second = as_administrator.get("/people").text, as_administrator.get("/people?page=2").text
    assert "Person 023" in first
    assert "Person 024" not in first
    assert "Person 024" in second
    assert "Page 2 of 2" in second
    assert as_administrator.get("/people?page=99999999999999999999").status_code == 200
    assert "Page 1 of 2" in as_administrator.get("/people?page=-5").text


@pytest.mark.parametrize("people", [1, 3, 30])
def test_the_list_costs_the_same_for_any_number(as_administrator, people):
    for number in range(people):
        make_person(f"Person {number}", roles=["trainee", "trainer"])
    with statements() as sent:
        as_administrator.get("/people")
    # the sign-in, the count, the rows, their roles
    assert len(sent) == 4


def test_nobody_else_may(app):
    assert_only_administrators(app, "/people")
