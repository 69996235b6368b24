"""A cohort whose skills have rubrics and a trainer who may sign them, and clients signed in as each."""

import pytest

from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import shipped_document
from tests.factories.people import make_person
from tests.factories.skills import authorize_skills, ship_rubrics

SKILLS = shipped_document().rules.skills


@pytest.fixture
def cohort(app):
    cohort = make_cohort()
    ship_rubrics(cohort, make_person("Ada Quill", roles=["administrator"]))
    return cohort


@pytest.fixture
def trainer(cohort):
    person = make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id)
    authorize_skills(cohort, person)
    return person


@pytest.fixture
def second(cohort):
    person = make_person("Bo Carr", roles=["trainer"], cohort_id=cohort.id)
    authorize_skills(cohort, person)
    return person


@pytest.fixture
def enrollment(cohort):
    return make_enrollment(cohort, "Wen Harlow")


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
