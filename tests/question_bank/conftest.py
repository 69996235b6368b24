"""A version with its bank, and who writes in it."""

from typing import Any

import pytest

from tests.client import StrictClient
from tests.factories.cohorts import make_cohort
from tests.factories.curriculum import make_version
from tests.factories.people import make_person


@pytest.fixture
def version(app) -> Any:
    return make_version(minutes=[60, 60])


@pytest.fixture
def as_trainer(app, version) -> StrictClient:
    """Teaches a cohort on the version."""
    trainer = make_person("Rosa Ebel", roles=["trainer"], cohort_id=make_cohort(version).id)
    return app.test_client().sign_in(trainer.id)


@pytest.fixture
def as_other_trainer(app) -> StrictClient:
    """Teaches on another version."""
    other = make_cohort(make_version(minutes=[60]))
    return app.test_client().sign_in(make_person("Odo Lantern", roles=["trainer"], cohort_id=other.id).id)
