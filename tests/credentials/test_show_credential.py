"""One award: who sees it, and what it shows."""

import uuid

import pytest
from sqlalchemy import delete, update

from advocates.assessments.models import AssessmentAttempt
from advocates.cohorts.models import Enrollment
from advocates.credentials.models import Credential, CredentialState
from advocates.database import db
from tests.factories.graduation import confirm_name, make_ready, make_short_cohort, take_back
from tests.factories.people import make_person


def test_the_administrator_sees_what_it_states_and_stands_on(as_administrator, award):
    page = as_administrator.get(f"/credentials/{award.id}").text
    for text in ("Ottilie Marsh", award.serial, award.code, "1 h 45 min", award.proof_sha256, award.pdf_sha256):
        assert text in page


def test_the_holder_sees_it_and_may_not_revoke_it(app, award):
    holder = app.test_client().sign_in(award.person_id)
    page = holder.get(f"/credentials/{award.id}")
    assert page.status_code == 200
    assert "/revoke" not in page.text
    assert holder.get(f"/credentials/{award.id}/revoke").status_code == 403


def test_another_trainee_and_a_trainer_of_another_cohort_get_404(app, award):
    other = make_ready(make_short_cohort(), "Basil Thorne")
    stranger = app.test_client().sign_in(other.person_id)
    trainer = app.test_client().sign_in(make_person("Rosa Ebel", roles=["trainer"]).id)
    for client in (stranger, trainer):
        for address in (f"/credentials/{award.id}", f"/credentials/{award.id}/certificate.pdf"):
            assert client.get(address).status_code == 404


def test_a_missing_credential_answers_404(as_administrator):
    assert as_administrator.get(f"/credentials/{uuid.uuid4()}").status_code == 404


@pytest.fixture
def taken_back(award):
    """All minutes behind the award were corrected away."""
    take_back(db.session.get_one(Enrollment, award.enrollment_id))
    return award


def test_hours_taken_back_leave_it_in_force_and_ask_staff_to_decide(as_administrator, taken_back):
    page = as_administrator.get(f"/credentials/{taken_back.id}").text
    assert "In force" in page
    assert "The record has changed since this was issued: 0 h 00 min are credited now." in page
    assert "Decide whether to restore by a make-up or to revoke." in page
    assert "Minutes of 2 modules are missing" in page
    assert f"/enrollments/{taken_back.enrollment_id}/make-ups" in page


def test_a_trainer_learns_of_the_change_and_who_decides(app, taken_back):
    trainer = make_person("Bertil Oakes", roles=["trainer"], cohort_id=taken_back.cohort_id)
    page = app.test_client().sign_in(trainer.id).get(f"/credentials/{taken_back.id}").text
    assert "0 h 00 min are credited now." in page
    assert "An administrator decides what follows." in page
    assert "Decide whether" not in page


def test_the_holder_is_told_calmly(app, taken_back):
    page = app.test_client().sign_in(taken_back.person_id).get(f"/credentials/{taken_back.id}").text
    assert "The certificate stays in force." in page
    assert "are credited now" not in page
    assert "Decide whether" not in page


def test_a_gate_that_fell_is_a_change_without_talk_of_minutes(as_administrator, award):
    db.session.execute(delete(AssessmentAttempt).where(AssessmentAttempt.kind == "post_test"))
    db.session.commit()
    page = as_administrator.get(f"/credentials/{award.id}").text
    assert "The record has changed since this was issued." in page
    assert "The post-test has not been passed" in page
    assert "are credited now" not in page


def test_neither_an_unchanged_record_nor_a_new_name_is_a_change(as_administrator, award):
    assert "The record has changed" not in as_administrator.get(f"/credentials/{award.id}").text
    confirmed = confirm_name(db.session.get_one(Enrollment, award.enrollment_id), "Ottilie Marsh-Bell")
    db.session.delete(confirmed)
    db.session.commit()
    assert "The record has changed" not in as_administrator.get(f"/credentials/{award.id}").text


def test_one_no_longer_in_force_asks_for_no_decision(as_administrator, taken_back):
    db.session.execute(update(Credential).values(state=CredentialState.REVOKED, ended_at=taken_back.published_at))
    db.session.commit()
    assert "The record has changed" not in as_administrator.get(f"/credentials/{taken_back.id}").text
