"""Signing in."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from advocates import clock
from advocates.database import db
from advocates.people import signing_in
from advocates.people.models import Account, SignIn, SignInFailure
from advocates.people.passwords import hash_password
from tests.factories.people import make_person

PASSWORD = "plum kettle orbit seven"


def _member(**more):
    return make_person("Ines Marlow", email="Ines@Example.org", password_hash=hash_password(PASSWORD), **more)


def _try(client, password=PASSWORD, email="ines@example.org", address="/sign-in", **more):
    return client.post_form(address, {"email": email, "password": password}, **more)


def test_the_page_leads_to_a_new_password(client):
    page = client.get("/sign-in")
    assert page.status_code == 200
    assert "/password/forgotten" in page.text


def test_right_password_signs_in(client):
    _member()
    response = _try(client)
    assert response.status_code == 303
    assert response.location == "/"
    assert client.get("/profile").status_code == 200


def test_wrong_password_and_unknown_person_get_the_same_answer(client):
    _member()
    wrong, unknown = _try(client, "not this one"), _try(client, "not this one", "nobody@example.org")
    assert wrong.status_code == unknown.status_code == 422
    assert "is not right" in wrong.text
    assert "is not right" in unknown.text
    assert "ines@example.org" in wrong.text
    assert "not this one" not in wrong.text


def test_known_unknown_and_passwordless_people_cost_one_hash_each(client, monkeypatch):
    _member()
    make_person("Newly Invited", email="new@example.org")
    verified = []
    real = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", lambda self, *a: verified.append(1) or real(self, *a))
    for number, email in enumerate(("ines@example.org", "nobody@example.org", "new@example.org"), start=1):
        _try(client, "not this one", email)
        assert len(verified) == number


def test_a_disabled_account_gets_the_answer_of_a_wrong_password(client):
    person = _member()
    db.session.get_one(Account, person.id).disabled_at = clock.now()
    db.session.commit()
    response = _try(client)
    assert response.status_code == 422
    assert "is not right" in response.text


def test_ten_failures_stop_a_person_for_five_minutes_even_with_the_right_password(client):
    _member()
    for _ in range(10):
        _try(client, "not this one")
    response = _try(client)
    assert response.status_code == 422
    assert "Too many tries" in response.text
    assert _try(client, "x", "somebody.else@example.org").text.count("Too many tries") == 0


def test_failures_are_forgotten_after_five_minutes(client):
    _member()
    with_old_failures = signing_in.throttle("sign in", "ines@example.org", "127.0.0.1")
    old = clock.now() - timedelta(minutes=6)
    for subject in with_old_failures:
        db.session.add_all(SignInFailure(subject=subject, failed_at=old) for _ in range(200))
    db.session.commit()
    assert _try(client).status_code == 303


def test_a_classroom_behind_one_address_may_fail_a_hundred_times(client):
    _member()
    subjects = list(signing_in.throttle("sign in", "x@example.org", "127.0.0.1"))
    db.session.add_all(SignInFailure(subject=subjects[1], failed_at=clock.now()) for _ in range(99))
    db.session.commit()
    assert "is not right" in _try(client, "wrong", "ghost@example.org").text
    assert "Too many tries" in _try(client).text


def test_no_address_or_email_stands_in_the_throttle(client):
    _try(client, "wrong", "ghost@example.org")
    subjects = db.session.scalars(select(SignInFailure.subject)).all()
    assert len(subjects) == 2
    assert all(len(subject) == 64 and "ghost" not in subject for subject in subjects)


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("/cohorts?page=2", "/cohorts?page=2"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/%0a//evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_signing_in_leads_on_within_this_site_only(client, target, leads_to):
    _member()
    assert _try(client, address=f"/sign-in?next={target}").location == leads_to


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client):
    _member()
    cookie = next(c for c in _try(client).headers.getlist("Set-Cookie") if c.startswith("sign_in="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie


def test_signing_in_over_a_sign_in_ends_the_first(client):
    person = _member()
    client.sign_in(person.id)
    _try(client)
    open_ones = select(func.count()).select_from(SignIn).where(SignIn.ended_at.is_(None))
    assert db.session.scalar(open_ones) == 1


def test_a_password_typed_in_the_email_field_is_never_stored(client):
    _try(client, "x", PASSWORD)
    assert PASSWORD not in str(db.session.scalars(select(SignInFailure.subject)).all())


def test_empty_fields_are_named(client):
    response = client.post_form("/sign-in", {"email": "", "password": ""})
    assert response.status_code == 422
    assert "Type your e-mail address." in response.text
    assert "Type your password." in response.text


def test_a_form_without_its_token_is_refused(client):
    _member()
    response = client.post("/sign-in", data={"email": "ines@example.org", "password": PASSWORD})
    assert response.status_code == 400


def test_a_write_after_five_quiet_minutes_does_not_wait_for_its_own_lock(client):
    person = _member()
    client.sign_in(person.id)
    sign_in = db.session.scalars(select(SignIn)).one()
    before = sign_in.last_seen_at = clock.now() - timedelta(minutes=30)
    db.session.commit()
    response = client.post_form("/profile", {"chosen_name": "Ines Marlow", "language": "en"})
    assert response.status_code == 303
    db.session.expire_all()
    assert db.session.scalars(select(SignIn)).one().last_seen_at > before


def test_reading_notes_when_a_browser_was_last_seen(client):
    client.sign_in(_member().id)
    before = db.session.scalars(select(SignIn)).one().last_seen_at = clock.now() - timedelta(minutes=30)
    db.session.commit()
    assert client.get("/profile").status_code == 200
    db.session.expire_all()
    assert db.session.scalars(select(SignIn)).one().last_seen_at > before
