"""A trainer gives the tablet away: their sign-in there ends, and it does nothing but check people in."""

import hashlib
import uuid

import pytest
from sqlalchemy import select

from advocates.audit.models import AuditEvent
from advocates.check_in.models import Kiosk
from advocates.database import db
from advocates.people.models import SignIn
from tests.client import StrictClient
from tests.factories.attendance import make_signed_off
from tests.factories.people import make_person


@pytest.fixture
def address(room):
    return f"/sessions/{room.session.id}/kiosk"


def kiosks():
    return db.session.scalars(select(Kiosk)).all()


def test_the_sign_in_of_this_browser_ends_and_a_kiosk_begins(as_trainer, room, address):
    answer = as_trainer.post_form(address)
    assert (answer.status_code, answer.location) == (303, "/kiosk")
    (kiosk,) = kiosks()
    assert (kiosk.session_id, kiosk.started_by, kiosk.ended_at) == (room.session.id, room.trainer.id, None)
    cookie = as_trainer.get_cookie("kiosk")
    assert cookie.http_only
    assert cookie.same_site == "Lax"
    assert cookie.max_age == (3 * 60 + 32) * 60
    assert kiosk.token_sha256 == hashlib.sha256(cookie.value.encode()).hexdigest()
    assert as_trainer.get_cookie("sign_in") is None
    assert db.session.scalars(select(SignIn)).one().ended_at is not None
    assert as_trainer.get("/kiosk").status_code == 200


def test_the_kept_cookie_of_the_sign_in_opens_nothing(app, as_trainer, address):
    cookie = as_trainer.get_cookie("sign_in").value
    as_trainer.post_form(address)
    again: StrictClient = app.test_client()
    again.set_cookie("sign_in", cookie)
    assert again.get("/").status_code == 303


def test_other_browsers_of_the_trainer_stay_signed_in(app, as_trainer, room, address):
    phone: StrictClient = app.test_client().sign_in(room.trainer.id)
    as_trainer.post_form(address)
    html = phone.get(f"/sessions/{room.session.id}/check-ins").text
    assert "A kiosk runs since 5:28" in html


def test_sent_twice_it_starts_one(as_trainer, address):
    fields = {"request_key": str(uuid.uuid4())}
    for _ in range(2):
        assert as_trainer.post_form(address, fields).status_code == 303
    assert len(kiosks()) == 1


def test_the_trail_holds_no_token(as_trainer, address):
    as_trainer.post_form(address)
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert event.action == "start_kiosk"
    assert as_trainer.get_cookie("kiosk").value not in event.payload


@pytest.mark.parametrize(("clock", "status"), [("08:00", 303), ("21:00", 303), ("21:01", 409)])
def test_it_starts_on_the_day_and_not_once_the_session_is_long_over(as_trainer, near, address, clock, status):
    near.set(clock)
    assert as_trainer.post_form(address).status_code == status


def test_not_after_sign_off(as_trainer, room, near, address):
    near.set("20:31")
    make_signed_off(room.session, room.trainer)
    assert as_trainer.post_form(address).status_code == 409
    assert kiosks() == []
    assert as_trainer.get("/").status_code == 200, "whoever was refused is signed in still"


def test_others_are_refused(app, client, as_trainee, address):
    other: StrictClient = app.test_client().sign_in(make_person("Odo Lantern", roles=["trainer"]).id)
    assert other.post_form(address).status_code == 404
    assert as_trainee.post_form(address).status_code == 403
    assert client.post_form(address).status_code == 303
    assert as_trainee.get("/check-in").status_code == 200
    assert kiosks() == []
