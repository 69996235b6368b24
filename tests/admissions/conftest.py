"""What the tests of admissions share: a day on which a cohort can be applied to, and statuses as they are stored."""

from datetime import UTC, datetime

import pytest

from advocates import clock
from advocates.cohorts.models import Enrollment
from advocates.database import db
from tests.factories.cohorts import make_cohort
from tests.messages.mail_server import mail_settings

BEFORE = datetime(2026, 10, 1, 15, tzinfo=UTC)


class Time:
    """What time it is for the site: set it, and every request and activity reads it."""

    def __init__(self, monkeypatch):
        self.instant = BEFORE
        monkeypatch.setattr(clock, "now", lambda: self.instant)

    def set(self, instant):
        self.instant = instant


@pytest.fixture
def time(monkeypatch):
    return Time(monkeypatch)


@pytest.fixture
def cohort(app, time):
    """Two seats, from October 20 to December 19, 2026."""
    return make_cohort(capacity=2)


@pytest.fixture
def with_mail(app):
    with mail_settings(app, mail_server="127.0.0.1"):
        yield


def status(enrollment):
    return db.session.get_one(Enrollment, enrollment.id, populate_existing=True).status.value
