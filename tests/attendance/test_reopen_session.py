"""Opening a signed-off session again: an administrator, with a reason, and it stays to be seen."""

import threading
from time import sleep

import pytest
from sqlalchemy import func, select

from advocates.attendance.checking import check_hours
from advocates.attendance.models import SessionReopening
from advocates.attendance.open_register import RegisterClosed
from advocates.attendance.reopening import reopen_session
from advocates.attendance.rules import ReopenReason
from advocates.attendance.signing_off import sign_off
from advocates.audit.checking import check_chain
from advocates.cohorts.models import Cohort, Enrollment
from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db
from advocates.hours.models import CreditEntry
from advocates.schedule.models import TrainingSession
from tests.factories.attendance import make_mark, make_signed_off
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.transfers import make_map, make_next_version, move
from tests.together import at_once


@pytest.fixture
def address(room):
    make_signed_off(room.session, room.trainer, absent=room.trainees[2:], ended="8:00 pm")
    return f"/sessions/{room.session.id}/reopen"


def session_of(room):
    db.session.expire_all()
    return db.session.get_one(TrainingSession, room.session.id)


def credited():
    return db.session.scalar(select(func.coalesce(func.sum(CreditEntry.minutes), 0)))


def test_its_minutes_are_reversed_and_its_register_is_open(address, room, as_administrator, administrator):
    before = credited()
    assert before == 2 * (85 + 55)
    assert as_administrator.post_form(address, {"reason": "times_wrong"}).location == room.address
    session = session_of(room)
    assert session.signed_off_at is None
    assert credited() == 0
    kept = db.session.scalars(select(SessionReopening)).one()
    assert (kept.signed_off_by, kept.reopened_by, kept.reason_code) == (
        room.trainer.id,
        administrator.id,
        "times_wrong",
    )
    page = as_administrator.get(room.address).text
    assert "Opened again by" in page
    assert "The times of its parts are wrong. It had been signed off by Bertil Oakes." in page
    make_mark(session, room.trainees[0], room.trainer, "absent")
    # What was confirmed of its parts is offered again.
    page = as_administrator.get(f"/sessions/{room.session.id}/sign-off").text
    assert 'value="8:00 PM"' in page
    sign_off(room.trainer.id, session.id, session.agenda_version, {}, "8:00 pm")
    db.session.commit()
    assert credited() == 85 + 55
    assert check_chain()[1] is None
    assert not check_hours().differences


def test_sent_twice_it_is_opened_once(address, as_administrator):
    form = {"reason": "marks_wrong", "request_key": "5b0e6f0e-0f7c-4f43-9b2e-3d0c1c1b0001"}
    assert [as_administrator.post_form(address, form).status_code for _ in range(2)] == [303, 303]
    assert db.session.scalar(select(func.count()).select_from(SessionReopening)) == 1


@pytest.mark.parametrize("reason", ["", "ill"])
def test_a_reason_is_needed(address, room, as_administrator, reason):
    answer = as_administrator.post_form(address, {"reason": reason})
    assert answer.status_code == 422
    assert session_of(room).signed_off_at is not None


def test_a_trainer_may_not(address, room, as_trainer):
    assert as_trainer.get(address).status_code == 403
    assert as_trainer.post_form(address, {"reason": "marks_wrong"}).status_code == 403
    assert "Open the register again" not in as_trainer.get(room.address).text
    assert session_of(room).signed_off_at is not None


def test_a_session_that_is_not_signed_off_has_nothing_to_open(room, as_administrator):
    address = f"/sessions/{room.session.id}/reopen"
    assert "is not signed off" in as_administrator.get(address).text
    assert as_administrator.post_form(address, {"reason": "marks_wrong"}).status_code == 409


def test_once_somebody_graduated_only_single_marks_are_corrected(address, room, as_administrator):
    db.session.get_one(Enrollment, room.trainees[0].id).status = EnrollmentStatus.COMPLETED
    db.session.commit()
    answer = as_administrator.post_form(address, {"reason": "marks_wrong"})
    assert answer.status_code == 409
    assert "has graduated" in answer.text
    assert credited() == 2 * (85 + 55)


def test_who_went_on_by_a_transfer_and_graduated_keeps_the_session(address, room, administrator, as_administrator):
    following = make_next_version(room.version, [85, 85])
    make_map(room.version, following)
    move(administrator, [room.trainees[0]], make_cohort(following))
    went_on = db.session.scalars(select(Enrollment).filter_by(curriculum_version_id=following.id)).one()
    went_on.status = EnrollmentStatus.COMPLETED
    db.session.commit()
    before = credited()
    assert "has graduated" in as_administrator.get(address).text
    assert as_administrator.post_form(address, {"reason": "marks_wrong"}).status_code == 409
    assert credited() == before


def test_nobody_who_graduates_meanwhile_loses_what_they_graduated_by(app, address, room, administrator):
    session_id, trainee_id, actor_id = room.session.id, room.trainees[0].id, administrator.id
    is_held = threading.Event()

    def graduate():
        enrollment = db.session.scalars(select(Enrollment).filter_by(id=trainee_id).with_for_update()).one()
        is_held.set()
        sleep(0.5)
        enrollment.status = EnrollmentStatus.COMPLETED
        return "graduated"

    def reopen():
        is_held.wait()
        reopen_session(actor_id, session_id, ReopenReason.MARKS_WRONG)

    graduated, refusal = at_once(app, graduate, reopen)
    assert graduated == "graduated"
    assert isinstance(refusal, RegisterClosed)
    assert credited() == 2 * (85 + 55)


def test_nobody_opens_what_they_took_part_in(room, administrator, as_administrator):
    make_enrollment(room.cohort, person=administrator)
    make_signed_off(room.session, room.trainer)
    answer = as_administrator.post_form(f"/sessions/{room.session.id}/reopen", {"reason": "marks_wrong"})
    assert answer.status_code == 409
    assert "another administrator opens it again" in answer.text


def test_a_closed_cohort_stays_closed(address, room, as_administrator):
    cohort = db.session.get_one(Cohort, room.cohort.id)
    cohort.closed_at = cohort.created_at
    db.session.commit()
    assert as_administrator.post_form(address, {"reason": "marks_wrong"}).status_code == 409
    assert session_of(room).signed_off_at is not None


def test_somebody_signed_out_is_sent_to_sign_in(address, client):
    assert client.get(address).status_code == 303
