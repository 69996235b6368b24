"""The demo: the same story every time, clean in both checks, and every address shows something."""

import json
import uuid
from dataclasses import replace
from datetime import date, datetime, time
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from advocates import clock
from advocates.attendance.checking import check_hours
from advocates.audit.checking import check_chain
from advocates.check_in.models import CheckIn
from advocates.check_in.rules import Direction
from advocates.cohorts.models import Cohort, Enrollment
from advocates.credentials.models import Credential, CredentialState
from advocates.database import db
from advocates.demo import cast
from advocates.demo.loading import NotEmpty, load_demo
from advocates.demo.stage import ZONE
from advocates.messages.models import OutboxMessage
from advocates.overview.queries.prospects import forecasts_of_cohort
from advocates.overview.rules import Reach
from advocates.people.models import Account
from tests.budgets import statements
from tests.client import StrictClient
from tests.factories.people import make_person

TODAY = date(2026, 11, 23)


def _client(app, email: str) -> StrictClient:
    client: StrictClient = app.test_client()
    person_id = db.session.scalars(select(Account.person_id).filter_by(email_key=email)).one()
    return client.sign_in(person_id)


def _outcomes():
    """What the story comes to, without the ids that differ from load to load."""
    statuses = db.session.execute(
        select(Cohort.title, Enrollment.status, func.count(func.distinct(Enrollment.id)))
        .join_from(Enrollment, Cohort, Enrollment.curriculum_version_id == Cohort.curriculum_version_id)
        .group_by(Cohort.title, Enrollment.status)
        .order_by(Cohort.title, Enrollment.status)
    )
    serials = db.session.scalars(select(Credential.serial).order_by(Credential.serial))
    return [tuple(row) for row in statuses], list(serials), check_hours().entries


def _everybody_stands_somewhere(cohort_id: str) -> None:
    """On track, at risk, out of reach here; with a make-up proposed, and a seat booked in another cohort."""
    forecasts = forecasts_of_cohort(db.session.get_one(Cohort, uuid.UUID(cohort_id)))
    assert {each.prospect.reach for each in forecasts} >= {Reach.ON_TRACK, Reach.AT_RISK, Reach.NOT_HERE}
    assert [each.name for each in forecasts if each.booked] == [cast.CURRENT[7].name, cast.CURRENT[0].name]
    assert any(each.prospect.forecast.claimed for each in forecasts)


def test_the_story_is_told_clean_and_every_address_shows_something(app):
    loaded = load_demo(TODAY)
    assert check_chain()[1] is None
    checked = check_hours()
    assert checked.entries > 500
    assert checked.differences == ()
    credentials = db.session.scalars(select(Credential)).all()
    assert len(credentials) == len(cast.PILOT) - 1
    for credential in credentials:
        assert credential.state is CredentialState.IN_FORCE
        assert json.loads(credential.content)["is_sample"]
        assert (credential.completed_on, credential.issued_on) == (date(2024, 12, 17), date(2024, 12, 20))
    assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == 0
    _everybody_stands_somewhere(loaded.addresses["graduation_url"].split("/")[-2])
    administrator = _client(app, loaded.sign_ins[0]["email"])
    for name, address in loaded.addresses.items():
        answer = administrator.get(urlsplit(address).path)
        assert answer.status_code == 200, name


def test_loading_twice_changes_nothing_and_tells_the_same(app):
    first, outcomes = load_demo(TODAY), _outcomes()
    assert load_demo(TODAY) == first
    assert _outcomes() == outcomes


@pytest.mark.parametrize(("hour", "came", "left"), [(6, 0, 0), (23, 7, 1)])
def test_nobody_has_checked_in_ahead_of_the_clock(app, hour, came, left):
    with clock.at(datetime.combine(TODAY, time(hour), ZoneInfo(ZONE))):
        load_demo(TODAY)
        events = db.session.scalars(select(CheckIn)).all()
        assert all(event.at <= clock.now() for event in events)
    assert [event.direction for event in events].count(Direction.IN) == came
    assert [event.direction for event in events].count(Direction.OUT) == left


def test_the_demo_password_opens_every_account(app, client):
    loaded = load_demo(TODAY)
    for sign_in in loaded.sign_ins:
        fresh: StrictClient = app.test_client()
        fields = {"email": sign_in["email"], "password": sign_in["password"]}
        assert fresh.post_form("/sign-in", fields).status_code == 303, sign_in["role"]


def test_no_worker_ever_sees_a_mail_of_the_demo(app, monkeypatch):
    settings = replace(app.config["SETTINGS"], mail_server="127.0.0.1")
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    with statements() as sent:
        load_demo(TODAY)
    mailed = [text for text in sent if "outbox_message" in text]
    written = [n for n, text in enumerate(mailed) if text.startswith("INSERT INTO outbox_message")]
    assert any(text.startswith("DELETE FROM outbox_message") for text in mailed[written[-1] :])
    assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == 0


def test_it_never_mixes_with_real_people(app):
    make_person("Ottilie Marsh")
    with pytest.raises(NotEmpty):
        load_demo(TODAY)
