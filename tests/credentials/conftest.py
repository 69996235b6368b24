"""An award, really issued."""

import pytest
from sqlalchemy import select

from advocates.credentials import issuing
from advocates.credentials.eligibility import assess_many
from advocates.credentials.models import Credential
from advocates.database import db
from tests.factories.graduation import make_issuer, make_ready, make_short_cohort


@pytest.fixture
def award(app, administrator):
    """A published credential of Ottilie Marsh, issued by a real run."""
    make_issuer()
    cohort = make_short_cohort()
    enrollment = make_ready(cohort, "Ottilie Marsh")
    issuing.start_batch(administrator.id, cohort.id, assess_many([enrollment.id]))
    db.session.commit()
    issuing.issue_waiting()
    credential = db.session.scalars(select(Credential)).one()
    credential.cohort_id, credential.person_id = cohort.id, enrollment.person_id
    db.session.expunge(credential)
    db.session.remove()
    return credential
