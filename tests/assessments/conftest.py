"""A cohort with its trainer, a trainee, and clients signed in as each."""

from typing import Any

import pytest

from advocates.assessments.agreement_queries import current_texts
from advocates.assessments.wording import ensure_shipped_texts
from advocates.database import db
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person


@pytest.fixture
def cohort(app):
    return make_cohort()


@pytest.fixture
def trainer(cohort):
    return make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id)


@pytest.fixture
def enrollment(cohort):
    return make_enrollment(cohort, "Wen Harlow")


@pytest.fixture
def texts(app) -> dict[str, Any]:
    ensure_shipped_texts(None)
    db.session.commit()
    return current_texts()


@pytest.fixture
def sign_in(app):
    """A new browser, signed in as the person."""
    return lambda person_id: app.test_client().sign_in(person_id)


@pytest.fixture
def as_trainer(sign_in, trainer):
    return sign_in(trainer.id)


@pytest.fixture
def as_trainee(sign_in, enrollment):
    return sign_in(enrollment.person_id)


@pytest.fixture
def as_other_trainer(sign_in):
    """A trainer of another cohort."""
    return sign_in(make_person("Otto Lind", roles=["trainer"], cohort_id=make_cohort().id).id)
