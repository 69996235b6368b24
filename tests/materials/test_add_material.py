"""A material added to a module, also of a published version: one file or one link, judged by its content."""

import dataclasses
import io
import uuid

import pytest
from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.curriculum.models import ModuleMaterial
from advocates.curriculum.queries import modules_of
from advocates.database import db
from advocates.files.models import StoredFile
from tests.factories.curriculum import make_version
from tests.factories.materials import PDF
from tests.factories.people import make_person


def address(version, place=0):
    return f"/curriculum-versions/{version.id}/modules/{modules_of(version.id)[place].module_id}/materials/add"


def send(client, where, content=PDF, name="handout.pdf", **more):
    return client.post_form(where, {"title": "Handout", "file": (io.BytesIO(content), name), **more})


def materials():
    return db.session.scalars(select(ModuleMaterial).order_by(ModuleMaterial.position)).all()


def test_a_file_is_stored_as_it_is(as_administrator):
    version = make_version(minutes=(60,))
    response = send(as_administrator, address(version))
    (material,) = materials()
    stored = db.session.scalars(select(StoredFile)).one()
    assert (material.title, material.file_id, stored.content, stored.media_type) == (
        "Handout", stored.id, PDF, "application/pdf",
    )  # fmt: skip
    assert response.location.endswith(f"/materials#module-{material.module_id}")
    assert "Handout</a>" in as_administrator.get(response.location).text
    assert db.session.scalars(select(AuditEvent.action)).all() == ["add_material"]
    assert "Handout" not in db.session.scalars(select(AuditEvent.payload)).one()


def test_a_link_comes_after_it_and_opens_without_telling_from_where(as_administrator):
    version = make_version(minutes=(60,))
    send(as_administrator, address(version))
    link = {"title": "Law", "url": " https://example.org/law "}
    response = as_administrator.post_form(address(version), link)
    assert [(m.position, m.kind, m.url) for m in materials()][1] == (1, "link", "https://example.org/law")
    assert (
        'href="https://example.org/law" rel="noreferrer noopener external"'
        in as_administrator.get(response.location).text
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"content": b"MZ"}, "This is not a sound PDF file"),
        ({"name": "handout.exe"}, "Files of this kind are not taken."),
        ({"url": "https://example.org"}, "not both"),
        ({"file": "", "url": ""}, "Choose a file or type the address of a link"),
        ({"file": "", "url": "http://example.org"}, "begins with https://"),
        ({"title": " "}, "This field is required."),
    ],
)
def test_wrong_input_is_refused_with_the_title_kept(as_administrator, more, said):
    version = make_version(minutes=(60,))
    response = send(as_administrator, address(version), **more)
    assert response.status_code == 422
    assert said in response.text.replace("&#39;", "'")
    assert "title" in more or 'value="Handout"' in response.text
    assert not materials()


def test_files_up_to_the_limit_are_taken_here_and_nowhere_else(app, as_administrator, monkeypatch):
    version = make_version(minutes=(60,))
    settings = dataclasses.replace(app.config["SETTINGS"], largest_material_bytes=400_000)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 100_000)
    full = PDF + b"x" * (400_000 - len(PDF))
    assert send(as_administrator, address(version), full).status_code == 303
    response = send(as_administrator, address(version), full + b"x")
    assert response.status_code == 422
    assert "This file is larger than" in response.text
    assert send(as_administrator, address(version), full + b"x" * 100_000).status_code == 413
    elsewhere = f"/curriculum-versions/{version.id}/import-modules"
    assert as_administrator.post_form(elsewhere, {"file": (io.BytesIO(full), "a.csv")}).status_code == 413
    assert len(materials()) == 1


def test_the_form_sent_twice_adds_one(as_administrator):
    version, key = make_version(minutes=(60,)), str(uuid.uuid4())
    first, second = (send(as_administrator, address(version), request_key=key) for _ in range(2))
    assert first.location == second.location
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 1


def test_missing_and_forbidden(client, as_administrator):
    version = make_version(minutes=(60,))
    assert (
        send(as_administrator, f"/curriculum-versions/{version.id}/modules/{uuid.uuid4()}/materials/add").status_code
        == 404
    )
    assert "At most 20 MB" in as_administrator.get(address(version)).text
    assert client.get(address(version)).location.startswith("/sign-in")
    client.sign_in(make_person("Wen Harlow", roles=["trainee"]).id)
    assert send(client, address(version)).status_code == 403
    assert not materials()
