"""Signing in and out."""

from advocates.people.passwords import hash_password
from tests.factories.people import make_person

PASSWORD = "plum kettle orbit seven"


def _member():
    return make_person("Ines Marlow", email="Ines@Example.org", password_hash=hash_password(PASSWORD))


def test_right_password_signs_in(client):
    _member()
    response = client.post_form("/sign-in", {"email": "ines@example.org", "password": PASSWORD})
    assert response.status_code == 303
    assert response.location == "/"
    assert client.get("/healthz").json == {"status": "alive"}


def test_wrong_password_and_unknown_person_get_the_same_answer(client):
    _member()
    wrong = client.post_form("/sign-in", {"email": "ines@example.org", "password": "not this one"})
    unknown = client.post_form("/sign-in", {"email": "nobody@example.org", "password": "not this one"})
    assert wrong.status_code == unknown.status_code == 422
    assert "is not right" in wrong.text
    assert "is not right" in unknown.text
    assert "ines@example.org" in wrong.text


def test_a_cookie_kept_after_signing_out_is_worth_nothing(app, client):
    client.sign_in(_member().id)
    kept = client.cookie
    client.post_form("/sign-out")
    thief = app.test_client()
    thief.set_cookie("sign_in", kept)
    assert thief.get("/").location.startswith("/sign-in")


def test_a_form_without_its_token_is_refused(client):
    _member()
    response = client.post("/sign-in", data={"email": "ines@example.org", "password": PASSWORD})
    assert response.status_code == 400
