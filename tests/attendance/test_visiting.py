"""Somebody who sits in: on the register and marked, without a seat, in no figures, and earning nothing."""

from datetime import date

import pytest
from sqlalchemy import select

from advocates.attendance.making_up import approve_make_up, propose_make_up
from advocates.attendance.models import AttendanceMark
from advocates.attendance.proposing import Proposal
from advocates.cohorts.models import Enrollment
from advocates.cohorts.queries import count_seated, find_enrollment, roster
from advocates.curriculum.queries import modules_of
from advocates.database import db
from advocates.hours.queries import enrollment_balance
from advocates.hours.rules import Slice
from advocates.people.models import PersonProfile
from advocates.schedule.models import SessionSeat
from tests.factories.attendance import make_signed_off
from tests.factories.people import make_person
from tests.factories.schedule import make_session

NAME = "Ottilie Brandt"


@pytest.fixture
def visitor(as_trainer, room):
    response = as_trainer.post_form(f"/sessions/{room.session.id}/walk-ins", {"chosen_name": NAME, "visits": "yes"})
    assert response.status_code == 303
    query = select(Enrollment).join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
    return db.session.scalars(query.where(PersonProfile.chosen_name == NAME)).one()


def hours_check(app):
    db.session.remove()
    return app.test_cli_runner().invoke(args=["hours", "check"]).output


def test_a_visitor_is_marked_like_everybody_fills_no_seat_and_earns_nothing(app, as_trainer, room, visitor):
    assert (visitor.status, visitor.enrolled_at) == ("visiting", None)
    assert NAME in as_trainer.get(room.address).text
    seated = count_seated(room.cohort.id)
    make_signed_off(room.session, room.trainer)
    assert db.session.scalars(select(AttendanceMark.outcome).filter_by(enrollment_id=visitor.id)).all() == ["present"]
    assert enrollment_balance(visitor.id).credited_minutes == 0
    assert count_seated(room.cohort.id) == seated == 3
    assert visitor.id not in {row.enrollment_id for row in roster(room.cohort.id)}
    assert hours_check(app).endswith(" 0 differences\n")


def test_the_cohorts_page_names_visitors_apart(as_administrator, room, visitor):
    page = as_administrator.get(f"/cohorts/{room.cohort.id}").text
    assert "1 visitor" in page
    assert "who left" not in page
    assert visitor.id not in {row.enrollment_id for row in roster(room.cohort.id)}


def test_who_visited_before_is_offered_again_and_gets_a_visitors_seat(as_trainer, room, visitor):
    next_day = make_session(room.cohort, date(2026, 10, 20), "21:00")
    address = f"/sessions/{next_day.id}/walk-ins"
    assert NAME in as_trainer.get(address).text
    as_trainer.post_form(address, {"enrollment_id": visitor.id})
    kinds = set(
        db.session.execute(select(SessionSeat.session_id, SessionSeat.kind).filter_by(enrollment_id=visitor.id))
    )
    assert {tuple(kind) for kind in kinds} == {(room.session.id, "guest"), (next_day.id, "guest")}


def test_a_second_visitor_of_the_name_is_refused(as_trainer, room, visitor):
    response = as_trainer.post_form(f"/sessions/{room.session.id}/walk-ins", {"chosen_name": NAME, "visits": "yes"})
    assert response.status_code == 422
    assert "tells the two apart" in response.text


def test_enrolled_later_they_go_on_and_what_they_attended_counts_only_by_approval(app, as_administrator, room, visitor):
    make_signed_off(room.session, room.trainer)
    assert as_administrator.post_form(f"/cohorts/{room.cohort.id}/enroll", {"chosen_name": NAME}).status_code == 303
    visitor = db.session.get_one(Enrollment, visitor.id)
    assert visitor.status == "enrolled"
    assert enrollment_balance(visitor.id).credited_minutes == 0
    module = modules_of(room.version.id)[0]
    other = make_person("Imani Oduya", roles=["trainer"], cohort_id=room.cohort.id)
    proposal = Proposal(module.module_id, Slice(0, 85), room.session.id, None, "")
    make_up_id = propose_make_up(room.trainer.id, find_enrollment(visitor.id), proposal)
    approve_make_up(other.id, make_up_id)
    db.session.commit()
    assert enrollment_balance(visitor.id).credited_minutes == 85
    assert hours_check(app).endswith(" 0 differences\n")


def test_linked_to_somebody_enrolled_a_visit_still_counts_only_by_approval(app, as_administrator, room, visitor):
    known = room.trainees[0]
    make_signed_off(room.session, room.trainer, absent=[known])
    address = f"/people/{visitor.person_id}/link/{known.person_id}"
    seen = as_administrator.get(address).text.split('name="seen" value="')[1].split('"')[0]
    assert as_administrator.post_form(address, {"seen": seen}).status_code == 303
    marks = select(AttendanceMark.outcome).filter_by(enrollment_id=known.id).order_by(AttendanceMark.version)
    assert db.session.scalars(marks).all() == ["absent", "present"]
    assert enrollment_balance(known.id).credited_minutes == 0
    assert hours_check(app).endswith(" 0 differences\n")
