"""A kiosk ends when a trainer ends it, when somebody signs in on it, and by itself."""

import uuid

import pytest
from sqlalchemy import select

from advocates.audit.models import AuditEvent
from advocates.check_in.models import Kiosk
from advocates.database import db
from advocates.people.passwords import hash_password
from tests.client import StrictClient
from tests.factories.check_in import make_kiosk
from tests.factories.people import make_person


@pytest.fixture
def tablet(app, room, near):
    """A browser that is a kiosk, and its row."""
    kiosk, token = make_kiosk(room.session, room.trainer)
    client: StrictClient = app.test_client()
    client.set_cookie("kiosk", token)
    return client, kiosk


def ended_at(kiosk):
    return db.session.get_one(Kiosk, kiosk.id, populate_existing=True).ended_at


def test_from_the_trainers_own_device(as_trainer, room, near, tablet):
    client, kiosk = tablet
    address = f"/sessions/{room.session.id}/check-ins"
    assert f"/kiosks/{kiosk.id}/end" in as_trainer.get(address).text
    answer = as_trainer.post_form(f"/kiosks/{kiosk.id}/end")
    assert (answer.status_code, answer.location) == (303, address)
    assert ended_at(kiosk) == near.set("17:28")
    assert "A kiosk runs" not in as_trainer.get(address).text
    left = client.get("/kiosk")
    assert (left.status_code, left.location) == (303, "/")
    assert client.get_cookie("kiosk") is None


def test_sent_twice_it_ends_once(as_trainer, near, tablet):
    _, kiosk = tablet
    as_trainer.post_form(f"/kiosks/{kiosk.id}/end")
    first = ended_at(kiosk)
    near.set("18:00")
    assert as_trainer.post_form(f"/kiosks/{kiosk.id}/end", {"request_key": str(uuid.uuid4())}).status_code == 303
    assert ended_at(kiosk) == first


def test_by_signing_in_on_it(app, tablet):
    client, kiosk = tablet
    ada = make_person(
        "Ada Quill", roles=["administrator"], email="ada@example.org", password_hash=hash_password("a long one")
    )
    assert client.get("/sign-in").status_code == 200
    answer = client.post_form("/sign-in", {"email": "ada@example.org", "password": "a long one"})
    assert (answer.status_code, answer.location) == (303, "/")
    assert client.get("/").status_code == 200
    assert ended_at(kiosk) is not None
    assert client.get_cookie("kiosk") is None
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert (event.action, event.actor_id) == ("end_kiosk", ada.id)
    assert str(kiosk.id) in event.payload


def test_a_wrong_password_on_it_ends_nothing(tablet):
    client, kiosk = tablet
    assert client.post_form("/sign-in", {"email": "ada@example.org", "password": "a wrong one"}).status_code == 422
    assert ended_at(kiosk) is None
    assert client.get("/kiosk").status_code == 200


@pytest.mark.parametrize(("clock", "status"), [("21:00", 200), ("21:01", 303)])
def test_by_itself_half_an_hour_after_the_session(near, tablet, clock, status):
    client, _ = tablet
    near.set(clock)
    assert client.get("/kiosk").status_code == status


def test_others_are_refused(app, client, as_trainee, tablet):
    _, kiosk = tablet
    other: StrictClient = app.test_client().sign_in(make_person("Odo Lantern", roles=["trainer"]).id)
    address = f"/kiosks/{kiosk.id}/end"
    assert other.post_form(address).status_code == 404
    assert as_trainee.post_form(address).status_code == 403
    assert client.post_form(address).status_code == 303
    assert ended_at(kiosk) is None
    assert other.post_form(f"/kiosks/{uuid.uuid4()}/end").status_code == 404
