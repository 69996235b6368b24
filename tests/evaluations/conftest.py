"""What the tests of surveys begin with."""

import pytest

from tests.client import StrictClient
from tests.factories.cohorts import make_cohort
from tests.factories.people import make_person


@pytest.fixture
def cohort(app):
    return make_cohort()


@pytest.fixture
def as_trainer(app, cohort) -> StrictClient:
    """The trainer of the cohort."""
    client: StrictClient = app.test_client()
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id).id)
    return client


@pytest.fixture
def as_another_trainer(app) -> StrictClient:
    client: StrictClient = app.test_client()
    client.sign_in(make_person("Odo Lantern", roles=["trainer"], cohort_id=make_cohort().id).id)
    return client


@pytest.fixture
def as_trainee(app) -> StrictClient:
    client: StrictClient = app.test_client()
    client.sign_in(make_person("Ines Marlow", roles=["trainee"]).id)
    return client
