"""Booking a seat at another cohort's session: for somebody who missed something, as long as one is free."""

import uuid
from datetime import date

import pytest
from sqlalchemy import select

from advocates.attendance import booking
from advocates.attendance.proposing import ProposalRefused
from advocates.calendars.queries import entries_of_person
from advocates.cohorts.models import Cohort
from advocates.cohorts.queries import find_enrollment
from advocates.database import db
from advocates.hours.queries import enrollment_balance
from advocates.schedule.models import SessionSeat
from tests.factories.attendance import make_signed_off
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.make_ups import make_approved, make_proposal, make_version_with_activities, module_id
from tests.factories.people import make_person
from tests.factories.schedule import make_session
from tests.room import make_room
from tests.together import at_once

SATURDAY = date(2026, 10, 24)


@pytest.fixture
def room(app, time):
    return make_room(3, make_version_with_activities())


@pytest.fixture
def missed(room):
    """Łucja missed the whole evening; everybody else was there."""
    make_signed_off(room.session, room.trainer, absent=room.trainees[:1])
    return room.trainees[0]


@pytest.fixture
def address(missed):
    return f"/enrollments/{missed.id}/seats"


def elsewhere(room, capacity=2, starts="09:00", day=SATURDAY):
    """Another cohort's Saturday, on which the first module is taught."""
    cohort = make_cohort(room.version, capacity=capacity, title=f"Winter 2026 {uuid.uuid4().hex[:6]}")
    return make_session(cohort, day, starts, ((0, 0, 90),), room="Room 9")


def seats(session):
    return db.session.scalars(select(SessionSeat.enrollment_id).filter_by(session_id=session.id)).all()


def book(client, address, session, **more):
    return client.post_form(address, {"session_id": session.id, **more})


def test_a_seat_is_booked_and_stands_on_the_page_in_the_calendar_and_on_the_hosts_register(
    as_trainer, as_administrator, room, missed, address
):
    session = elsewhere(room)
    response = book(as_trainer, address, session)
    assert (response.status_code, response.location) == (303, f"/enrollments/{missed.id}/make-ups")
    assert seats(session) == [missed.id]
    page = as_trainer.get(f"/enrollments/{missed.id}/make-ups").text
    assert "Seats booked" in page
    assert "Room 9" in page
    assert session.id in {entry.session_id for entry in entries_of_person(missed.person_id)}
    register = as_administrator.get(f"/sessions/{session.id}/attendance").text
    assert "Łucja Wiśniewska" in register
    assert "make-up" in register
    assert "1 seat booked from other cohorts" in as_administrator.get(f"/cohorts/{session.cohort_id}/schedule").text


def test_by_itself_it_earns_nothing_until_a_make_up_is_approved(as_trainer, room, missed, address, time):
    session = elsewhere(room)
    book(as_trainer, address, session)
    time.set("12:00", SATURDAY)
    make_signed_off(session, make_person("Odile Brandt", roles=["trainer"], cohort_id=session.cohort_id))
    assert enrollment_balance(missed.id).credited_minutes == 0
    approver = make_person("Imara Osei", roles=["trainer"], cohort_id=room.cohort.id)
    make_approved(missed, room.trainer, approver, session=session)
    assert enrollment_balance(missed.id).credited_minutes == 85


def test_the_page_shows_free_and_full_sessions_and_offers_only_the_free_ones(as_trainer, room, missed):
    free, full = elsewhere(room), elsewhere(room, capacity=1, starts="13:00")
    make_enrollment(host(full), "Basil Thorne")
    query = f"module_id={module_id(missed, 0)}&from_minute=0&to_minute=85"
    page = as_trainer.get(f"/enrollments/{missed.id}/make-ups?{query}").text
    assert "1 session, 1 full session, equivalent activity" in " ".join(page.split())
    assert f'<option value="{free.id}"' in page
    assert f'<option value="{full.id}"' not in page
    assert "2 seats free" in page
    assert ">full</span>" in page
    with pytest.raises(ProposalRefused, match="Every seat"):
        make_proposal(missed, room.trainer, session=full)


