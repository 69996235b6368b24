"""A walk-in turns out to be somebody known: a preview, then one person, and every mark is kept."""

import uuid
from datetime import date

import pytest
from sqlalchemy import func, select

from advocates.attendance.models import AttendanceMark
from advocates.attendance.walking_in import enroll_walk_in
from advocates.audit.models import AuditEvent
from advocates.cohorts.models import Enrollment, EnrollmentStatusChange
from advocates.cohorts.rules import Newcomer
from advocates.credentials.models import Waiver, WaiverState
from advocates.database import db
from advocates.hours.queries import enrollment_balance
from advocates.people.models import Person, PersonProfile, RoleGrant
from advocates.schedule.models import SessionSeat
from tests.budgets import statements
from tests.factories.attendance import make_mark, make_signed_off
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.legacy import make_legacy_cohort
from tests.factories.people import make_person
from tests.factories.schedule import make_session


def check_hours(app):
    db.session.remove()
    return app.test_cli_runner().invoke(args=["hours", "check"]).output


def marks_of(enrollment_id):
    query = select(AttendanceMark).filter_by(enrollment_id=enrollment_id).order_by(AttendanceMark.version)
    return [(mark.outcome.value, mark.reason_code) for mark in db.session.scalars(query)]


def test_an_applicant_becomes_the_known_person_with_their_marks(app, as_administrator, room, walk_in, link):
    known = make_person("Søren Achterberg", email="soren@example.org")
    make_signed_off(room.session, room.trainer)
    page, response = link(walk_in.person_id, known.id)
    assert page.status_code == 200
    assert "The enrollment becomes that of Søren Achterberg" in page.text
    assert response.location == f"/people/{known.id}"
    assert db.session.get_one(Enrollment, walk_in.id).person_id == known.id
    assert marks_of(walk_in.id) == [("present", None)]
    as_administrator.post_form(f"/enrollments/{walk_in.id}/accept")
    assert enrollment_balance(walk_in.id).credited_minutes == 170
    assert check_hours(app).endswith(" 0 differences\n")


def test_who_was_enrolled_at_once_brings_minutes_and_the_role_along(app, room, administrator, link):
    enroll_walk_in(administrator.id, room.session, Newcomer("Søren A."))
    db.session.commit()
    name = PersonProfile.chosen_name == "Søren A."
    walk_in = db.session.scalars(
        select(Enrollment).join(PersonProfile, PersonProfile.person_id == Enrollment.person_id).where(name)
    ).one()
    walk_in_id, known = walk_in.person_id, make_person("Søren Achterberg")
    make_signed_off(room.session, room.trainer)
    link(walk_in_id, known.id)
    assert enrollment_balance(walk_in.id).credited_minutes == 170
    open_roles = select(RoleGrant.person_id, RoleGrant.role).where(RoleGrant.ended_at.is_(None))
    assert (known.id, "trainee") in set(map(tuple, db.session.execute(open_roles)))
    assert walk_in_id not in {person_id for person_id, _ in db.session.execute(open_roles)}
    assert check_hours(app).endswith(" 0 differences\n")


@pytest.mark.parametrize("is_signed_off", [False, True])
def test_marks_join_the_enrollment_that_the_person_has(app, room, walk_in, link, is_signed_off):
    known = room.trainees[0]
    make_mark(room.session, walk_in, room.trainer, arrived="5:55")
    make_mark(room.session, known, room.trainer, "absent")
    if is_signed_off:
        make_signed_off(room.session, room.trainer)
    page, response = link(walk_in.person_id, known.person_id)
    assert "with the same times" in page.text
    assert response.status_code == 303
    assert marks_of(known.id) == [("absent", None), ("present", "linked")]
    assert marks_of(walk_in.id) == [("present", None), ("not_established", "linked")]
    assert enrollment_balance(known.id).credited_minutes == (145 if is_signed_off else 0)
    assert enrollment_balance(walk_in.id).credited_minutes == 0
    assert db.session.get_one(Enrollment, walk_in.id).status == "withdrawn"
    change = db.session.scalars(select(EnrollmentStatusChange).filter_by(enrollment_id=walk_in.id)).all()[-1]
    assert (change.to_status, change.reason_code) == ("withdrawn", "linked")
    if not is_signed_off:
        make_signed_off(room.session, room.trainer)
        assert enrollment_balance(known.id).credited_minutes == 145
    assert check_hours(app).endswith(" 0 differences\n")


def test_at_another_cohort_they_were_a_visitor_and_earn_nothing_by_it(app, room, walk_in, link):
    known = make_enrollment(make_cohort(room.version), "Søren Achterberg")
    make_signed_off(room.session, room.trainer)
    page, _ = link(walk_in.person_id, known.person_id)
    assert "counts only by an approved make-up" in page.text
    seats = {(seat.enrollment_id, seat.kind.value) for seat in db.session.scalars(select(SessionSeat))}
    assert (known.id, "guest") in seats
    assert marks_of(known.id) == [("present", "linked")]
    assert enrollment_balance(known.id).credited_minutes == 0
    assert check_hours(app).endswith(" 0 differences\n")


def test_two_people_marked_present_at_once_are_not_one(room, walk_in, link):
    known = room.trainees[0]
    make_signed_off(room.session, room.trainer)
    page, response = link(walk_in.person_id, known.person_id)
    assert "Both are marked present at this session" in page.text
    assert 'name="seen"' not in page.text
    assert response.status_code == 409
    assert db.session.get_one(Person, walk_in.person_id).merged_into_id is None


