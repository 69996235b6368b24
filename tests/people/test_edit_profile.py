"""What people keep right themselves."""

import uuid

import pytest
from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.people.models import Account, PersonProfile
from tests.budgets import statements
from tests.factories.people import make_person

TYPED = {"chosen_name": "Inés Marlow", "pronunciation": "ee-NESS", "contact_preference": "texts only"}


@pytest.fixture
def person(app):
    return make_person("Ines Marlow", email="ines@example.org", certificate_name="Inés Marlow Ortiz")


@pytest.fixture
def as_person(app, person):
    return app.test_client().sign_in(person.id)


def _profile(person):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(PersonProfile, person.id)


def test_what_is_typed_is_saved_and_shown(as_person, person):
    assert as_person.post_form("/profile", TYPED).location == "/profile"
    profile = _profile(person)
    assert {name: getattr(profile, name) for name in TYPED} == TYPED
    assert 'value="texts only"' in as_person.get("/profile").text


def test_nobody_changes_their_address_or_certificate_name_here(as_person, person):
    sent = {**TYPED, "email": "thief@example.org", "certificate_name": "Somebody Else"}
    assert as_person.post_form("/profile", sent).status_code == 303
    profile = _profile(person)
    assert (profile.email, profile.certificate_name) == ("ines@example.org", "Inés Marlow Ortiz")
    assert db.session.get_one(Account, person.id).email_key == "ines@example.org"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"chosen_name": ""}, "Type a name."),
        ({"contact_preference": "x" * 501}, "longer than 500"),
        ({"agency_id": "00000000-0000-7000-8000-000000000000"}, "Not a valid choice"),
    ],
)
def test_bad_input_changes_nothing_and_is_kept(as_person, person, typed, sentence):
    response = as_person.post_form("/profile", {**TYPED, **typed})
    assert response.status_code == 422
    assert sentence in response.text
    assert 'value="ee-NESS"' in response.text
    assert _profile(person).pronunciation is None


def test_the_same_form_sent_twice_is_one_change(as_person):
    sent = {**TYPED, "request_key": str(uuid.uuid4())}
    assert [as_person.post_form("/profile", sent).status_code for _ in range(2)] == [303, 303]
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == 1


def test_the_page_takes_four_statements(as_person):
    as_person.get("/profile")
    with statements() as sent:
        as_person.get("/profile")
    # the sign-in, the profile, the agencies, the certificate name
    assert len(sent) == 4


def test_nobody_signed_in_has_no_profile(client):
    assert client.get("/profile").location.startswith("/sign-in")
    assert client.post_form("/profile", TYPED).location == "/sign-in"
