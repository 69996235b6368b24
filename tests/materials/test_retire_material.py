"""A material retired, never deleted; and what becomes of a draft's materials."""

import uuid

from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.curriculum.importing import copy_version
from advocates.curriculum.models import ModuleMaterial
from advocates.curriculum.publishing import discard_draft
from advocates.database import db
from advocates.drafting.editing import remove_module
from advocates.files.models import StoredFile
from tests.factories.curriculum import make_version
from tests.factories.materials import make_material
from tests.factories.people import make_person


def retire(client, material_id):
    return client.post_form(f"/materials/{material_id}/retire")


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_it_is_retired_once_and_stays(as_administrator, administrator):
    material = make_material(make_version(minutes=(60,)).id, administrator)
    material_id, version_id = material.id, material.version_id
    for _ in range(2):
        assert retire(as_administrator, material_id).location == f"/curriculum-versions/{version_id}/materials"
    db.session.expire_all()
    kept = db.session.get_one(ModuleMaterial, material_id)
    assert kept.retired_at is not None
    assert kept.retired_by == administrator.id
    actions = db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()
    assert actions == ["add_material", "retire_material"]
    assert count(StoredFile) == 1


def test_missing_and_forbidden(client, as_administrator, administrator):
    material_id = make_material(make_version(minutes=(60,)).id, administrator).id
    assert retire(as_administrator, uuid.uuid4()).status_code == 404
    assert as_administrator.get(f"/materials/{material_id}/retire").status_code == 405
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"]).id)
    assert retire(client, material_id).status_code == 403


def test_a_copied_version_shares_files_and_a_discarded_draft_takes_only_its_own(app, administrator):
    version = make_version(minutes=(60, 60))
    make_material(version.id, administrator)
    draft_id = copy_version(administrator.id, version.id)
    db.session.commit()
    make_material(draft_id, administrator, place=1, title="Only here")
    assert (count(ModuleMaterial), count(StoredFile)) == (3, 2)
    discard_draft(administrator.id, draft_id)
    db.session.commit()
    assert (count(ModuleMaterial), count(StoredFile)) == (1, 1)


def test_a_module_removed_from_a_draft_takes_its_materials_along(app, administrator):
    version = make_version(minutes=(60, 60), is_published=False)
    material = make_material(version.id, administrator)
    make_material(version.id, administrator, place=1)
    remove_module(administrator.id, version.id, material.module_id)
    db.session.commit()
    assert (count(ModuleMaterial), count(StoredFile)) == (1, 1)
