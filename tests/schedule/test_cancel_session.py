"""Cancelling a session gives its minutes back."""

import uuid
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.messages.models import OutboxMessage
from advocates.schedule.models import AgendaSegment
from advocates.schedule.queries import session_with_segments
from tests.factories.cohorts import make_enrollment
from tests.factories.schedule import make_session


@pytest.fixture
def session(cohort):
    return make_session(cohort, date(2099, 11, 3))


def address(session):
    return f"/sessions/{session.id}/cancel"


def test_a_cancelled_sessions_minutes_are_not_scheduled_any_more(as_administrator, cohort, session):
    schedule = f"/cohorts/{cohort.id}/schedule"
    assert "Not scheduled yet: 37 h 10 min of the curriculum." in as_administrator.get(schedule).text
    response = as_administrator.post_form(address(session), {"reason": "weather"})
    assert (response.status_code, response.location) == (303, schedule)
    row = session_with_segments(session.id)
    assert row.cancelled_at is not None
    assert row.cancel_reason_code == "weather"
    assert "Not scheduled yet: 40 h 00 min of the curriculum." in as_administrator.get(schedule).text
    assert db.session.scalars(select(AuditEvent.action)).all() == ["cancel_session"]


def test_the_schedule_says_why_and_does_not_count_it(as_administrator, cohort, session):
    make_session(cohort, date(2099, 11, 5))
    schedule = f"/cohorts/{cohort.id}/schedule"
    assert "<caption>2 sessions</caption>" in as_administrator.get(schedule).text
    as_administrator.post_form(address(session), {"reason": "trainer_away"})
    text = as_administrator.get(schedule).text
    assert "<caption>1 session, 1 canceled</caption>" in text
    assert text.count("A trainer is away") == 1


def test_those_who_attend_are_told(as_administrator, cohort, session, mail):
    make_enrollment(cohort)
    as_administrator.post_form(address(session), {"reason": "safety"})
    (message,) = db.session.scalars(select(OutboxMessage))
    assert message.subject == "A change to your schedule"
    assert "will not take place: Tuesday, November 3, 2099" in message.body
    assert "safety" not in message.body.casefold()


def test_the_form_sent_twice_cancels_and_tells_once(as_administrator, cohort, session, mail):
    make_enrollment(cohort)
    form = {"reason": "weather", "request_key": str(uuid.uuid4())}
    assert [as_administrator.post_form(address(session), form).status_code for _ in range(2)] == [303, 303]
    again = as_administrator.post_form(address(session), {"reason": "other"})
    assert again.status_code == 409
    assert "This session is canceled" in again.text
    assert len(db.session.scalars(select(OutboxMessage)).all()) == 1
    assert session_with_segments(session.id).cancel_reason_code == "weather"


def test_a_session_with_delivered_minutes_ended_early_and_is_not_cancelled(as_administrator, session):
    segment = db.session.scalars(select(AgendaSegment).order_by(AgendaSegment.planned_start).limit(1)).one()
    segment.delivered_start, segment.delivered_end = segment.planned_start, segment.planned_end
    db.session.commit()
    response = as_administrator.post_form(address(session), {"reason": "weather"})
    assert response.status_code == 409
    assert "it ended early and cannot be canceled" in response.text
    assert session_with_segments(session.id).cancelled_at is None


def test_a_session_that_is_signed_off_is_not_cancelled(as_administrator, cohort):
    session = make_session(cohort, signed_off_at=datetime(2026, 11, 4, tzinfo=UTC))
    assert as_administrator.get(address(session)).status_code == 409
    assert as_administrator.post_form(address(session), {"reason": "weather"}).status_code == 409
    assert session_with_segments(session.id).cancelled_at is None


@pytest.mark.parametrize("reason", ["", "nobody came"])
def test_a_reason_is_chosen_from_the_list(as_administrator, session, reason):
    response = as_administrator.post_form(address(session), {"reason": reason})
    assert response.status_code == 422
    assert 'href="#reason"' in response.text
    assert session_with_segments(session.id).cancelled_at is None


def test_only_an_administrator_cancels_sessions(client, as_role, cohort, session):
    assert client.get(address(session)).location.startswith("/sign-in")
    for role in ("trainer", "auditor", "trainee"):
        somebody = as_role(role, cohort)
        assert somebody.get(address(session)).status_code == 403
        assert somebody.post_form(address(session), {"reason": "weather"}).status_code == 403
    assert session_with_segments(session.id).cancelled_at is None


def test_a_session_that_does_not_exist_is_not_found(as_administrator):
    assert as_administrator.get(f"/sessions/{uuid.uuid4()}/cancel").status_code == 404
    assert as_administrator.post_form(f"/sessions/{uuid.uuid4()}/cancel", {"reason": "weather"}).status_code == 404
