"""Importing: whole or not at all; a known title makes the next draft; the same file twice changes nothing."""

import io
import json

import pytest
from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.curriculum.models import Curriculum, CurriculumVersion, Module, VersionModule
from advocates.database import db
from tests.factories.cohorts import make_cohort
from tests.factories.curriculum import shipped_document
from tests.factories.people import make_person

ADDRESS = "/curricula/import"


def upload(client, document, **more):
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return client.post_form(ADDRESS, {"file": (io.BytesIO(content), "own.json"), **more})


def as_data(name="chicago-40h.json"):
    from advocates.curriculum.rules import write_document

    return json.loads(write_document(shipped_document(name)))


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize(("name", "modules"), [("chicago-40h.json", 18), ("statewide-40h.json", 23)])
def test_one_click_imports_a_shipped_curriculum_as_a_draft(as_administrator, name, modules):
    response = as_administrator.post_form(ADDRESS, {"shipped": name})
    assert response.status_code == 303
    page = as_administrator.get(response.location).text
    assert "40 h 00 min" in page
    assert "It holds together and can be published." in page
    assert count(VersionModule) == modules


def test_an_uploaded_file_becomes_the_first_version_and_is_audited(as_administrator, administrator):
    upload(as_administrator, as_data() | {"title": "Night School"})
    version = db.session.scalars(select(CurriculumVersion)).one()
    assert (version.title, version.number, version.published_at) == ("Night School", 1, None)
    assert version.created_by == administrator.id
    assert count(AuditEvent) == 1


def test_a_changed_file_with_a_known_title_makes_the_next_draft_and_modules_keep_their_identity(as_administrator):
    upload(as_administrator, as_data())
    before = {row.key: row.id for row in db.session.scalars(select(Module))}
    changed = as_data()
    changed["modules"][0]["title"] = "A better title"
    changed["modules"][1]["key"] = "B2"
    upload(as_administrator, changed)
    after = {row.key: row.id for row in db.session.scalars(select(Module))}
    assert sorted(db.session.scalars(select(CurriculumVersion.number))) == [1, 2]
    assert count(Curriculum) == 1
    assert set(after) - set(before) == {"B2"}
    assert all(after[key] == before[key] for key in before)


def test_the_same_file_again_changes_nothing_and_says_so(as_administrator):
    first = upload(as_administrator, as_data())
    again = upload(as_administrator, as_data())
    assert again.location == first.location
    assert "Nothing was changed" in as_administrator.get(again.location).text
    assert (count(CurriculumVersion), count(AuditEvent)) == (1, 1)


def test_every_problem_of_a_file_is_listed_with_its_place_and_nothing_is_stored(as_administrator):
    bad = as_data()
    bad["modules"][3]["contact_minutes"] = -90
    bad["modules"][5]["key"] = bad["modules"][4]["key"]
    response = upload(as_administrator, bad)
    assert response.status_code == 422
    assert "<strong>module 4 (A4), contact_minutes</strong>: This must be a whole number" in response.text
    assert "<strong>module 6 (A5), key</strong>: This is given more than once." in response.text
    assert count(Curriculum) == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n", "not UTF-8 text"),
        (b"Name,Minutes\nA1,90\n", "not JSON"),
        (b"[]", "This must be an object"),
        (b"{}", "This field is missing."),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_a_file_that_is_no_curriculum_is_refused_with_a_sentence(as_administrator, content, said):
    response = upload(as_administrator, content)
    assert response.status_code == 422
    assert said in response.text
    assert count(Curriculum) == 0


def test_no_file_at_all_is_refused_at_the_field(as_administrator):
    response = as_administrator.post_form(ADDRESS)
    assert response.status_code == 422
    assert "Choose a curriculum file." in response.text


def test_an_unknown_shipped_name_is_refused(as_administrator):
    response = as_administrator.post_form(ADDRESS, {"shipped": "../../config.py"})
    assert response.status_code == 422
    assert count(Curriculum) == 0


def test_a_title_with_markup_is_shown_as_text(as_administrator):
    response = upload(as_administrator, as_data() | {"title": "<script>alert(1)</script>"})
    assert "<script>alert" not in as_administrator.get(response.location).text


def test_a_form_sent_twice_imports_once(as_administrator):
    key = "0d8f6bb4-9f0a-4d53-8e52-6a3a4f0dd001"
    first = as_administrator.post_form(ADDRESS, {"shipped": "chicago-40h.json", "request_key": key})
    second = as_administrator.post_form(ADDRESS, {"shipped": "chicago-40h.json", "request_key": key})
    assert first.location == second.location
    assert count(AuditEvent) == 1


def test_only_administrators_import(app, client):
    trainer = make_person("Rosa Ebel", roles=["trainer"], cohort_id=make_cohort().id)
    client.sign_in(trainer.id)
    assert client.get(ADDRESS).status_code == 403
    assert client.post_form(ADDRESS, {"shipped": "chicago-40h.json"}).status_code == 403


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get(ADDRESS).location.startswith("/sign-in")
    assert client.post_form(ADDRESS).location.startswith("/sign-in")
