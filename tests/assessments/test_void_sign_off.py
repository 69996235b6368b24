"""A skill unsigned again, with a reason."""

import uuid

import pytest

from advocates import clock
from advocates.assessments.models import SkillSignOff
from advocates.assessments.queries import assessment_facts
from advocates.database import db, new_id
from tests.factories.cohorts import make_enrollment
from tests.factories.people import grant_role, make_person


def sign_off_for(enrollment, trainer):
    row = SkillSignOff(
        id=new_id(),
        enrollment_id=enrollment.id,
        skill="Makes a safety plan",
        signed_by=trainer.id,
        signed_at=clock.now(),
        observed_on=clock.today(),
    )
    db.session.add(row)
    db.session.commit()
    return row


@pytest.fixture
def sign_off(enrollment, trainer):
    return sign_off_for(enrollment, trainer)


def address(sign_off):
    return f"/skill-sign-offs/{sign_off.id}/void"


def is_standing(sign_off):
    return db.session.get_one(SkillSignOff, sign_off.id).voided_at is None


def test_a_signature_taken_back_opens_the_skill_again(sign_off, enrollment, trainer, as_trainer):
    assert "Makes a safety plan" in as_trainer.get(address(sign_off)).text
    response = as_trainer.post_form(address(sign_off), {"reason": "not_observed"})
    assert response.status_code == 303
    row = db.session.get_one(SkillSignOff, sign_off.id)
    assert (row.voided_by, row.void_reason_code) == (trainer.id, "not_observed")
    assert assessment_facts([enrollment.id])[enrollment.id].signed_skills == ()
    assert is_standing(sign_off_for(enrollment, trainer))


def test_a_reason_is_asked_for(sign_off, as_trainer):
    response = as_trainer.post_form(address(sign_off), {"reason": ""})
    assert response.status_code == 422
    assert "Choose a reason." in response.text
    assert is_standing(sign_off)


def test_the_same_form_twice_is_one_taking_back_and_another_a_conflict(sign_off, as_trainer):
    data = {"reason": "not_observed", "request_key": str(uuid.uuid4())}
    assert [as_trainer.post_form(address(sign_off), data).status_code for _ in range(2)] == [303, 303]
    assert as_trainer.post_form(address(sign_off), {"reason": "not_observed"}).status_code == 409
    assert "taken back already" in as_trainer.get(address(sign_off)).text


def test_others_are_refused(sign_off, client, as_trainee, as_other_trainer, as_trainer):
    assert client.get(address(sign_off)).location.startswith("/sign-in")
    assert as_trainee.post_form(address(sign_off), {"reason": "not_observed"}).status_code == 403
    assert as_other_trainer.get(address(sign_off)).status_code == 404
    assert as_other_trainer.post_form(address(sign_off), {"reason": "not_observed"}).status_code == 404
    assert as_trainer.get(f"/skill-sign-offs/{uuid.uuid4()}/void").status_code == 404
    assert is_standing(sign_off)


def test_nobody_takes_back_what_is_signed_of_themself(cohort, trainer, sign_in):
    both = make_person("Ines Marlow", roles=["trainee"])
    grant_role(both, "trainer", cohort.id)
    own = sign_off_for(make_enrollment(cohort, person=both), trainer)
    assert sign_in(both.id).post_form(address(own), {"reason": "not_observed"}).status_code == 409
    assert is_standing(own)
