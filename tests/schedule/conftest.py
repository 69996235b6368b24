"""A cohort on the shipped curriculum, and who may and may not change its schedule."""

import dataclasses

import pytest

from tests.factories.cohorts import make_cohort
from tests.factories.people import make_person


@pytest.fixture
def cohort(app):
    return make_cohort()


@pytest.fixture
def as_role(app):
    """A client of somebody with the role: in the cohort given, or in none."""

    def signed_in(role, cohort=None):
        person = make_person("Juno Abara", roles=[role], cohort_id=cohort.id if cohort else None)
        return app.test_client().sign_in(person.id)

    return signed_in


@pytest.fixture
def mail(app, monkeypatch):
    """A mail server is set, so that mails are queued."""
    settings = dataclasses.replace(app.config["SETTINGS"], mail_server="localhost")
    monkeypatch.setitem(app.config, "SETTINGS", settings)
