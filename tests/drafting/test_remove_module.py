"""A module taken out of a draft; published versions keep theirs."""

import uuid

from sqlalchemy import select

from advocates.audit.models import AuditEvent
from advocates.curriculum.importing import copy_version
from advocates.curriculum.models import CurriculumVersion, Module
from advocates.database import db
from tests.factories.curriculum import make_version
from tests.factories.drafting import make_draft, rows
from tests.factories.people import make_person


def remove(client, version, module_id, **data):
    return client.post_form(f"/curriculum-versions/{version.id}/modules/{module_id}/remove", data)


def test_it_is_gone_and_what_builds_on_it_says_so(as_administrator):
    version = make_draft()
    first, second, _third = rows(version)
    second.prerequisites = '["A1"]'
    module_id = first.module_id
    db.session.commit()
    key = str(uuid.uuid4())
    response = remove(as_administrator, version, module_id, request_key=key)
    assert remove(as_administrator, version, module_id, request_key=key).location == response.location
    db.session.expire_all()
    assert [(row.key, row.position) for row in rows(version)] == [("A2", 0), ("A3", 1)]
    assert db.session.get(Module, module_id) is None
    assert db.session.scalars(select(AuditEvent.action)).all() == ["remove_module"]
    assert "A2 builds on A1, which is not in this version." in as_administrator.get(response.location).text


def test_a_published_version_keeps_its_own(as_administrator, administrator):
    old = make_version(minutes=(60, 60))
    draft = db.session.get_one(CurriculumVersion, copy_version(administrator.id, old.id))
    db.session.commit()
    module_id = rows(old)[0].module_id
    assert remove(as_administrator, draft, module_id).status_code == 303
    assert remove(as_administrator, old, module_id).location == f"/curriculum-versions/{old.id}"
    db.session.expire_all()
    assert ([row.key for row in rows(old)], [row.key for row in rows(draft)]) == (["A1", "A2"], ["A2"])


def test_missing_and_forbidden(client, as_administrator):
    version = make_draft()
    assert remove(as_administrator, version, uuid.uuid4()).status_code == 404
    module_id = rows(version)[0].module_id
    assert as_administrator.get(f"/curriculum-versions/{version.id}/modules/{module_id}/remove").status_code == 405
    client.sign_in(make_person("Wen Harlow", roles=["trainee"]).id)
    assert remove(client, version, module_id).status_code == 403
    assert len(rows(version)) == 3
