"""A new version from an old one: a draft that says the same, whose modules keep their identity."""

import uuid

from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.curriculum.importing import copy_version
from advocates.curriculum.models import CurriculumVersion, Module
from advocates.curriculum.queries import modules_of, version_with_modules
from advocates.database import db
from tests.factories.cohorts import make_cohort
from tests.factories.curriculum import make_version
from tests.factories.people import make_person
from tests.together import at_once


def copy(client, version, **data):
    return client.post_form(f"/curriculum-versions/{version.id}/copy", data)


def test_the_copy_is_a_draft_that_says_the_same(as_administrator, administrator):
    version = make_version()
    response = copy(as_administrator, version)
    assert response.status_code == 303
    copied = db.session.scalars(
        select(CurriculumVersion).filter_by(curriculum_id=version.curriculum_id, number=2)
    ).one()
    assert response.location.endswith(str(copied.id))
    assert (copied.published_at, copied.created_by) == (None, administrator.id)
    assert version_with_modules(copied.id).document == version_with_modules(version.id).document
    assert [m.module_id for m in modules_of(copied.id)] == [m.module_id for m in modules_of(version.id)]
    assert db.session.scalars(select(AuditEvent.action)).all() == ["copy_version"]
    assert "A new draft was made" in as_administrator.get(response.location).text


def test_an_older_version_becomes_the_next_number_too(as_administrator):
    version = make_version()
    copy(as_administrator, version)
    copy(as_administrator, version)
    numbers = select(CurriculumVersion.number).filter_by(curriculum_id=version.curriculum_id)
    assert sorted(db.session.scalars(numbers)) == [1, 2, 3]
    assert db.session.scalar(select(func.count()).select_from(Module)) == 18


def test_the_form_sent_twice_makes_one(as_administrator):
    version, key = make_version(), str(uuid.uuid4())
    assert (
        copy(as_administrator, version, request_key=key).location
        == copy(as_administrator, version, request_key=key).location
    )
    assert db.session.scalar(select(func.count()).select_from(CurriculumVersion)) == 2


def test_copies_made_at_once_have_numbers_of_their_own(app, administrator):
    version_id, actor_id = make_version().id, administrator.id
    results = at_once(app, *[lambda: copy_version(actor_id, version_id)] * 3)
    assert all(isinstance(result, uuid.UUID) for result in results)
    assert sorted(db.session.scalars(select(CurriculumVersion.number))) == [1, 2, 3, 4]


def test_only_administrators_copy_and_a_missing_version_is_404(client, as_administrator):
    version = make_version()
    assert as_administrator.post_form(f"/curriculum-versions/{uuid.uuid4()}/copy").status_code == 404
    assert as_administrator.get(f"/curriculum-versions/{version.id}/copy").status_code == 405
    assert copy(client, version).location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=make_cohort().id).id)
    assert copy(client, version).status_code == 403