def host(session):
    return db.session.get_one(Cohort, session.cohort_id)


def test_the_last_seat_is_booked_once(app, room, missed):
    session = elsewhere(room, capacity=1)
    trainer_id, session_id = room.trainer.id, session.id
    ids = (missed.id, make_enrollment(room.cohort, "Ilse Marchetti").id)
    outcomes = at_once(
        app, *(lambda key=key: booking.book_seat(trainer_id, find_enrollment(key), session_id) for key in ids)
    )
    assert sorted(type(outcome) for outcome in outcomes if outcome) == [ProposalRefused]
    assert len(seats(session)) == 1


@pytest.mark.parametrize("taken_by", ["enrolled", "offered", "make-up"])
def test_a_full_session_is_refused(as_trainer, room, missed, address, taken_by):
    session = elsewhere(room, capacity=1)
    if taken_by == "make-up":
        other = make_enrollment(room.cohort, "Ilse Marchetti")
        assert book(as_trainer, f"/enrollments/{other.id}/seats", session).status_code == 303
    else:
        make_enrollment(host(session), "Basil Thorne", status=taken_by)
    response = book(as_trainer, address, session)
    assert response.status_code == 409
    assert "Every seat of this session is taken." in response.text
    assert missed.id not in seats(session)


def test_the_seat_of_somebody_who_left_is_free(as_trainer, room, missed, address):
    session = elsewhere(room, capacity=1)
    make_enrollment(host(session), "Basil Thorne", status="withdrawn")
    assert book(as_trainer, address, session).status_code == 303


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("own", "No seat is needed there"),
        ("past", "No seat is needed there"),
        ("other module", "No seat is needed there"),
        ("same time", "expected in another session"),
        ("twice", "has a seat in that session already"),
    ],
)
def test_a_seat_that_serves_nothing_is_refused(as_trainer, room, missed, address, where, said):
    if where == "own":
        session = make_session(room.cohort, SATURDAY, "09:00", ((0, 0, 90),))
    elif where == "past":
        session = elsewhere(room, day=date(2026, 10, 20), starts="09:00")
    elif where == "other module":
        # What comes in their own cohort yet is no debt.
        session = make_session(make_cohort(room.version), SATURDAY, "13:00", ((5, 0, 30),))
        make_session(room.cohort, date(2026, 10, 27), "09:00", ((5, 0, 150),))
    else:
        session = elsewhere(room)
    if where == "same time":
        make_session(room.cohort, SATURDAY, "10:00", ((4, 0, 60),))
    if where == "twice":
        book(as_trainer, address, session)
    response = book(as_trainer, address, session)
    assert response.status_code == 409
    assert said in response.text


@pytest.mark.parametrize("sent", ["", "nonsense"])
def test_without_a_session_the_page_says_so(as_trainer, missed, address, sent):
    response = as_trainer.post_form(address, {"session_id": sent})
    assert response.status_code == 422
    assert "Choose a session from the list." in response.text


def test_the_form_sent_twice_has_one_effect(as_trainer, room, missed, address):
    session, key = elsewhere(room), uuid.uuid4()
    assert [book(as_trainer, address, session, request_key=key).status_code for _ in range(2)] == [303, 303]
    assert seats(session) == [missed.id]


def test_nobody_books_for_themself(app, room):
    person = make_person("Imara Osei", roles=["trainer"], cohort_id=room.cohort.id)
    own = make_enrollment(room.cohort, person=person)
    client = app.test_client().sign_in(person.id)
    assert book(client, f"/enrollments/{own.id}/seats", elsewhere(room)).status_code == 409


def test_strangers_and_others_are_refused(client, room, missed, address):
    session = elsewhere(room)
    assert book(client, address, session).location.startswith("/sign-in")
    for roles, status in ((["trainee"], 403), (["auditor"], 403), (["trainer"], 404)):
        client.sign_in(make_person("Nuno Farrow", roles=roles, cohort_id=make_cohort().id).id)
        assert book(client, address, session).status_code == status
    assert seats(session) == []
    assert client.get(address).status_code == 405
