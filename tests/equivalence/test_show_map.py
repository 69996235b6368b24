"""One map, as whoever approves it reads it."""

import uuid

from advocates.equivalence.rules import Equivalence
from tests.factories.transfers import make_map


def test_the_page_says_what_counts_and_what_does_not(as_administrator, versions):
    found = make_map(*versions, is_approved=False)
    page = as_administrator.get(f"/equivalence-maps/{found.id}").text
    assert "Map from version 1 to version 2" in page
    assert "0–120 of 120" in page
    assert "Minutes that do not count" in page
    assert "Approve this map" in page
    assert "Pre-test" in page


def test_an_approved_map_offers_no_change(as_administrator, versions):
    found = make_map(*versions)
    page = as_administrator.get(f"/equivalence-maps/{found.id}").text
    assert "it can no longer be changed" in page
    assert "Approve this map" not in page


def test_an_empty_map_is_said_to_be_empty(as_administrator, versions):
    found = make_map(*versions, Equivalence(), is_approved=False)
    page = as_administrator.get(f"/equivalence-maps/{found.id}").text
    assert "No minute counts yet." in page
    assert "None: all of them are done again." in page


def test_a_missing_map_is_not_found(as_administrator):
    assert as_administrator.get(f"/equivalence-maps/{uuid.uuid4()}").status_code == 404
