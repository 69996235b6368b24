"""Who is moved is told where they go on, unless they want no mail."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from advocates.database import db
from advocates.messages.models import OutboxMessage
from advocates.people.models import PersonProfile
from tests.factories.transfers import move


@pytest.fixture
def with_mail(app, monkeypatch):
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], mail_server="127.0.0.1"))


def test_each_is_told_but_who_wants_no_mail(crossing, administrator, with_mail):
    told, silent, without = crossing.room.trainees
    db.session.get_one(PersonProfile, silent.person_id).declines_mail = True
    db.session.get_one(PersonProfile, without.person_id).email = None
    db.session.commit()
    move(administrator, crossing.room.trainees, crossing.cohort)
    (mail,) = db.session.scalars(select(OutboxMessage))
    assert mail.address == db.session.get_one(PersonProfile, told.person_id).email
    assert mail.subject == "A change to your schedule"
    assert "your place is in Spring 2027" in mail.body


def test_where_no_mail_can_be_sent_nothing_waits(crossing, administrator):
    move(administrator, crossing.room.trainees, crossing.cohort)
    assert db.session.scalars(select(OutboxMessage)).all() == []
