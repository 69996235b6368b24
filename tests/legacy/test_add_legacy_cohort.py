"""Recording a past cohort."""

from sqlalchemy import func, select

from advocates.database import db
from advocates.legacy.models import LegacyCohort
from tests.factories.people import make_person

TYPED = {"title": "Spring 2021", "training": "40-hour training", "source": "Program office, list of graduates"}


def test_it_leads_to_the_list_of_its_people(as_administrator):
    response = as_administrator.post_form("/legacy-cohorts/new", TYPED)
    cohort = db.session.scalars(select(LegacyCohort)).one()
    assert response.location == f"/legacy-cohorts/{cohort.id}/people"
    assert (cohort.training, cohort.source) == (TYPED["training"], TYPED["source"])


def test_bad_input_is_refused_at_its_field_and_kept(as_administrator):
    as_administrator.post_form("/legacy-cohorts/new", TYPED)
    for data, said in (
        (TYPED, "has this title already"),
        (TYPED | {"title": "Other", "source": " "}, "Type who states this"),
        (TYPED | {"training": "x" * 201}, "200 characters"),
    ):
        response = as_administrator.post_form("/legacy-cohorts/new", data)
        assert response.status_code == 422
        assert said in response.text
        assert data["title"] in response.text
    assert db.session.scalar(select(func.count()).select_from(LegacyCohort)) == 1


def test_only_administrators(client):
    assert client.post_form("/legacy-cohorts/new", TYPED).location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"]).id)
    assert client.post_form("/legacy-cohorts/new", TYPED).status_code == 403
