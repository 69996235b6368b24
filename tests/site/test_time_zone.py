"""The program's time zone: one setting, checked at the start, and the only zone that a page without a session uses."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

import config
from advocates import clock
from advocates.application import create_app
from advocates.assessments.models import AgreementText
from advocates.database import db
from tests.client import StrictClient

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "zone", ["", "Mars/Olympus", "America", "America/Chicago ", "/etc/localtime", "../UTC", "x" * 300]
)
def test_a_zone_that_does_not_exist_stops_the_start_with_a_sentence(zone):
    environment = {"ADVOCATES_SECRET_KEY": "x" * 40, "ADVOCATES_TIME_ZONE": zone}
    with pytest.raises(config.ConfigurationError, match=r"^ADVOCATES_TIME_ZONE must be a zone such as America/Chicago"):
        config.from_environment(environment)


def test_a_zone_that_exists_is_taken_and_chicago_is_the_default():
    environment = {"ADVOCATES_SECRET_KEY": "x" * 40}
    assert config.from_environment(environment).time_zone == "America/Chicago"
    environment["ADVOCATES_TIME_ZONE"] = "Pacific/Honolulu"
    assert config.from_environment(environment).time_zone == "Pacific/Honolulu"


@pytest.mark.parametrize(("zone", "day"), [("America/Chicago", "Nov 3, 2026"), ("Pacific/Auckland", "Nov 4, 2026")])
def test_a_day_on_a_page_is_the_day_in_the_programs_zone(app, administrator, monkeypatch, zone, day):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 4, 1, 30, tzinfo=UTC))
    elsewhere = create_app(replace(app.config["SETTINGS"], time_zone=zone))
    elsewhere.config.update(TESTING=True)
    elsewhere.test_client_class = StrictClient
    client = elsewhere.test_client().sign_in(administrator.id)
    assert client.post_form("/agreement-texts/install").status_code == 303
    assert db.session.scalars(select(AgreementText.published_at)).first() == clock.now()
    page = client.get("/agreement-texts").text
    with elsewhere.app_context():
        db.engine.dispose()
    assert day in page


def test_today_is_the_day_in_the_programs_zone(app, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 4, 1, 30, tzinfo=UTC))
    assert clock.today() == date(2026, 11, 3)
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], time_zone="Pacific/Auckland"))
    assert clock.today() == date(2026, 11, 4)
    assert clock.today("America/Chicago") == date(2026, 11, 3)


def test_no_template_names_a_zone():
    named = [
        path.name
        for path in ROOT.glob("templates/**/*.html")
        if re.search(r"""["'](America|Europe|Pacific|US|UTC)\b""", path.read_text())
    ]
    assert named == []
