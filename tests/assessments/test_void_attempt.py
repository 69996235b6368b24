"""A score taken back counts no longer, but stays on file."""

import uuid

import pytest
from sqlalchemy import select

from advocates.access import Actor, Role
from advocates.assessments.models import AssessmentAttempt
from advocates.assessments.queries import assessment_facts
from advocates.assessments.rules import VoidReason
from advocates.assessments.voiding import void_attempt
from advocates.audit.models import AuditEvent
from advocates.cohorts.models import Enrollment
from advocates.database import db
from tests.factories.cohorts import make_enrollment
from tests.factories.graduation import take_test
from tests.factories.people import grant_role, make_person
from tests.together import behind


@pytest.fixture
def attempt(enrollment):
    return take_test(enrollment, 41)


def address(attempt):
    return f"/attempts/{attempt.id}/void"


def is_standing(attempt):
    return db.session.get_one(AssessmentAttempt, attempt.id).voided_at is None


def test_a_trainer_takes_a_score_back_and_the_attempt_is_free_again(attempt, enrollment, trainer, as_trainer):
    assert "41 of 50" in as_trainer.get(address(attempt)).text
    response = as_trainer.post_form(address(attempt), {"reason": "typing_error"})
    assert response.status_code == 303
    assert response.location.endswith("/tests?test=post_test")
    row = db.session.get_one(AssessmentAttempt, attempt.id)
    assert (row.score, row.voided_by, row.void_reason_code) == (41, trainer.id, "typing_error")
    assert assessment_facts([enrollment.id])[enrollment.id].post_test_attempts == ()
    assert take_test(enrollment, 44).number == 1


def test_a_reason_is_asked_for(attempt, as_trainer):
    for reason in ("", "no_such_reason"):
        response = as_trainer.post_form(address(attempt), {"reason": reason})
        assert response.status_code == 422
    assert "Choose a reason." in as_trainer.post_form(address(attempt), {"reason": ""}).text
    assert is_standing(attempt)


def test_a_second_taking_back_is_a_conflict_but_the_same_form_twice_is_not(attempt, as_trainer):
    data = {"reason": "typing_error", "request_key": str(uuid.uuid4())}
    assert as_trainer.post_form(address(attempt), data).status_code == 303
    assert as_trainer.post_form(address(attempt), data).status_code == 303
    assert as_trainer.post_form(address(attempt), {"reason": "typing_error"}).status_code == 409
    assert "taken back already" in as_trainer.get(address(attempt)).text


def test_strangers_and_trainees_are_refused(attempt, client, as_trainee):
    assert client.get(address(attempt)).location.startswith("/sign-in")
    assert as_trainee.post_form(address(attempt), {"reason": "typing_error"}).status_code == 403
    assert is_standing(attempt)


def test_another_cohort_s_score_and_a_missing_one_are_not_found(attempt, as_other_trainer, as_trainer):
    assert as_other_trainer.get(address(attempt)).status_code == 404
    assert as_other_trainer.post_form(address(attempt), {"reason": "typing_error"}).status_code == 404
    assert as_trainer.get(f"/attempts/{uuid.uuid4()}/void").status_code == 404
    assert is_standing(attempt)


def test_nobody_takes_back_their_own_score(cohort, sign_in):
    both = make_person("Ines Marlow", roles=["trainee"])
    grant_role(both, "trainer", cohort.id)
    own = take_test(make_enrollment(cohort, person=both), 12)
    assert sign_in(both.id).post_form(address(own), {"reason": "typing_error"}).status_code == 409
    assert is_standing(own)


def test_a_score_is_not_taken_back_under_a_certificate_that_is_being_made(app, attempt, enrollment, trainer):
    actor = Actor(trainer.id, "", trainer.id, frozenset({Role.TRAINER}))
    attempt_id = attempt.id

    def take_back():
        void_attempt(actor, attempt_id, VoidReason.TYPING_ERROR)
        return db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()

    assert behind(app, Enrollment, enrollment.id, take_back) == ["anything", "void_attempt"]
