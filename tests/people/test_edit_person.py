"""An administrator keeps a person right."""

import uuid

import pytest
from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.people.models import Account, PersonProfile
from advocates.people.registering import add_agency
from tests.factories.people import make_person
from tests.people.links import link_for
from tests.people.refusals import assert_only_administrators

TYPED = {"chosen_name": "Ines Marlow", "email": "ines@example.org", "language": "en"}


@pytest.fixture
def person(app):
    return make_person("Ines Marlow", email="ines@example.org")


def _profile(person):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(PersonProfile, person.id)


def _edit(client, person, **typed):
    return client.post_form(f"/people/{person.id}/edit", {**TYPED, **typed})


def test_what_is_typed_is_saved_and_shown_again(as_administrator, administrator, person):
    agency_id = add_agency(administrator.id, "Lawndale Allies", None)
    db.session.commit()
    typed = {"pronunciation": "ee-NESS", "agency_id": str(agency_id), "contact_preference": "texts"}
    assert _edit(as_administrator, person, **typed).location == f"/people/{person.id}"
    profile = _profile(person)
    assert (profile.pronunciation, profile.agency_id) == ("ee-NESS", agency_id)
    form = as_administrator.get(f"/people/{person.id}/edit").text
    assert 'value="ee-NESS"' in form
    assert f'selected value="{agency_id}"' in form


def test_a_language_without_translation_does_not_turn_the_page_around(app, person):
    db.session.get_one(PersonProfile, person.id).language = "ar"
    db.session.commit()
    client = app.test_client()
    client.sign_in(person.id)
    assert '<html lang="en" dir="ltr">' in client.get("/profile").text


def test_a_language_is_asked_only_where_there_is_a_choice_and_the_stored_one_stays(as_administrator, person):
    db.session.get_one(PersonProfile, person.id).language = "ar"
    db.session.commit()
    assert "Preferred language" not in as_administrator.get(f"/people/{person.id}/edit").text
    assert _edit(as_administrator, person, pronunciation="ee-NESS").status_code == 303
    assert (_profile(person).language, _profile(person).pronunciation) == ("ar", "ee-NESS")


def test_saving_without_a_change_leaves_no_trace(as_administrator, person):
    assert _edit(as_administrator, person).status_code == 303
    edits = select(func.count()).select_from(AuditEvent).where(AuditEvent.action == "edit_person")
    assert db.session.scalar(edits) == 0


def test_a_new_address_signs_in_and_ends_links_to_the_old(app, client, as_administrator, administrator, person):
    path = link_for(app, administrator.id, person.id)
    assert _edit(as_administrator, person, email="new@example.org").status_code == 303
    assert db.session.get_one(Account, person.id, populate_existing=True).email_key == "new@example.org"
    assert client.get(path).status_code == 410


def test_another_spelling_of_the_address_keeps_the_link(app, client, as_administrator, administrator, person):
    path = link_for(app, administrator.id, person.id)
    assert _edit(as_administrator, person, email="Ines@example.org").status_code == 303
    assert client.get(path).status_code == 200


def test_a_walk_in_gets_an_account_with_their_first_address(as_administrator):
    walk_in = make_person("Walk In")
    db.session.delete(db.session.get_one(Account, walk_in.id))
    db.session.get_one(PersonProfile, walk_in.id).email = None
    db.session.commit()
    assert _edit(as_administrator, walk_in).status_code == 303
    assert db.session.get_one(Account, walk_in.id).email_key == "ines@example.org"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": ""}, "do not leave it empty"),
        ({"email": "TAKEN@example.org"}, "Somebody else signs in"),
        ({"chosen_name": "..."}, "at least one letter"),
    ],
)
def test_bad_input_changes_nothing_and_is_kept(as_administrator, person, typed, sentence):
    make_person("Taken", email="taken@example.org")
    response = _edit(as_administrator, person, pronunciation="kept", **typed)
    assert response.status_code == 422
    assert sentence in response.text
    assert 'value="kept"' in response.text
    profile = _profile(person)
    assert (profile.chosen_name, profile.email, profile.pronunciation) == ("Ines Marlow", "ines@example.org", None)


def test_nobody_unknown_is_edited(as_administrator):
    assert as_administrator.get(f"/people/{uuid.uuid4()}/edit").status_code == 404


def test_nobody_else_may(app, person):
    assert_only_administrators(app, f"/people/{person.id}/edit")
    assert_only_administrators(app, f"/people/{person.id}/edit", "POST")
