"""Beginning a map with what two versions share."""

import uuid

from sqlalchemy import select

from advocates.database import db
from advocates.equivalence.models import EquivalenceMap
from advocates.equivalence.queries import equivalence_of
from tests.factories.curriculum import make_version
from tests.factories.people import make_person

ADDRESS = "/equivalence-maps/new"


def test_a_map_begins_with_what_the_versions_share(as_administrator, versions):
    old, new = versions
    data = {"from_version_id": old.id, "to_version_id": new.id}
    response = as_administrator.post_form(ADDRESS, data)
    found = db.session.scalars(select(EquivalenceMap)).one()
    assert (response.status_code, response.location) == (303, f"/equivalence-maps/{found.id}/edit")
    assert found.approved_at is None
    assert [line.to_minute for line in equivalence_of(found.id).lines] == [60, 120, 30]


def test_the_versions_of_the_address_are_chosen(as_administrator, versions):
    page = as_administrator.get(f"{ADDRESS}?from_version_id={versions[0].id}&to_version_id=rubbish").text
    assert f'selected value="{versions[0].id}"' in page


def test_one_version_twice_is_refused_and_kept(as_administrator, versions):
    data = {"from_version_id": versions[0].id, "to_version_id": versions[0].id}
    response = as_administrator.post_form(ADDRESS, data)
    assert response.status_code == 422
    assert "Choose two different versions." in response.text
    assert db.session.scalars(select(EquivalenceMap)).all() == []


def test_a_draft_is_no_choice(as_administrator, versions):
    draft = make_version(is_published=False)
    response = as_administrator.post_form(ADDRESS, {"from_version_id": versions[0].id, "to_version_id": draft.id})
    assert response.status_code == 422


def test_sent_twice_it_is_one_map(as_administrator, versions):
    data = {"from_version_id": versions[0].id, "to_version_id": versions[1].id, "request_key": str(uuid.uuid4())}
    first, second = as_administrator.post_form(ADDRESS, data), as_administrator.post_form(ADDRESS, data)
    assert first.location == second.location
    assert len(db.session.scalars(select(EquivalenceMap)).all()) == 1


def test_a_trainer_is_refused(app):
    client = app.test_client().sign_in(make_person("Rosa Ebel", roles=["trainer"]).id)
    assert client.get(ADDRESS).status_code == 403
