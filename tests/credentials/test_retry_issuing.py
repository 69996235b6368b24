"""Trying failed certificates again from their page."""

from sqlalchemy import select

from advocates.credentials import issuing
from advocates.credentials.eligibility import assess_many
from advocates.credentials.models import IssuingItem, ItemState
from advocates.database import db
from tests.factories.graduation import make_issuer, make_ready, make_short_cohort


def test_failed_ones_are_made_after_another_try(as_administrator, administrator):
    make_issuer()
    cohort = make_short_cohort()
    enrollment = make_ready(cohort)
    batch = issuing.start_batch(administrator.id, cohort.id, assess_many([enrollment.id]))
    db.session.scalars(select(IssuingItem)).one().state = ItemState.FAILED
    db.session.commit()
    page = as_administrator.get(f"/issuing/{batch.id}")
    assert "Could not be made" in page.text
    assert "Try the failed ones again" in page.text
    assert as_administrator.post_form(f"/issuing/{batch.id}/retry").status_code == 303
    assert issuing.issue_waiting() == 1
