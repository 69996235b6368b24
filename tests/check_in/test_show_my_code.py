"""The personal code, for its person alone."""

import re
import uuid

import pytest
from sqlalchemy import select

from advocates.audit.models import AuditEvent, AuditValue
from advocates.check_in import personal_codes
from advocates.check_in.models import PersonalCode
from advocates.database import db
from tests.budgets import statements
from tests.client import StrictClient
from tests.factories.check_in import make_personal_code
from tests.factories.people import make_person

SHOWN = re.compile(r"<bdi>(\d{3}) (\d{3})</bdi>")


def code_of(room):
    return db.session.get_one(PersonalCode, room.trainees[0].person_id, populate_existing=True).code


def test_without_one_there_is_a_button_that_makes_it(as_trainee, room):
    assert not SHOWN.search(as_trainee.get("/my-code").text)
    assert as_trainee.post_form("/my-code").status_code == 303
    assert "".join(SHOWN.search(as_trainee.get("/my-code").text).groups()) == code_of(room)


def test_a_new_one_makes_the_old_one_useless(as_trainee, room):
    make_personal_code(room.trainees[0], "482913")
    as_trainee.post_form("/my-code")
    assert code_of(room) != "482913"


def test_the_form_sent_twice_makes_one(as_trainee, room):
    key = str(uuid.uuid4())
    as_trainee.post_form("/my-code", {"request_key": key})
    first = code_of(room)
    as_trainee.post_form("/my-code", {"request_key": key})
    assert code_of(room) == first


def test_nobody_gets_a_code_that_somebody_has(as_trainee, room, monkeypatch):
    make_personal_code(room.trainees[1], "000007")
    drawn = iter([7, 7, 8])
    monkeypatch.setattr(personal_codes.secrets, "randbelow", lambda _most: next(drawn))
    as_trainee.post_form("/my-code")
    assert code_of(room) == "000008"


def test_the_code_is_in_no_event_of_the_trail(as_trainee, room, caplog):
    as_trainee.post_form("/my-code")
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert event.action == "make_personal_code"
    assert code_of(room) not in event.payload
    assert db.session.scalars(select(AuditValue)).all() == []
    assert code_of(room) not in caplog.text


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get("/my-code").status_code == 303


@pytest.mark.parametrize("role", ["administrator", "trainer", "auditor"])
def test_staff_have_none(app, role):
    client: StrictClient = app.test_client().sign_in(make_person("Odo Lantern", roles=[role]).id)
    assert client.get("/my-code").status_code == 403
    assert client.post_form("/my-code").status_code == 403


# Sign-in; the code.
def test_statements(as_trainee):
    with statements() as sent:
        as_trainee.get("/my-code")
    assert len(sent) == 2
