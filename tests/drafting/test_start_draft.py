"""A curriculum begun from nothing: a draft without modules, once."""

import uuid

from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.curriculum.models import Curriculum, CurriculumVersion
from advocates.database import db
from tests.factories.curriculum import make_version
from tests.factories.people import make_person

ADDRESS = "/curricula/new"
NEW = {"title": "  Court  Support ", "required_contact_minutes": "600"}


def test_a_blank_draft_opens_in_the_editor(as_administrator):
    response = as_administrator.post_form(ADDRESS, NEW)
    version = db.session.scalars(select(CurriculumVersion)).one()
    assert response.location == f"/curriculum-versions/{version.id}/edit"
    assert (version.title, version.number, version.published_at) == ("Court Support", 1, None)
    assert db.session.scalars(select(AuditEvent.action)).all() == ["start_draft"]
    text = as_administrator.get(response.location).text
    assert "There are no modules yet" in text
    assert "10 h 00 min too few" in text
    assert as_administrator.get(f"/curriculum-versions/{version.id}").status_code == 200
    assert as_administrator.get("/curricula").status_code == 200


def test_a_known_title_and_wrong_minutes_are_refused_with_what_was_typed(as_administrator):
    known = db.session.get_one(Curriculum, make_version().curriculum_id).title
    response = as_administrator.post_form(ADDRESS, NEW | {"title": known})
    assert response.status_code == 422
    assert "A curriculum has this title." in response.text
    assert f'value="{known}"' in response.text
    response = as_administrator.post_form(ADDRESS, NEW | {"required_contact_minutes": "forty"})
    assert response.status_code == 422
    assert "This must be a whole number" in response.text
    assert db.session.scalar(select(func.count()).select_from(Curriculum)) == 1


def test_the_form_sent_twice_begins_one(as_administrator):
    same = NEW | {"request_key": str(uuid.uuid4())}
    assert as_administrator.post_form(ADDRESS, same).location == as_administrator.post_form(ADDRESS, same).location
    assert db.session.scalar(select(func.count()).select_from(Curriculum)) == 1


def test_only_administrators_begin_one(client):
    assert client.get(ADDRESS).location.startswith("/sign-in")
    client.sign_in(make_person("Wen Harlow", roles=["trainee"]).id)
    assert client.post_form(ADDRESS, NEW).status_code == 403
