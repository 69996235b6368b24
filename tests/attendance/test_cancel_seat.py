"""Giving a seat at another cohort's session up again."""

import uuid
from datetime import date

import pytest
from sqlalchemy import func, select

from advocates.attendance.booking import book_seat
from advocates.audit.checking import check_chain
from advocates.calendars.queries import entries_of_person
from advocates.cohorts.models import Enrollment
from advocates.cohorts.queries import find_enrollment
from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db
from advocates.schedule.models import SessionSeat
from tests.factories.attendance import make_mark, make_seat, make_signed_off
from tests.factories.cohorts import make_cohort
from tests.factories.make_ups import make_proposal, make_version_with_activities
from tests.factories.people import make_person
from tests.factories.schedule import make_session
from tests.room import make_room

SATURDAY = date(2026, 10, 24)


@pytest.fixture
def room(app, time):
    return make_room(2, make_version_with_activities())


@pytest.fixture
def missed(room):
    make_signed_off(room.session, room.trainer, absent=room.trainees[:1])
    return room.trainees[0]


@pytest.fixture
def session(room):
    return make_session(make_cohort(room.version, capacity=1), SATURDAY, "09:00", ((0, 0, 90),))


@pytest.fixture
def address(room, missed, session):
    book_seat(room.trainer.id, find_enrollment(missed.id), session.id)
    db.session.commit()
    return f"/enrollments/{missed.id}/seats/{session.id}/cancel"


def count():
    return db.session.scalar(select(func.count()).select_from(SessionSeat))


def test_the_seat_is_free_again_and_leaves_the_calendar(as_trainer, missed, session, address):
    response = as_trainer.post_form(address)
    assert (response.status_code, response.location) == (303, f"/enrollments/{missed.id}/make-ups")
    assert count() == 0
    assert session.id not in {entry.session_id for entry in entries_of_person(missed.person_id)}
    assert "Seats booked" not in as_trainer.get(f"/enrollments/{missed.id}/make-ups").text
    assert check_chain()[1] is None


def test_the_seat_of_whoever_withdrew_is_counted_nowhere_and_can_be_canceled(
    as_trainer, as_administrator, missed, session, address
):
    schedule = f"/cohorts/{session.cohort_id}/schedule"
    assert "1 seat booked from other cohorts" in as_administrator.get(schedule).text
    db.session.get_one(Enrollment, missed.id).status = EnrollmentStatus.WITHDRAWN
    db.session.commit()
    assert "booked from other cohorts" not in as_administrator.get(schedule).text
    page = as_trainer.get(f"/enrollments/{missed.id}/make-ups").text
    assert "This person is not enrolled" in page
    assert address in page
    assert as_trainer.post_form(address).status_code == 303
    assert count() == 0


def test_a_seat_that_a_make_up_or_a_mark_needs_stays(as_trainer, room, missed, session, address, time):
    make_proposal(missed, room.trainer, session=session)
    response = as_trainer.post_form(address)
    assert response.status_code == 409
    assert "This seat is needed" in response.text
    assert count() == 1


def test_a_seat_stands_beside_the_part_that_is_owed_and_is_canceled_there(as_trainer, room, missed, session, address):
    page = as_trainer.get(f"/enrollments/{missed.id}/make-ups").text
    assert "Seat booked: Oct 24, 2026, 9:00" in page
    assert page.count(address) == 2  # there, and among the seats
    make_proposal(missed, room.trainer, session=session, minutes=(0, 40))
    page = as_trainer.get(f"/enrollments/{missed.id}/make-ups").text
    assert "Seat booked: Oct 24, 2026, 9:00" in page
    assert "A make-up needs this seat." in page
    assert address not in page


def test_a_seat_of_somebody_who_was_marked_stays(app, room, missed, session, address, time):
    time.set("11:00", SATURDAY)
    make_mark(session, missed, make_person("Odile Brandt", roles=["trainer"], cohort_id=session.cohort_id))
    assert app.test_client().sign_in(room.trainer.id).post_form(address).status_code == 409
    assert count() == 1


def test_a_guests_seat_is_not_canceled_here(as_trainer, missed, session):
    make_seat(session, missed, "guest")
    response = as_trainer.post_form(f"/enrollments/{missed.id}/seats/{session.id}/cancel")
    assert response.status_code == 409
    assert "There is no such seat any more." in response.text
    assert count() == 1


def test_canceled_twice_the_second_is_told(as_trainer, address):
    assert as_trainer.post_form(address).status_code == 303
    assert as_trainer.post_form(address).status_code == 409


def test_the_form_sent_twice_has_one_effect(as_trainer, address):
    data = {"request_key": uuid.uuid4()}
    assert [as_trainer.post_form(address, data).status_code for _ in range(2)] == [303, 303]


def test_strangers_and_others_are_refused(client, missed, address):
    assert client.post_form(address).location.startswith("/sign-in")
    for roles, status in ((["trainee"], 403), (["auditor"], 403), (["trainer"], 404)):
        client.sign_in(make_person("Nuno Farrow", roles=roles, cohort_id=make_cohort().id).id)
        assert client.post_form(address).status_code == status
    assert count() == 1
    assert client.get(address).status_code == 405
