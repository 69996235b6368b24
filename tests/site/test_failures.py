"""What goes wrong below a view: one clear sentence, nothing half done, and no name in the log."""

import uuid
from time import monotonic

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from advocates.attendance.models import AttendanceMark
from advocates.cohorts import enrolling
from advocates.database import db, own_transaction
from advocates.people import signing_in
from advocates.people.models import Agency
from advocates.people.registering import EmailTaken
from tests.factories.cohorts import make_cohort


def test_a_database_that_is_away_gets_a_page_with_a_sentence(as_administrator, monkeypatch):
    def fail(_token):
        raise OperationalError("SELECT", {}, Exception("database is locked"))

    monkeypatch.setattr(signing_in, "find_actor", fail)
    for answer in (as_administrator.get("/"), as_administrator.post_form("/sign-out")):
        assert answer.status_code == 503
        assert "Nothing was changed" in answer.text


def test_an_address_that_is_nowhere_waits_for_no_writer(as_administrator):
    as_administrator.get("/")
    with own_transaction() as session:
        session.execute(text("UPDATE audit_head SET seq = seq"))
        begun = monotonic()
        assert as_administrator.get("/nowhere").status_code == 404
    assert monotonic() - begun < 2


def test_what_the_database_refuses_is_told_as_somebody_elses_change(client, room, caplog):
    key = str(uuid.uuid4())
    rows = [room.row(trainee, outcome="present", client_key=key) for trainee in room.trainees[:2]]
    answer = client.sign_in(room.trainer.id).post_form(room.address, rows[0] | rows[1])
    assert answer.status_code == 409
    assert "Somebody else was quicker" in answer.text
    assert db.session.scalar(select(func.count()).select_from(AttendanceMark)) == 0
    assert "a write met another" in caplog.text
    assert key not in caplog.text


def test_an_address_taken_at_the_same_moment_is_told_too(as_administrator, monkeypatch):
    def be_late(_judgment):
        raise EmailTaken("ines@example.org")

    monkeypatch.setattr(enrolling, "people_of", be_late)
    address = f"/cohorts/{make_cohort().id}/enroll"
    answer = as_administrator.post_form(address, {"chosen_name": "Ines Marlow", "email": "ines@example.org"})
    assert answer.status_code == 409


def test_an_error_that_is_logged_holds_no_parameters(app):
    db.session.add_all([Agency(name="Lakeview House"), Agency(name="Lakeview House")])
    with pytest.raises(IntegrityError, match="SQL parameters hidden"):
        db.session.flush()
    db.session.rollback()
