"""Discarding a draft leaves everything published as it was."""

import uuid

from sqlalchemy import func, select

from advocates.curriculum.importing import import_curriculum
from advocates.curriculum.models import Curriculum, CurriculumVersion, Module, VersionModule
from advocates.curriculum.publishing import publish_version
from advocates.database import db
from tests.factories.cohorts import make_cohort
from tests.factories.curriculum import make_version, shipped_document
from tests.factories.people import make_person


def discard(client, version_id):
    return client.post_form(f"/curriculum-versions/{version_id}/discard")


def counts():
    return [
        db.session.scalar(select(func.count()).select_from(model))
        for model in (Curriculum, CurriculumVersion, Module, VersionModule)
    ]


def test_the_only_draft_goes_with_its_curriculum(as_administrator):
    version = make_version(is_published=False)
    assert discard(as_administrator, version.id).location == "/curricula"
    assert counts() == [0, 0, 0, 0]


def test_a_second_draft_goes_and_the_published_version_stays_whole(as_administrator, administrator):
    from dataclasses import replace

    document = shipped_document()
    first = import_curriculum(administrator.id, document)
    publish_version(administrator.id, first.version_id)
    changed = replace(document, modules=(*document.modules[1:], replace(document.modules[0], key="Z9")))
    second = import_curriculum(administrator.id, changed)
    db.session.commit()
    discard(as_administrator, second.version_id)
    assert counts() == [1, 1, 18, 18]
    assert db.session.get(CurriculumVersion, first.version_id)


def test_a_published_version_cannot_be_discarded(as_administrator):
    version = make_version()
    assert discard(as_administrator, version.id).status_code == 409
    assert counts() == [1, 1, 18, 18]


def test_only_administrators_discard(client):
    version = make_version(is_published=False)
    assert discard(client, version.id).location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=make_cohort().id).id)
    assert discard(client, version.id).status_code == 403
    assert db.session.get(CurriculumVersion, version.id)


def test_a_missing_version_is_404(as_administrator):
    assert discard(as_administrator, uuid.uuid4()).status_code == 404
