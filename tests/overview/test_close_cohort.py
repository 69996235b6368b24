"""A cohort closes only when nobody is left with minutes that have nowhere to be earned."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from advocates import clock
from advocates.attendance.models import MakeUp, MakeUpState
from advocates.audit.models import AuditEvent
from advocates.cohorts.models import Cohort, Enrollment
from advocates.cohorts.rules import EnrollmentStatus
from advocates.curriculum.queries import modules_of
from advocates.curriculum.rules import MakeUpRoute, rules_from_json, rules_to_json
from advocates.database import db
from advocates.schedule.models import TrainingSession
from tests.budgets import statements
from tests.factories.attendance import make_seat
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version
from tests.factories.people import make_person
from tests.factories.schedule import make_session
from tests.room import make_room


@pytest.fixture
def client(app):
    return app.test_client().sign_in(make_person("Ada Quill", roles=["administrator"]).id)


def close(client, cohort):
    return client.post_form(f"/cohorts/{cohort.id}/close")


def is_closed(cohort):
    return db.session.get_one(Cohort, cohort.id, populate_existing=True).closed_at is not None


def cancel(session):
    db.session.get_one(TrainingSession, session.id).cancelled_at = clock.now()
    db.session.commit()


def approve_make_up(room, module, session):
    now, proposer = clock.now(), make_person("Odo Lantern", roles=["trainer"])
    make_up = MakeUp(
        enrollment_id=room.trainees[0].id,
        module_id=module.module_id,
        from_minute=0,
        to_minute=85,
        route=MakeUpRoute.OTHER_COHORT,
        session_id=session.id,
        done_on=date(2026, 10, 27),
        evidence="",
        proposed_by=proposer.id,
        proposed_at=now,
        approved_by=room.trainer.id,
        decided_at=now,
        state=MakeUpState.APPROVED,
    )
    db.session.add(make_up)
    db.session.commit()


def test_an_empty_cohort_closes_and_is_planned_no_more(client):
    cohort = make_cohort()
    assert close(client, cohort).status_code == 303
    assert is_closed(cohort)
    assert "was closed on" in client.get(f"/cohorts/{cohort.id}").text
    refused = client.post_form(f"/cohorts/{cohort.id}/enroll", {"chosen_name": "Wen Harlow"})
    assert refused.status_code == 409
    assert "Reopen it first" in refused.text
    assert db.session.query(Enrollment).count() == 0
    assert close(client, cohort).status_code == 409


def test_who_owes_minutes_without_a_place_is_named(client):
    cohort = make_cohort()
    make_enrollment(cohort, "Wen Harlow")
    response = close(client, cohort)
    assert response.status_code == 409
    assert "Wen Harlow" in response.text
    assert not is_closed(cohort)


def test_a_canceled_session_s_minutes_hold_the_cohort_open(client, room):
    cancel(room.session)
    page = close(client, room.cohort).text
    assert "Łucja Wiśniewska" in page
    assert "neither signed off nor canceled" not in page
    assert not is_closed(room.cohort)


def test_a_session_that_is_not_signed_off_holds_it_open(client):
    cohort = make_cohort()
    make_session(cohort)
    assert "1 session is neither signed off nor canceled" in close(client, cohort).text


def test_whoever_waits_for_an_answer_holds_it_open(client):
    cohort = make_cohort()
    make_enrollment(cohort, "Wen Harlow", status="waitlisted")
    assert "1 person waits for an answer" in close(client, cohort).text


def test_minutes_that_have_a_place_in_another_cohort_do_not(client, app, time):
    """Everything is taught once more elsewhere: who has a seat there holds nothing open, who has none does."""
    version = make_version(minutes=(85, 85), is_published=False)
    version.rules = rules_to_json(replace(rules_from_json(version.rules), delivery_minimums_minutes={}))
    db.session.commit()
    room = make_room(2, version)
    elsewhere = make_session(make_cohort(room.version), date(2026, 10, 27))
    make_seat(elsewhere, room.trainees[0])
    for module in modules_of(room.version.id):
        approve_make_up(room, module, elsewhere)
    cancel(room.session)
    page = close(client, room.cohort).text
    assert "Łucja Wiśniewska" not in page
    assert "Nguyễn Thị Hạnh" in page


def test_who_does_not_complete_holds_nothing_open(client):
    cohort = make_cohort()
    enrollment = make_enrollment(cohort, "Wen Harlow")
    db.session.get_one(Enrollment, enrollment.id).status = EnrollmentStatus.NOT_COMPLETED
    db.session.commit()
    assert close(client, cohort).status_code == 303


def test_statements_do_not_grow(client):
    counts = []
    for people in (1, 5):
        cohort = make_cohort()
        for number in range(people):
            make_enrollment(cohort, f"Person {number}")
        make_session(cohort, date(2027, 1, 5) + timedelta(days=people))
        with statements() as sent:
            assert client.get(f"/cohorts/{cohort.id}/close").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 13


def test_it_is_recorded(client):
    cohort = make_cohort()
    close(client, cohort)
    assert '"close_cohort"' in db.session.query(AuditEvent).order_by(AuditEvent.seq.desc()).first().payload
