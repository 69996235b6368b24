"""Sending a test: once, however often it is sent."""

import pytest
from sqlalchemy import select

from advocates.assessments.models import AssessmentAttempt
from advocates.database import db


@pytest.fixture
def address(sitting):
    return f"/sittings/{sitting.id}/finish"


def test_sent_twice_it_is_recorded_once(as_trainee, address):
    for _ in range(2):
        assert as_trainee.post_form(address).location.endswith("/result")
    assert len(db.session.scalars(select(AssessmentAttempt)).all()) == 1


def test_others_are_refused(client, as_other, as_trainer, address):
    assert client.post_form(address).status_code == 303
    assert as_other.post_form(address).status_code == 404
    assert as_trainer.post_form(address).status_code == 403
    assert as_other.get(address).status_code == 405
