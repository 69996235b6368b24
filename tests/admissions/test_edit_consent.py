"""What applicants agree to: versions that never change."""

import pytest
from sqlalchemy import select

from advocates.admissions.models import ConsentText
from advocates.database import db
from tests.factories.people import make_person

ADDRESS = "/application-consent"


def save(client, body, version):
    return client.post_form(ADDRESS, {"body": body, "seen_version": str(version)})


def versions():
    return db.session.scalars(select(ConsentText).order_by(ConsentText.version)).all()


def test_the_standard_text_stands_ready_and_each_new_wording_is_a_version(as_administrator, administrator):
    assert "We keep your name" in as_administrator.get(ADDRESS).text
    assert save(as_administrator, "We keep  \r\nlittle.", 0).status_code == 303
    assert save(as_administrator, "We keep less.", 1).status_code == 303
    assert [(text.version, text.body, text.published_by) for text in versions()] == [
        (1, "We keep\nlittle.", administrator.id),
        (2, "We keep less.", administrator.id),
    ]
    page = as_administrator.get(ADDRESS).text
    assert "We keep less." in page
    assert "little." in page


def test_the_same_words_are_no_new_version(as_administrator):
    save(as_administrator, "We keep less.", 0)
    response = save(as_administrator, " We keep less.\n", 1)
    assert response.status_code == 422
    assert "word for word" in response.text
    assert len(versions()) == 1


@pytest.mark.parametrize("seen", ["0", "7", "", "x", "-1"])
def test_a_version_that_was_not_seen_is_not_replaced(as_administrator, seen):
    save(as_administrator, "We keep less.", 0)
    response = save(as_administrator, "Mine", seen)
    assert response.status_code == 422
    assert "meanwhile" in response.text
    assert "Mine" in response.text
    assert len(versions()) == 1


@pytest.mark.parametrize("body", ["", "   ", "x" * 10_001])
def test_a_text_is_needed_and_may_not_be_endless(as_administrator, body):
    assert save(as_administrator, body, 0).status_code == 422
    assert not versions()


def test_only_who_manages_settings(client):
    assert client.get(ADDRESS).location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"]).id)
    assert client.get(ADDRESS).status_code == 403
    assert save(client, "Mine", 0).status_code == 403
