"""Signing out."""

from tests.factories.people import make_person


def test_a_cookie_kept_after_signing_out_is_worth_nothing(app, client):
    client.sign_in(make_person("Ines Marlow").id)
    kept = client.cookie
    assert client.get("/profile").status_code == 200
    assert client.post_form("/sign-out").location == "/sign-in"
    thief = app.test_client()
    thief.set_cookie("sign_in", kept)
    assert thief.get("/profile").location.startswith("/sign-in")


def test_signing_out_needs_a_form_of_this_site(client):
    client.sign_in(make_person("Ines Marlow").id)
    assert client.post("/sign-out").status_code == 400
    assert client.get("/sign-out").status_code == 405
    assert client.get("/profile").status_code == 200


def test_nobody_signed_in_is_sent_to_sign_in(client):
    assert client.post_form("/sign-out").location == "/sign-in"
