"""An administrator keeps a person right."""

import re
import uuid

import pytest
from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.people.models import Account, Person, PersonProfile
from advocates.people.registering import PersonDraft, add_agency, change_person, create_people
from advocates.seen import Seen
from tests.client import seen_on
from tests.factories.people import make_person
from tests.people.links import link_for
from tests.people.refusals import assert_only_administrators

STORED_NOW = re.compile(r'id="(\w+)-stored">Now stored: <bdi>(.*?)</bdi>')
TYPED = {
    "chosen_name": "Ines Marlow",
    "email": "ines@example.org",
    "language": "en",
    "pronunciation": "",
    "contact_preference": "",
}


@pytest.fixture
def person(app):
    return make_person("Ines Marlow", email="ines@example.org")


def _profile(person):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(PersonProfile, person.id)


def _edit(client, person, **typed):
    """Send the form, opened a moment ago unless `seen` says otherwise."""
    address = f"/people/{person.id}/edit"
    typed.setdefault("seen", client.seen(address))
    return client.post_form(address, {**TYPED, **typed})


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


def _page_with_another_pronunciation(as_administrator, administrator, person):
    """What was seen of a page that stands open while somebody else stores how the name is said."""
    seen = as_administrator.seen(f"/people/{person.id}/edit")
    change_person(administrator.id, person.id, {"pronunciation": "ee-NESS"}, Seen.of({"pronunciation": None}))
    db.session.commit()
    return seen


def test_what_somebody_else_stored_meanwhile_is_shown_beside_what_is_typed(as_administrator, administrator, person):
    seen = _page_with_another_pronunciation(as_administrator, administrator, person)
    response = _edit(as_administrator, person, contact_preference="texts", seen=seen)
    assert response.status_code == 409
    assert 'role="alert" tabindex="-1" id="error-summary"' in response.text
    assert "somebody else changed this meanwhile" in response.text
    assert '<a href="#pronunciation">' in response.text
    assert 'aria-describedby="pronunciation-hint pronunciation-stored"' in response.text
    assert re.findall(r'id="(\w+)-stored">Now stored: <bdi>(.*?)</bdi>', response.text) == [
        ("pronunciation", "ee-NESS")
    ]
    assert 'value="texts"' in response.text
    assert (_profile(person).pronunciation, _profile(person).contact_preference) == ("ee-NESS", None)
    again = _edit(as_administrator, person, contact_preference="texts", seen=seen_on(response.text), pronunciation="")
    assert again.status_code == 303
    assert (_profile(person).pronunciation, _profile(person).contact_preference) == (None, "texts")


@pytest.mark.parametrize("seen", ["", "garbled", "pronunciation:0000000000000000"])
def test_a_form_that_does_not_say_what_it_showed_is_out_of_date(as_administrator, person, seen):
    assert _edit(as_administrator, person, pronunciation="ee-NESS", seen=seen).status_code == 409
    assert _profile(person).pronunciation is None


def test_bad_input_does_not_hide_that_somebody_else_was_there(as_administrator, administrator, person):
    seen = _page_with_another_pronunciation(as_administrator, administrator, person)
    refused = _edit(as_administrator, person, chosen_name="...", seen=seen)
    assert (refused.status_code, seen_on(refused.text)) == (422, seen)
    assert _edit(as_administrator, person, seen=seen_on(refused.text)).status_code == 409
    assert _profile(person).pronunciation == "ee-NESS"


def test_the_same_form_sent_twice_has_one_answer_whatever_came_between(as_administrator, administrator, person):
    sent = {"request_key": str(uuid.uuid4()), "seen": as_administrator.seen(f"/people/{person.id}/edit")}
    first = _edit(as_administrator, person, contact_preference="texts", **sent)
    assert first.status_code == 303
    stored = Seen.of({"contact_preference": "texts"})
    change_person(administrator.id, person.id, {"contact_preference": "calls"}, stored)
    db.session.commit()
    second = _edit(as_administrator, person, contact_preference="texts", **sent)
    assert (second.status_code, second.location) == (303, first.location)
    assert _profile(person).contact_preference == "calls"


def test_a_form_refused_as_out_of_date_and_sent_twice_is_refused_twice(as_administrator, administrator, person):
    sent = {"request_key": str(uuid.uuid4())}
    sent["seen"] = _page_with_another_pronunciation(as_administrator, administrator, person)
    assert [_edit(as_administrator, person, **sent).status_code for _ in range(2)] == [409, 409]
    assert _profile(person).pronunciation == "ee-NESS"


def test_nobody_unknown_is_edited(as_administrator):
    assert as_administrator.get(f"/people/{uuid.uuid4()}/edit").status_code == 404


def test_nobody_else_may(app, person):
    assert_only_administrators(app, f"/people/{person.id}/edit")
    assert_only_administrators(app, f"/people/{person.id}/edit", "POST")


def test_a_linked_walk_in_gets_no_account_of_their_own(as_administrator, person):
    walk_in = db.session.get_one(Person, create_people([PersonDraft("Ines M.")])[0])
    walk_in.merged_into_id = person.id
    db.session.commit()
    response = _edit(as_administrator, walk_in, email="again@example.org")
    assert response.status_code == 422
    assert "Add the address on that person" in response.text
    assert db.session.get(Account, walk_in.id) is None