def test_somebody_present_elsewhere_at_that_time_is_not_the_walk_in(room, walk_in, link):
    other = make_cohort(room.version)
    known = make_enrollment(other, "Søren Achterberg")
    session = make_session(other, date(2026, 10, 20), "18:00")
    make_mark(session, known, make_person("Imani Oduya", roles=["trainer"], cohort_id=other.id))
    make_mark(room.session, walk_in, room.trainer)
    page, response = link(walk_in.person_id, known.person_id)
    assert "present elsewhere at the same time" in page.text
    assert response.status_code == 409


def test_nobody_becomes_whose_attendance_they_recorded(room, walk_in, link):
    make_mark(room.session, walk_in, room.trainer)
    page, response = link(walk_in.person_id, room.trainer.id)
    assert "nobody records their own" in page.text
    assert response.status_code == 409


@pytest.mark.parametrize(
    ("status", "said"),
    [("completed", "completed already"), ("withdrawn", "Enroll them again first"), ("applied", None)],
)
def test_who_completed_or_left_is_not_joined(room, walk_in, link, status, said):
    known = make_enrollment(room.cohort, "Søren Achterberg", status=status)
    page, response = link(walk_in.person_id, known.person_id)
    assert response.status_code == (409 if said else 303)
    assert said is None or said in page.text


def test_what_stands_on_the_walk_ins_enrollment_is_not_lost(room, walk_in, link):
    db.session.add(
        Waiver(
            enrollment_id=walk_in.id,
            requirement="pre_test",
            reason_code="late_enrollment",
            proposed_by=room.trainer.id,
            proposed_at=walk_in.created_at,
            state=WaiverState.PROPOSED,
        )
    )
    db.session.commit()
    page, response = link(walk_in.person_id, room.trainees[0].person_id)
    assert "stand on the walk-in" in page.text
    assert response.status_code == 409


def test_only_somebody_without_an_address_is_linked_and_nobody_links_themself(room, walk_in, administrator, link):
    for first, second, said in (
        (room.trainees[0].person_id, room.trainees[1].person_id, "has an e-mail address"),
        (walk_in.person_id, administrator.id, "your own enrollment"),
        (walk_in.person_id, walk_in.person_id, "the same person"),
    ):
        page, response = link(first, second)
        assert said in page.text
        assert response.status_code == 409


def test_a_linked_walk_in_is_listed_no_more_and_not_linked_again(as_administrator, room, walk_in, link):
    known = make_person("Søren Achterberg")
    link(walk_in.person_id, known.id)
    assert "Søren A.<" not in as_administrator.get("/people").text
    assert "Søren A.<" not in as_administrator.get(f"/cohorts/{room.cohort.id}").text
    assert f"/people/{known.id}" in as_administrator.get(f"/people/{walk_in.person_id}").text
    page, response = link(walk_in.person_id, room.trainees[0].person_id)
    assert "linked to somebody else already" in page.text
    assert response.status_code == 409


def test_what_is_stated_of_the_past_goes_along(as_administrator, administrator, room, walk_in, link):
    known = make_person("Søren Achterberg")
    past = make_legacy_cohort(administrator, db.session.get_one(Person, walk_in.person_id))
    link(walk_in.person_id, known.id)
    assert past.title in as_administrator.get(f"/people/{known.id}").text


def test_a_mark_made_since_the_page_was_shown_is_shown_first(as_administrator, room, walk_in):
    known = make_person("Søren Achterberg")
    address = f"/people/{walk_in.person_id}/link/{known.id}"
    seen = as_administrator.get(address).text.split('name="seen" value="')[1].split('"')[0]
    make_mark(room.session, walk_in, room.trainer)
    response = as_administrator.post_form(address, {"seen": seen})
    assert response.status_code == 409
    assert "this is how things are now" in response.text
    assert db.session.get_one(Person, walk_in.person_id).merged_into_id is None


def test_sent_twice_it_is_done_once(as_administrator, room, walk_in):
    known = make_person("Søren Achterberg")
    address, key = f"/people/{walk_in.person_id}/link/{known.id}", str(uuid.uuid4())
    seen = as_administrator.get(address).text.split('name="seen" value="')[1].split('"')[0]
    for _ in range(2):
        assert as_administrator.post_form(address, {"seen": seen, "request_key": key}).status_code == 303
    events = select(func.count()).select_from(AuditEvent).where(AuditEvent.action == "link_person")
    assert db.session.scalar(events) == 1


def test_only_administrators_and_missing_people_are_404(client, as_administrator, room, walk_in):
    address = f"/people/{walk_in.person_id}/link/{room.trainees[0].person_id}"
    assert client.post_form(address).location.startswith("/sign-in")
    client.sign_in(room.trainer.id)
    assert client.post_form(address).status_code == 403
    assert as_administrator.get(f"/people/{walk_in.person_id}/link/{uuid.uuid4()}").status_code == 404
    assert as_administrator.get(f"/people/{uuid.uuid4()}/link/{walk_in.person_id}").status_code == 404


def test_the_preview_costs_the_same_for_any_number_of_marks(as_administrator, room, walk_in):
    counts, address = [], f"/people/{walk_in.person_id}/link/{room.trainees[0].person_id}"
    for number in range(3):
        session = make_session(room.cohort, date(2026, 10, 17 + number), "08:00")
        db.session.add(SessionSeat(session_id=session.id, enrollment_id=walk_in.id, kind="walk_in"))
        db.session.commit()
        make_mark(session, walk_in, room.trainer)
        with statements() as sent:
            as_administrator.get(address)
        counts.append(len(sent))
    # the sign-in; who the two are; their enrollments; what stands on them; their marks; their seats
    assert counts[0] == counts[1] == counts[2] <= 8, counts
