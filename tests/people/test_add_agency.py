"""An administrator adds an agency."""

import uuid

import pytest
from sqlalchemy import select

from advocates.database import db
from advocates.people.models import Agency
from tests.people.refusals import assert_only_administrators

TYPED = {"name": " Lawndale  Allies ", "community_area": "North Lawndale"}


def _names():
    db.session.rollback()
    return db.session.scalars(select(Agency.name)).all()


def test_an_agency_is_added(as_administrator):
    assert as_administrator.post_form("/agencies/new", TYPED).location == "/agencies"
    assert _names() == ["Lawndale Allies"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({"name": " "}, "Type the agency"), ({"name": "x" * 201}, "longer than 200"), ({"name": "Known"}, "already")],
)
def test_bad_input_is_refused_and_kept(as_administrator, typed, sentence):
    as_administrator.post_form("/agencies/new", {"name": "Known"})
    response = as_administrator.post_form("/agencies/new", {**TYPED, **typed})
    assert response.status_code == 422
    assert sentence in response.text
    assert 'value="North Lawndale"' in response.text
    assert _names() == ["Known"]


def test_the_same_form_sent_twice_adds_one(as_administrator):
    sent = {**TYPED, "request_key": str(uuid.uuid4())}
    assert [as_administrator.post_form("/agencies/new", sent).status_code for _ in range(2)] == [303, 303]
    assert len(_names()) == 1


def test_nobody_else_may(app):
    assert_only_administrators(app, "/agencies/new")
    assert_only_administrators(app, "/agencies/new", "POST")
