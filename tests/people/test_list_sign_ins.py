"""The browsers in which somebody is signed in."""

from datetime import timedelta

from sqlalchemy import select

from advocates import clock
from advocates.database import db
from advocates.people.models import SignIn
from tests.factories.people import make_person


def test_each_open_browser_is_listed_and_this_one_is_named(app):
    person = make_person("Ines Marlow")
    make_signed_in = [app.test_client().sign_in(person.id) for _ in range(3)]
    app.test_client().sign_in(make_person("Somebody Else").id)
    page = make_signed_in[0].get("/profile/sign-ins").text
    assert page.count("Sign out there") == 2
    assert page.count("this browser") == 1


def test_ended_and_expired_ones_are_gone(app):
    person = make_person("Ines Marlow")
    here = app.test_client().sign_in(person.id)
    for _ in range(2):
        app.test_client().sign_in(person.id)
    _, ended, expired = db.session.scalars(select(SignIn).order_by(SignIn.id))
    ended.ended_at, expired.expires_at = clock.now(), clock.now() - timedelta(seconds=1)
    db.session.commit()
    assert "Sign out there" not in here.get("/profile/sign-ins").text


def test_nobody_signed_in_is_sent_to_sign_in(client):
    assert client.get("/profile/sign-ins").location.startswith("/sign-in")
