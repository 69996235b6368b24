"""What people keep right themselves."""

import uuid

import pytest
from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.people.models import Account, PersonProfile
from advocates.people.registering import add_agency, change_person
from advocates.seen import Seen
from tests.budgets import statements
from tests.client import seen_on
from tests.factories.cohorts import make_cohort, make_enrollment
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
    assert as_person.post_form("/profile", {**TYPED, "seen": as_person.seen("/profile")}).location == "/profile"
    profile = _profile(person)
    assert {name: getattr(profile, name) for name in TYPED} == TYPED
    assert 'value="texts only"' in as_person.get("/profile").text


def test_nobody_changes_their_address_or_certificate_name_here(as_person, person):
    sent = {**TYPED, "email": "thief@example.org", "certificate_name": "Somebody Else"}
    sent["seen"] = as_person.seen("/profile")
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
    sent = {**TYPED, "request_key": str(uuid.uuid4()), "seen": as_person.seen("/profile")}
    assert [as_person.post_form("/profile", sent).status_code for _ in range(2)] == [303, 303]
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == 1


def test_what_an_administrator_stored_meanwhile_is_shown_and_not_overwritten(as_person, administrator, person):
    seen = as_person.seen("/profile")
    agency_id = add_agency(administrator.id, "Lawndale Allies", None)
    change_person(administrator.id, person.id, {"agency_id": agency_id}, Seen.of({"agency_id": None}))
    db.session.commit()
    response = as_person.post_form("/profile", {**TYPED, "agency_id": "", "seen": seen})
    assert response.status_code == 409
    assert 'id="agency_id-stored">Now stored: <bdi>Lawndale Allies</bdi>' in response.text
    assert 'aria-describedby="agency_id-stored"' in response.text
    assert 'value="texts only"' in response.text
    assert (_profile(person).agency_id, _profile(person).chosen_name) == (agency_id, "Ines Marlow")
    taken_over = {**TYPED, "agency_id": str(agency_id), "seen": seen_on(response.text)}
    assert as_person.post_form("/profile", taken_over).status_code == 303
    assert (_profile(person).agency_id, _profile(person).chosen_name) == (agency_id, "Inés Marlow")


def test_what_this_page_does_not_show_is_no_reason_to_refuse_it_and_stays(as_person, administrator, person):
    seen = as_person.seen("/profile")
    typed = {"email": "new@example.org", "certificate_name": "Inés M. Ortiz"}
    stored = Seen.of({"email": "ines@example.org", "certificate_name": "Inés Marlow Ortiz"})
    change_person(administrator.id, person.id, typed, stored)
    db.session.commit()
    assert as_person.post_form("/profile", {**TYPED, "seen": seen}).status_code == 303
    profile = _profile(person)
    assert (profile.email, profile.certificate_name, profile.pronunciation) == (*typed.values(), "ee-NESS")


@pytest.mark.parametrize("seen", ["", "garbled"])
def test_a_form_that_does_not_say_what_it_showed_is_out_of_date(as_person, person, seen):
    assert as_person.post_form("/profile", {**TYPED, "seen": seen}).status_code == 409
    assert _profile(person).pronunciation is None


def test_the_name_on_the_certificate_is_asked_only_of_who_is_or_was_enrolled(as_person, person):
    assert "Name on the certificate" not in as_person.get("/profile").text
    make_enrollment(make_cohort(), person=person, status="withdrawn")
    page = as_person.get("/profile").text
    assert "Inés Marlow Ortiz" in page
    assert "Confirm how your name is printed" in page


def test_a_name_that_is_confirmed_is_shown_to_whoever_confirmed_it(as_person):
    as_person.post_form("/profile/certificate-name", {"certificate_name": "Inés Marlow Ortiz"})
    page = as_person.get("/profile").text
    assert "Inés Marlow Ortiz" in page
    assert "confirmed" in page


def test_the_page_takes_six_statements(as_person):
    as_person.get("/profile")
    with statements() as sent:
        as_person.get("/profile")
    # the sign-in, the profile, the agencies, the certificate name, earlier trainings, whether there is an enrollment
    assert len(sent) == 6


def test_nobody_signed_in_has_no_profile(client):
    assert client.get("/profile").location.startswith("/sign-in")
    assert client.post_form("/profile", TYPED).location == "/sign-in"
