"""A closed cohort is opened again for a reason."""

import pytest

from advocates import clock
from advocates.cohorts.models import Cohort
from advocates.database import db
from tests.factories.cohorts import make_cohort
from tests.factories.people import make_person


@pytest.fixture
def client(app):
    return app.test_client().sign_in(make_person("Ada Quill", roles=["administrator"]).id)


def test_a_reason_is_asked_for_and_then_it_is_open(client):
    cohort = make_cohort(closed_at=clock.now())
    refused = client.post_form(f"/cohorts/{cohort.id}/reopen", {"reason": " "})
    assert refused.status_code == 422
    assert "Say why" in refused.text
    assert client.post_form(f"/cohorts/{cohort.id}/reopen", {"reason": "Snow"}).status_code == 303
    assert db.session.get_one(Cohort, cohort.id, populate_existing=True).closed_at is None


def test_an_open_one_is_open_already(client):
    cohort = make_cohort()
    assert client.post_form(f"/cohorts/{cohort.id}/reopen", {"reason": "Snow"}).status_code == 409
