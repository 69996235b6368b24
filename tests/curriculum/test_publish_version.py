"""Publishing: only what sums exactly, once, for good."""

import uuid

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from advocates.audit.models import AuditEvent
from advocates.curriculum.models import CurriculumVersion
from advocates.curriculum.publishing import AlreadyPublished, publish_version
from advocates.database import db
from tests.factories.cohorts import make_cohort
from tests.factories.curriculum import make_version
from tests.factories.people import make_person
from tests.together import at_once


def publish(client, version, **data):
    return client.post_form(f"/curriculum-versions/{version.id}/publish", data)


def stored(version):
    return db.session.get_one(CurriculumVersion, version.id, populate_existing=True)


def test_an_exact_draft_is_published_with_who_and_when(as_administrator, administrator):
    version = make_version(is_published=False)
    assert publish(as_administrator, version).status_code == 303
    assert stored(version).published_at is not None
    assert stored(version).published_by == administrator.id
    assert db.session.scalars(select(AuditEvent.action)).all() == ["publish_version"]


@pytest.mark.parametrize(("required", "said"), [(2401, "1 min too few"), (2399, "1 min too many")])
def test_a_minute_too_few_or_too_many_is_refused_also_when_called_directly(as_administrator, required, said):
    version = make_version(is_published=False)
    version.required_contact_minutes = required
    db.session.commit()
    response = publish(as_administrator, version)
    assert response.status_code == 422
    assert said in response.text
    assert stored(version).published_at is None


def test_a_published_version_is_not_published_again(as_administrator):
    version = make_version()
    before = version.published_at
    assert publish(as_administrator, version).status_code == 409
    assert stored(version).published_at == before


def test_the_form_sent_twice_publishes_once(as_administrator):
    version, key = make_version(is_published=False), str(uuid.uuid4())
    first = publish(as_administrator, version, request_key=key)
    second = publish(as_administrator, version, request_key=key)
    assert (first.status_code, second.status_code) == (303, 303)
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == 1


def test_only_administrators_publish(client):
    version = make_version(is_published=False)
    assert publish(client, version).location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=make_cohort().id).id)
    assert publish(client, version).status_code == 403
    assert stored(version).published_at is None


def test_a_missing_version_is_404_and_reading_the_address_is_refused(as_administrator):
    address = f"/curriculum-versions/{uuid.uuid4()}/publish"
    assert as_administrator.post_form(address).status_code == 404
    assert as_administrator.get(address).status_code == 405


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE curriculum_version SET required_contact_minutes = 1",
        "UPDATE curriculum_version SET published_at = NULL",
        "UPDATE version_module SET contact_minutes = contact_minutes + 1",
        "DELETE FROM version_module",
        "INSERT INTO version_module SELECT m.* FROM version_module m JOIN curriculum_version v ON v.id = m.version_id "
        "WHERE v.published_at IS NOT NULL",
    ],
)
def test_the_database_itself_refuses_to_change_a_published_version(app, change):
    draft = make_version(is_published=False)
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE version_module SET title = 'A draft may change'"))
    assert draft.published_at is None
    version = make_version()
    with pytest.raises(DBAPIError, match="a published version never changes"), db.engine.begin() as connection:
        connection.execute(text(change))
    assert stored(version).published_at is not None


def test_the_database_refuses_to_replace_a_published_version(app, database_kind):
    make_version()
    copy = "INSERT INTO curriculum_version SELECT * FROM curriculum_version"
    if database_kind == "sqlite":
        copy = copy.replace("INSERT", "INSERT OR REPLACE", 1)
    with pytest.raises(DBAPIError), db.engine.begin() as connection:
        connection.execute(text(copy))


def test_two_administrators_publish_it_once(app, administrator):
    version_id, actor_id = make_version(is_published=False).id, administrator.id

    def publish_as_shown():
        shown = db.session.get_one(CurriculumVersion, version_id)
        publish_version(actor_id, shown.id)

    results = at_once(app, *[publish_as_shown] * 3)
    assert sum(isinstance(result, AlreadyPublished) for result in results) == 2
    assert sum(result is None for result in results) == 1
