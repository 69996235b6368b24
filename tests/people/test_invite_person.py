"""An administrator makes a link and copies it."""

import re
import uuid

from sqlalchemy import func, select

from advocates.database import db
from advocates.messages.models import OutboxMessage
from advocates.people.models import Invitation, InvitationPurpose, PersonProfile
from tests.factories.people import make_person
from tests.messages.mail_server import mail_settings
from tests.people.links import PASSWORD, path_of
from tests.people.refusals import assert_only_administrators


def _link_on(page):
    return re.search(r'id="link"[^>]*value="([^"]+)"', page.text)[1]


def test_the_link_is_shown_once_and_works(app, as_administrator, client):
    person = make_person("Ines Marlow")
    page = as_administrator.post_form(f"/people/{person.id}/invite")
    assert page.status_code == 200
    assert "No mail server is set" in page.text
    link = _link_on(page)
    assert link not in as_administrator.get(f"/people/{person.id}").text
    assert client.post_form(path_of(link), {"password": PASSWORD}).status_code == 303


def test_where_mail_can_be_sent_it_is_mailed_as_well(app, as_administrator):
    person = make_person("Ines Marlow", email="ines@example.org")
    with mail_settings(app, mail_server="127.0.0.1"):
        page = as_administrator.post_form(f"/people/{person.id}/invite")
    assert "on its way to ines@example.org" in page.text
    assert _link_on(page) in db.session.scalars(select(OutboxMessage)).one().body


def test_who_has_a_password_gets_a_link_for_an_hour(as_administrator):
    person = make_person("Ines Marlow", password_hash="x")
    as_administrator.post_form(f"/people/{person.id}/invite")
    assert db.session.scalars(select(Invitation.purpose)).one() is InvitationPurpose.RESET


def test_the_same_form_sent_twice_makes_one_link(as_administrator):
    person = make_person("Ines Marlow")
    key = {"request_key": str(uuid.uuid4())}
    first = as_administrator.post_form(f"/people/{person.id}/invite", key)
    second = as_administrator.post_form(f"/people/{person.id}/invite", key)
    assert (first.status_code, second.status_code) == (200, 303)
    assert second.location == f"/people/{person.id}"
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 1


def test_a_walk_in_needs_an_email_first(as_administrator):
    person = make_person("Walk In")
    db.session.get_one(PersonProfile, person.id).email = None
    db.session.commit()
    response = as_administrator.post_form(f"/people/{person.id}/invite")
    assert response.status_code == 422
    assert "First give this person an e-mail address" in response.text


def test_nobody_else_may_and_nobody_unknown_is_invited(app, as_administrator):
    person = make_person("Ines Marlow")
    assert_only_administrators(app, f"/people/{person.id}/invite", "POST")
    assert as_administrator.post_form(f"/people/{uuid.uuid4()}/invite").status_code == 404
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0
