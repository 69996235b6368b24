"""Modules from CSV: a new draft with all else as it was, or nothing and every wrong cell named."""

import io
import uuid

from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.curriculum.models import CurriculumVersion
from advocates.curriculum.queries import modules_of, version_with_modules
from advocates.curriculum.rules import write_modules
from advocates.database import db
from tests.factories.cohorts import make_cohort
from tests.factories.curriculum import make_version
from tests.factories.people import make_person


def address(version):
    return f"/curriculum-versions/{version.id}/import-modules"


def upload(client, version, content, **more):
    content = content if isinstance(content, bytes) else content.encode()
    return client.post_form(address(version), {"file": (io.BytesIO(content), "modules.csv"), **more})


def exported(version):
    return write_modules(version_with_modules(version.id).document)


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_changed_modules_become_a_draft_with_the_rules_of_the_old(as_administrator):
    version = make_version()
    response = upload(as_administrator, version, exported(version).replace("A2,", "B2,", 1))
    assert response.status_code == 303
    draft = db.session.scalars(select(CurriculumVersion).filter_by(number=2)).one()
    old, new = modules_of(version.id), modules_of(draft.id)
    assert [m.key for m in new][:3] == ["A1", "B2", "A3"]
    assert [m.module_id for m in new if m.key != "B2"] == [m.module_id for m in old if m.key != "A2"]
    assert (draft.rules, draft.title, draft.published_at) == (version.rules, version.title, None)
    assert db.session.scalars(select(AuditEvent.action)).all() == ["import_modules"]
    assert "imported into a new draft" in as_administrator.get(response.location).text


def test_the_same_modules_change_nothing_and_say_so(as_administrator):
    version = make_version()
    response = upload(as_administrator, version, exported(version))
    assert response.location.endswith(str(version.id))
    assert "Nothing was changed" in as_administrator.get(response.location).text
    assert (count(CurriculumVersion), count(AuditEvent)) == (1, 0)


def test_the_same_change_twice_makes_one_draft(as_administrator):
    version = make_version()
    content = exported(version).replace("A2,", "B2,", 1)
    assert upload(as_administrator, version, content).location == upload(as_administrator, version, content).location
    assert count(CurriculumVersion) == 2


def test_every_wrong_cell_is_named_and_nothing_is_stored(as_administrator):
    version = make_version()
    response = upload(
        as_administrator, version, "key;title;contact_minutes;domain\r\nB1;<b>x</b>;90 min;role\r\nB1;;60;role"
    )
    assert response.status_code == 422
    assert "<strong>line 2, column contact_minutes</strong>: This must be a whole number" in response.text
    assert "<strong>line 3, column key</strong>: This is given more than once." in response.text
    assert "<strong>line 3, column title</strong>: This must not be empty." in response.text
    assert count(CurriculumVersion) == 1


def test_no_file_is_refused_at_the_field(as_administrator):
    response = as_administrator.post_form(address(make_version()))
    assert response.status_code == 422
    assert "Choose a CSV file." in response.text


def test_only_administrators_import_and_a_missing_version_is_404(client, as_administrator):
    version = make_version()
    assert "Needed" in as_administrator.get(address(version)).text
    assert as_administrator.get(f"/curriculum-versions/{uuid.uuid4()}/import-modules").status_code == 404
    assert client.get(address(version)).location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=make_cohort().id).id)
    assert client.get(address(version)).status_code == 403
    assert upload(client, version, "x").status_code == 403
