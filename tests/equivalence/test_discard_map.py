"""A map that was never approved can go."""

from advocates.database import db
from advocates.equivalence.models import EquivalenceMap
from tests.factories.people import make_person
from tests.factories.transfers import make_map


def test_a_proposed_map_is_discarded(as_administrator, versions):
    found = make_map(*versions, is_approved=False)
    response = as_administrator.post_form(f"/equivalence-maps/{found.id}/discard")
    assert (response.status_code, response.location) == (303, "/equivalence-maps")
    assert db.session.get(EquivalenceMap, found.id) is None


def test_an_approved_one_stays(as_administrator, versions):
    found = make_map(*versions)
    assert as_administrator.post_form(f"/equivalence-maps/{found.id}/discard").status_code == 409
    assert db.session.get(EquivalenceMap, found.id) is not None


def test_a_trainer_is_refused(app, versions):
    found = make_map(*versions, is_approved=False)
    client = app.test_client().sign_in(make_person("Rosa Ebel", roles=["trainer"]).id)
    assert client.post_form(f"/equivalence-maps/{found.id}/discard").status_code == 403
