"""A person confirms how their name is printed; a later change of the name voids it."""

import uuid

import pytest
from sqlalchemy import func, select

from advocates.database import db
from advocates.people.models import NameConfirmation
from advocates.people.queries import certificate_names
from advocates.people.registering import change_person
from advocates.seen import Seen
from tests.factories.people import make_person

ADDRESS = "/profile/certificate-name"


@pytest.fixture
def person(app):
    return make_person("Łucja Wiśniewska")


@pytest.fixture
def as_person(app, person):
    return app.test_client().sign_in(person.id)


def _confirmed(person):
    db.session.rollback()
    db.session.expire_all()
    return certificate_names([person.id])[person.id]


def _count():
    return db.session.scalar(select(func.count()).select_from(NameConfirmation))


def test_the_chosen_name_is_proposed_and_confirmed_as_typed(as_person, person):
    assert 'value="Łucja Wiśniewska"' in as_person.get(ADDRESS).text
    response = as_person.post_form(ADDRESS, {"certificate_name": " Łucja  Maria Wiśniewska"})
    assert response.location == "/profile"
    confirmed = _confirmed(person)
    assert (confirmed.name, confirmed.way) == ("Łucja Maria Wiśniewska", "self")
    row = db.session.get_one(NameConfirmation, confirmed.confirmation_id)
    assert (row.recorded_by, row.witnessed_by, row.person_id) == (person.id, None, person.id)


def test_a_later_change_of_the_name_voids_the_confirmation(as_person, administrator, person):
    as_person.post_form(ADDRESS, {"certificate_name": "Łucja Wiśniewska"})
    assert _confirmed(person).confirmed_at is not None
    seen = Seen.of({"certificate_name": "Łucja Wiśniewska"})
    change_person(administrator.id, person.id, {"certificate_name": "Lucja W."}, seen)
    db.session.commit()
    changed = _confirmed(person)
    assert (changed.name, changed.confirmation_id, changed.confirmed_at) == ("Lucja W.", None, None)


def test_a_name_confirmed_twice_counts_as_its_newest_confirmation(as_person, person):
    for name in ("A Name", "Another Name", "Another Name"):
        as_person.post_form(ADDRESS, {"certificate_name": name})
    newest = db.session.scalars(select(NameConfirmation.id).order_by(NameConfirmation.id.desc())).first()
    assert _confirmed(person).confirmation_id == newest
    assert _count() == 3


@pytest.mark.parametrize("name", ["", "...", "x" * 101, "Ana\u202egnorw"])
def test_a_name_that_cannot_be_printed_is_refused(as_person, person, name):
    assert as_person.post_form(ADDRESS, {"certificate_name": name}).status_code == 422
    assert _confirmed(person).name is None
    assert _count() == 0


def test_the_same_form_sent_twice_confirms_once(as_person):
    sent = {"certificate_name": "Łucja Wiśniewska", "request_key": str(uuid.uuid4())}
    assert [as_person.post_form(ADDRESS, sent).status_code for _ in range(2)] == [303, 303]
    assert _count() == 1


def test_nobody_signed_in_confirms_nothing(client):
    assert client.get(ADDRESS).location.startswith("/sign-in")
    client.post_form(ADDRESS, {"certificate_name": "Somebody"})
    assert _count() == 0
