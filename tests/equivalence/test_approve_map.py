"""A second person freezes what they saw."""

import pytest

from advocates.database import db
from advocates.equivalence.models import EquivalenceMap
from advocates.equivalence.proposing import edit_map, propose_map
from advocates.equivalence.queries import equivalence_of
from advocates.equivalence.rules import Equivalence
from tests.factories.transfers import make_map


@pytest.fixture
def proposed(versions):
    return make_map(*versions, is_approved=False)


def approve(client, found, shown=None):
    data = {"shown": shown or equivalence_of(found.id).digest}
    return client.post_form(f"/equivalence-maps/{found.id}/approve", data)


def test_somebody_else_approves_it(as_administrator, administrator, proposed):
    assert approve(as_administrator, proposed).status_code == 303
    found = db.session.get_one(EquivalenceMap, proposed.id)
    assert (found.approved_by, found.approved_at is not None) == (administrator.id, True)
    assert approve(as_administrator, proposed).status_code == 409


def test_who_changed_it_last_does_not(as_administrator, administrator, versions):
    map_id = propose_map(administrator.id, versions[0].id, versions[1].id)
    db.session.commit()
    found = db.session.get_one(EquivalenceMap, map_id)
    response = approve(as_administrator, found)
    assert response.status_code == 409
    assert "another administrator approves it" in response.text
    assert db.session.get_one(EquivalenceMap, map_id).approved_at is None


def test_what_was_not_seen_is_not_approved(as_administrator, proposed):
    shown = equivalence_of(proposed.id).digest
    said = Equivalence(equivalence_of(proposed.id).lines[:1])
    edit_map(proposed.proposed_by, proposed.id, said, shown)
    db.session.commit()
    response = approve(as_administrator, proposed, shown)
    assert response.status_code == 409
    assert "Somebody else changed this map meanwhile." in response.text


def test_a_map_without_a_line_takes_nothing_along(as_administrator, versions):
    response = approve(as_administrator, make_map(*versions, Equivalence(), is_approved=False))
    assert response.status_code == 409
    assert "Add a line first." in response.text
