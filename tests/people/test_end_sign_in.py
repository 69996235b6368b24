"""A lost phone is signed out from elsewhere; nobody can do it to another."""

import uuid

import pytest
from sqlalchemy import select

from advocates.database import db
from advocates.people.models import SignIn
from tests.factories.people import make_person


@pytest.fixture
def browsers(app):
    person = make_person("Ines Marlow")
    return [app.test_client().sign_in(person.id) for _ in range(2)]


def _ids():
    return db.session.scalars(select(SignIn.id).order_by(SignIn.id)).all()


def test_a_lost_phone_is_signed_out(browsers):
    here, lost = browsers
    assert here.post_form(f"/sign-ins/{_ids()[1]}/end").location == "/profile/sign-ins"
    assert lost.get("/profile").location.startswith("/sign-in")
    assert here.get("/profile").status_code == 200


def test_ending_this_browser_signs_it_out(browsers):
    here = browsers[0]
    here.post_form(f"/sign-ins/{_ids()[0]}/end")
    assert here.get("/profile").location.startswith("/sign-in")


def test_another_persons_sign_in_is_missing_even_for_an_administrator(browsers, as_administrator):
    assert as_administrator.post_form(f"/sign-ins/{_ids()[0]}/end").status_code == 404
    assert as_administrator.post_form(f"/sign-ins/{uuid.uuid4()}/end").status_code == 404
    assert browsers[0].get("/profile").status_code == 200


def test_the_same_form_sent_twice_has_one_effect(browsers):
    key = {"request_key": str(uuid.uuid4())}
    address = f"/sign-ins/{_ids()[1]}/end"
    assert [browsers[0].post_form(address, key).status_code for _ in range(2)] == [303, 303]


def test_nobody_signed_in_ends_nothing(app, browsers):
    assert app.test_client().post_form(f"/sign-ins/{_ids()[0]}/end").location == "/sign-in"
    assert browsers[0].get("/profile").status_code == 200
