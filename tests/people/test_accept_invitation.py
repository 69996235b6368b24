"""A link is opened, a password chosen, and the person is signed in."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from advocates import clock
from advocates.access import Role
from advocates.database import db
from advocates.messages.models import OutboxMessage
from advocates.people.inviting import create_first_administrator_link
from advocates.people.models import Account, Invitation, PersonProfile, RoleGrant, SignIn
from advocates.people.passwords import hash_password, is_password
from tests.factories.people import make_person
from tests.messages.mail_server import mail_settings
from tests.people.links import PASSWORD, link_for, path_of


@pytest.fixture
def newcomer(app):
    return make_person("Ines Marlow", email="ines@example.org", roles=["trainee"])


def _hash_of(person):
    db.session.rollback()
    return db.session.scalar(select(Account.password_hash).filter_by(person_id=person.id))


def _first_link():
    link = create_first_administrator_link()
    db.session.commit()
    return path_of(link)


def test_choosing_a_password_signs_in_and_uses_the_link_up(app, client, administrator, newcomer):
    path = link_for(app, administrator.id, newcomer.id)
    page = client.get(path)
    assert page.status_code == 200
    assert "ines@example.org" in page.text
    response = client.post_form(path, {"password": PASSWORD})
    assert (response.status_code, response.location) == (303, "/")
    assert client.get("/profile").status_code == 200
    assert is_password(_hash_of(newcomer), PASSWORD)
    assert app.test_client().get(path).status_code == 410


def test_looking_at_a_link_does_not_use_it_up(app, client, administrator, newcomer):
    path = link_for(app, administrator.id, newcomer.id)
    for _ in range(3):
        assert client.get(path).status_code == 200
    assert client.head(path).status_code == 200
    assert client.post_form(path, {"password": PASSWORD}).status_code == 303


@pytest.mark.parametrize("what", ["used", "expired", "unknown"])
def test_a_link_that_is_over_says_what_to_do(app, client, administrator, newcomer, what):
    path = link_for(app, administrator.id, newcomer.id)
    invitation = db.session.scalars(select(Invitation)).one()
    if what == "used":
        invitation.used_at = clock.now()
    if what == "expired":
        invitation.expires_at = clock.now() - timedelta(seconds=1)
    db.session.commit()
    path = "/invitations/no-such-token" if what == "unknown" else path
    for response in (client.get(path), client.post_form(path, {"password": PASSWORD})):
        assert response.status_code == 410
        assert "This link no longer works" in response.text
        assert "/password/forgotten" in response.text
    assert _hash_of(newcomer) is None


def test_a_weak_password_is_refused_and_the_link_stays(app, client, administrator, newcomer):
    path = link_for(app, administrator.id, newcomer.id)
    for weak in ("", "too short", "ines marlow forever"):
        response = client.post_form(path, {"password": weak})
        assert response.status_code == 422
        assert weak == "" or weak not in response.text
    assert _hash_of(newcomer) is None
    assert client.post_form(path, {"password": PASSWORD}).status_code == 303


def test_the_same_form_sent_twice_sets_one_password_once(app, client, administrator, newcomer):
    path = link_for(app, administrator.id, newcomer.id)
    client.post_form(path, {"password": PASSWORD})
    second = app.test_client().post_form(path, {"password": "another kettle orbit nine"})
    assert second.status_code == 410
    assert is_password(_hash_of(newcomer), PASSWORD)


def test_a_new_password_ends_every_other_sign_in_and_link(app, administrator):
    person = make_person("Ines Marlow", password_hash=hash_password("the old kettle and a boat"))
    elsewhere = app.test_client()
    elsewhere.sign_in(person.id)
    other = link_for(app, administrator.id, person.id, "reset")
    db.session.scalars(select(Invitation)).one().used_at = None
    path = link_for(app, administrator.id, person.id, "reset")
    here = app.test_client()
    assert here.post_form(path, {"password": PASSWORD}).status_code == 303
    assert elsewhere.get("/profile").status_code == 303
    assert here.get("/profile").status_code == 200
    assert here.get(other).status_code == 410
    account = db.session.get_one(Account, person.id)
    assert account.epoch == 1
    ended = select(func.count()).select_from(SignIn).where(SignIn.ended_at.is_not(None))
    assert db.session.scalar(ended) == 1


def test_the_holder_is_told_of_a_changed_password(app, client, administrator):
    person = make_person("Ines Marlow", email="ines@example.org", password_hash=hash_password("an old kettle"))
    path = link_for(app, administrator.id, person.id, "reset")
    with mail_settings(app, mail_server="127.0.0.1"):
        client.post_form(path, {"password": PASSWORD})
    mail = db.session.scalars(select(OutboxMessage)).one()
    assert (mail.address, mail.subject) == ("ines@example.org", "Your account")
    assert "was changed" in mail.body


def test_a_link_of_a_closed_account_is_over(app, client, administrator, newcomer):
    path = link_for(app, administrator.id, newcomer.id)
    db.session.get_one(Account, newcomer.id).disabled_at = clock.now()
    db.session.commit()
    assert client.post_form(path, {"password": PASSWORD}).status_code == 410
    assert _hash_of(newcomer) is None


def test_the_first_administrator_is_made_by_the_page(client):
    path = _first_link()
    assert 'name="email"' in client.get(path).text
    response = client.post_form(path, {"name": " Łucja  Quill ", "email": "Lucja@Example.org", "password": PASSWORD})
    assert response.status_code == 303
    assert client.get("/people").status_code == 200
    profile = db.session.scalars(select(PersonProfile)).one()
    assert (profile.chosen_name, profile.email) == ("Łucja Quill", "Lucja@example.org")
    assert db.session.scalars(select(RoleGrant.role)).all() == [Role.ADMINISTRATOR]
    assert client.get(path).status_code == 410


def test_the_first_administrators_page_keeps_what_was_typed_and_names_what_is_wrong(client):
    path = _first_link()
    response = client.post_form(path, {"name": "Ada", "email": "no address", "password": PASSWORD})
    assert response.status_code == 422
    assert 'value="Ada"' in response.text
    assert 'value="no address"' in response.text
    assert "Type an e-mail address" in response.text
    assert db.session.scalars(select(PersonProfile)).all() == []


def test_the_first_administrator_cannot_take_somebodys_address(client, newcomer):
    path = _first_link()
    typed = {"name": "Ada", "email": "INES@example.org", "password": PASSWORD}
    response = client.post_form(path, typed)
    assert response.status_code == 422
    assert "already" in response.text
    assert client.post_form(path, {**typed, "email": "ada@example.org"}).status_code == 303


def test_a_second_first_administrator_link_ends_with_the_first_use(client):
    old, new = _first_link(), _first_link()
    assert client.get(old).status_code == 410
    assert client.get(new).status_code == 200
