"""Qualifications with their days."""

import pytest

from tests.factories.cohorts import make_cohort
from tests.factories.people import make_person
from tests.factories.schedule import make_session


@pytest.fixture
def client(app):
    return app.test_client().sign_in(make_person("Ada Quill", roles=["administrator"]).id)


def test_what_is_added_is_shown_and_warned_of_where_it_does_not_hold(client):
    cohort = make_cohort()
    trainer = make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id)
    address = f"/people/{trainer.id}/qualifications"
    days = {"holds_from": "2025-01-01", "holds_until": "2026-10-19"}
    assert client.post_form(address, {"title": "Crisis intervention", **days}).status_code == 303
    assert "Crisis intervention" in client.get(address).text
    assert "does not hold that day" in client.get(f"/sessions/{make_session(cohort).id}/staff").text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": "", "holds_from": "2025-01-01"}, "Type what the qualification is."),
        ({"title": "x", "holds_from": ""}, "Type the first day."),
        ({"title": "x", "holds_from": "2025-01-02", "holds_until": "2025-01-01"}, "The last day is before"),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(client, fields, sentence):
    person = make_person("Rosa Ebel", roles=["trainer"])
    response = client.post_form(f"/people/{person.id}/qualifications", fields)
    assert response.status_code == 422
    assert sentence in response.text
    assert "None on file." in response.text
