"""A guest speaker has no account, and teaches the session where they were added beside whoever does."""

import uuid

import pytest
from sqlalchemy import select

from advocates.access import Role
from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.people.granting import create_grants
from advocates.people.models import Account
from advocates.staffing.models import GuestSpeaker
from advocates.staffing.queries import staff_of
from tests.factories.cohorts import make_cohort
from tests.factories.people import make_person
from tests.factories.schedule import make_session


@pytest.fixture
def client(app):
    return app.test_client().sign_in(make_person("Ada Quill", roles=["administrator"]).id)


def add(client, session, name="Basil Thorne"):
    response = client.post_form(f"/sessions/{session.id}/guest-speakers", {"name": name})
    assert response.status_code == 303
    return client.get(response.location).text


def guest_id():
    return db.session.scalars(select(GuestSpeaker.person_id)).one()


def test_the_guest_comes_beside_the_trainers_whom_nobody_had_named(client):
    cohort, elsewhere = make_cohort(), make_cohort()
    session, meanwhile = make_session(cohort), make_session(elsewhere)
    trainer = make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id)
    make_person("Otis Lund", roles=["trainer"], cohort_id=elsewhere.id)
    create_grants([trainer.id], Role.TRAINER, None, elsewhere.id)
    db.session.commit()
    client.post_form(f"/sessions/{meanwhile.id}/staff", {"person_ids": [str(trainer.id)]})
    text = add(client, session)
    assert "added and booked for this session" in text
    assert "The cohort&#39;s trainers are named beside them." in text
    assert staff_of(session.id) == [trainer.id, guest_id()]
    payload = db.session.scalars(select(AuditEvent.payload).order_by(AuditEvent.seq.desc())).first()
    assert f'"booked_twice_with":["{meanwhile.id}"]' in payload


def test_the_guest_comes_beside_those_named_and_brings_no_one_else(client):
    session = make_session(cohort := make_cohort())
    named = make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id)
    make_person("Otis Lund", roles=["trainer"], cohort_id=cohort.id)
    client.post_form(f"/sessions/{session.id}/staff", {"person_ids": [str(named.id)]})
    text = add(client, session)
    assert "are named beside them" not in text
    assert staff_of(session.id) == [named.id, guest_id()]


def test_a_form_sent_twice_books_one_guest(client):
    session, form = make_session(make_cohort()), {"name": "Basil Thorne", "request_key": str(uuid.uuid4())}
    for _ in range(2):
        assert client.post_form(f"/sessions/{session.id}/guest-speakers", form).status_code == 303
    assert staff_of(session.id) == [guest_id()]


@pytest.mark.parametrize(("name", "guests"), [("Łucja Wiśniewska", 1), ("", 0), ("\u202e", 0)])
def test_a_name_is_enough(client, name, guests):
    session = make_session(make_cohort())
    address = f"/sessions/{session.id}/guest-speakers"
    assert client.post_form(address, {"name": name}).status_code == 303
    assert db.session.query(GuestSpeaker).count() == guests
    assert db.session.query(Account).count() == 1
    assert ("(guest speaker)" in client.get(f"/sessions/{session.id}/staff").text) is bool(guests)
