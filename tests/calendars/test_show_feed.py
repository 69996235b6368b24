"""The feed as a calendar program fetches it, without signing in."""

from datetime import date, timedelta

import icalendar
import pytest

from advocates import clock
from advocates.calendars import linking
from advocates.calendars.queries import open_links
from advocates.database import db
from advocates.people.models import Account, RoleGrant
from advocates.schedule.changing import Where, cancel_session, move_session
from advocates.schedule.models import SeatKind, SessionSeat, TrainingSession
from advocates.schedule.rules import CancelReason
from advocates.staffing.assigning import assign_staff
from tests.budgets import statements
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version
from tests.factories.people import make_person
from tests.factories.schedule import make_session


@pytest.fixture
def cohort(app):
    return make_cohort(make_version())


def feed(app, person_id, cohort_id=None):
    linking.create_link(person_id, cohort_id)
    db.session.commit()
    link = open_links(person_id)[-1]
    return f"/calendar/{linking.readable_token(link)}.ics"


def events(app, address):
    response = app.test_client().get(address)
    assert response.status_code == 200
    assert response.mimetype == "text/calendar"
    return {str(e["uid"]).split("@")[0]: e for e in icalendar.Calendar.from_ical(response.data).walk("VEVENT")}


def test_a_trainee_reads_the_sessions_of_their_cohort_alone(app, cohort):
    session, other = make_session(cohort), make_session(make_cohort(make_version()))
    trainee = make_enrollment(cohort, "Wen Harlow")
    shown = events(app, feed(app, trainee.person_id))
    assert set(shown) == {str(session.id)}
    assert str(other.id) not in shown


def test_a_move_and_a_cancellation_are_higher_numbers_of_the_same_entry(app, cohort):
    administrator = make_person("Ada Quill", roles=["administrator"])
    session = make_session(cohort, date(2027, 1, 12))
    address = feed(app, make_enrollment(cohort, "Wen Harlow").person_id)
    before = events(app, address)[str(session.id)]
    move_session(administrator.id, session.id, 1, session.planned_start + timedelta(days=7), Where("The annex"))
    db.session.commit()
    moved = events(app, address)[str(session.id)]
    cancel_session(administrator.id, session.id, next(iter(CancelReason)))
    db.session.commit()
    cancelled = events(app, address)[str(session.id)]
    assert before["uid"] == moved["uid"] == cancelled["uid"]
    assert before["sequence"] < moved["sequence"] < cancelled["sequence"]
    assert (moved["status"], cancelled["status"]) == ("CONFIRMED", "CANCELLED")
    assert moved["dtstart"].dt - before["dtstart"].dt == timedelta(days=7)


def test_what_a_calendar_does_not_show_changes_no_number(app, cohort):
    session = make_session(cohort)
    row = db.session.get_one(TrainingSession, session.id)
    row.title = "Practice"
    db.session.commit()
    assert row.calendar_sequence == 0


def test_a_cohort_feed_ends_with_the_role_that_let_its_owner_read_it(app, cohort):
    trainer = make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id)
    session = make_session(cohort)
    address = feed(app, trainer.id, cohort.id)
    assert set(events(app, address)) == {str(session.id)}
    db.session.query(RoleGrant).filter_by(person_id=trainer.id).update({"ended_at": clock.now()})
    db.session.commit()
    assert app.test_client().get(address).status_code == 404


def test_nothing_is_shown_by_a_revoked_link_or_of_a_closed_account(app, cohort):
    trainee = make_enrollment(cohort, "Wen Harlow")
    address = feed(app, trainee.person_id)
    for disabled_at, answer in ((clock.now(), 404), (None, 200)):
        db.session.get_one(Account, trainee.person_id).disabled_at = disabled_at
        db.session.commit()
        assert app.test_client().get(address).status_code == answer
    assert app.test_client().get(address).status_code == 200
    client = app.test_client().sign_in(trainee.person_id)
    client.post_form(f"/calendar-links/{open_links(trainee.person_id)[0].id}/revoke")
    assert app.test_client().get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "A" * 32, "%00" * 8, "é" * 32])
def test_an_unknown_token_is_a_missing_page(client, token):
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_who_withdrew_reads_nothing_more(app, cohort):
    make_session(cohort)
    trainee = make_enrollment(cohort, "Wen Harlow")
    address = feed(app, trainee.person_id)
    administrator = app.test_client().sign_in(make_person("Ada Quill", roles=["administrator"]).id)
    administrator.post_form(f"/enrollments/{trainee.id}/withdraw", {"reason": "own_wish"})
    assert events(app, address) == {}


def test_two_statements_however_many_sessions(app, cohort):
    address = feed(app, make_enrollment(cohort, "Wen Harlow").person_id)
    for number in range(1, 4):
        make_session(cohort, date(2026, 10, 20) + timedelta(days=number))
        with statements() as sent:
            assert len(events(app, address)) == number
        assert len(sent) == 2


def test_who_withdrew_reads_nothing_of_a_seat_elsewhere(app, cohort):
    session, trainee = make_session(cohort), make_enrollment(make_cohort(make_version()), "Wen Harlow")
    db.session.add(SessionSeat(session_id=session.id, enrollment_id=trainee.id, kind=SeatKind.MAKE_UP))
    address = feed(app, trainee.person_id)
    assert set(events(app, address)) == {str(session.id)}
    administrator = app.test_client().sign_in(make_person("Ada Quill", roles=["administrator"]).id)
    administrator.post_form(f"/enrollments/{trainee.id}/withdraw", {"reason": "own_wish"})
    assert events(app, address) == {}


def test_who_trains_the_cohort_no_more_reads_nothing_of_what_they_were_to_teach(app, cohort):
    trainer = make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id)
    session, address = make_session(cohort), feed(app, trainer.id)
    assign_staff(trainer.id, session.id, [trainer.id], is_booked_anyway=False)
    db.session.commit()
    assert set(events(app, address)) == {str(session.id)}
    db.session.query(RoleGrant).filter_by(person_id=trainer.id).update({"ended_at": clock.now()})
    db.session.commit()
    assert events(app, address) == {}
