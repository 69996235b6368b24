"""Moving a session: its length and agenda stay, and those who attend are told."""

import re
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from advocates.audit.models import AuditEvent, AuditValue
from advocates.database import db
from advocates.messages.models import OutboxMessage
from advocates.schedule import changing
from advocates.schedule.models import SeatKind, SessionSeat
from advocates.schedule.queries import session_with_segments
from tests.budgets import statements
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person
from tests.factories.schedule import local, make_session


@pytest.fixture
def session(cohort):
    """Far ahead, so that it is to come whenever the tests run; the clocks changed the day before yesterday."""
    return make_session(cohort, date(2099, 11, 3))


def address(session):
    return f"/sessions/{session.id}/move"


def moved(**changes):
    return {"day": "2099-10-29", "starts": "18:00", "place": "Library", "seen_version": "1", **changes}


def test_the_form_shows_when_and_where_it_is(as_administrator, session):
    page = as_administrator.get(address(session)).text
    for typed in ("2099-11-03", "17:30", "Malcolm X College, room 1104"):
        assert f'value="{typed}"' in page


def test_a_moved_session_keeps_its_elapsed_minutes_across_the_clock_change(as_administrator, cohort, session):
    response = as_administrator.post_form(address(session), moved())
    assert (response.status_code, response.location) == (303, f"/cohorts/{cohort.id}/schedule")
    row = session_with_segments(session.id)
    assert row.planned_start == local(date(2099, 10, 29), "18:00")
    assert row.planned_end - row.planned_start == timedelta(hours=3)
    assert [(s.from_minute, s.minutes) for s in row.segments] == [(0, 85), (None, 10), (0, 85)]
    assert (row.place, row.agenda_version) == ("Library", 2)
    assert db.session.scalars(select(AuditEvent.action)).all() == ["move_session"]
    assert set(db.session.scalars(select(AuditValue.field))) == {"planned_start", "place"}


def test_those_who_attend_are_told_before_and_now_under_a_neutral_subject(as_administrator, cohort, session, mail):
    enrolled = make_enrollment(cohort, "Łucja Fern")
    guest = make_enrollment(make_cohort(), "Omar Reed")
    db.session.add(SessionSeat(session_id=session.id, enrollment_id=guest.id, kind=SeatKind.GUEST))
    make_enrollment(cohort, "Not Yet", status="applied")
    make_enrollment(make_cohort(), "Else Where")
    make_person("Tess Odell", roles=["trainer"], cohort_id=cohort.id)
    db.session.commit()
    as_administrator.post_form(address(session), moved())
    messages = db.session.scalars(select(OutboxMessage)).all()
    assert sorted(message.address.split(".")[0] for message in messages) == ["omar", "tess", "łucja"]
    assert enrolled.id
    assert {message.subject for message in messages} == {"A change to your schedule"}
    body = messages[0].body.replace("\u202f", " ")
    assert "Before: Tuesday, November 3, 2099, 5:30 PM – 8:30 PM CST, Malcolm X College, room 1104" in body
    assert "Now: Thursday, October 29, 2099, 6:00 PM – 9:00 PM CDT, Library" in body


def test_telling_thirty_takes_no_more_statements_than_telling_one(as_administrator, cohort, mail):
    counts = []
    for people, day in ((1, "2099-11-04"), (29, "2099-11-05")):
        for _ in range(people):
            make_enrollment(cohort)
        one = make_session(cohort, date(2099, 12, people))
        with statements() as sent:
            assert as_administrator.post_form(address(one), moved(day=day)).status_code == 303
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 20


def test_without_a_mail_server_the_page_says_to_tell_people_yourself(as_administrator, cohort, session):
    make_enrollment(cohort)
    response = as_administrator.post_form(address(session), moved())
    page = as_administrator.get(response.location).text
    assert re.search(r"usa-alert--warning[^>]*>\s*<div[^>]*><p[^>]*>No mail server is set", page)
    assert "usa-alert--success" in page
    assert db.session.scalars(select(OutboxMessage)).all() == []


def test_nobody_is_told_about_what_is_over(as_administrator, cohort, mail):
    make_enrollment(cohort)
    past = make_session(cohort, date(2020, 11, 3))
    as_administrator.post_form(address(past), moved(day="2020-11-04"))
    assert db.session.scalars(select(OutboxMessage)).all() == []


def test_the_form_sent_twice_moves_once(as_administrator, session):
    form = moved(request_key=str(uuid.uuid4()))
    assert [as_administrator.post_form(address(session), form).status_code for _ in range(2)] == [303, 303]
    assert session_with_segments(session.id).agenda_version == 2


def test_a_session_that_somebody_else_moved_is_not_moved_again_unseen(as_administrator, session):
    as_administrator.post_form(address(session), moved())
    response = as_administrator.post_form(address(session), moved(day="2099-10-30"))
    assert response.status_code == 409
    assert "Somebody else changed this session meanwhile." in response.text


def test_a_session_is_not_moved_onto_another_of_its_cohort(as_administrator, cohort, session):
    make_session(cohort, date(2099, 10, 29), "20:00")
    response = as_administrator.post_form(address(session), moved())
    assert response.status_code == 422
    assert "would overlap this cohort&#39;s session of 8:00\u202fPM" in response.text
    assert 'value="Library"' in response.text
    assert session_with_segments(session.id).agenda_version == 1


def test_a_session_may_move_within_its_own_time(as_administrator, session):
    response = as_administrator.post_form(address(session), moved(day="2099-11-03", starts="17:45"))
    assert response.status_code == 303


@pytest.mark.parametrize("column", ["signed_off_at", "cancelled_at"])
def test_a_locked_session_stays_where_it_is(as_administrator, cohort, column):
    session = make_session(cohort, **{column: datetime(2026, 11, 4, tzinfo=UTC)})
    assert as_administrator.get(address(session)).status_code == 409
    assert as_administrator.post_form(address(session), moved()).status_code == 409
    assert session_with_segments(session.id).planned_start == session.planned_start


def test_a_session_with_attendance_is_neither_moved_nor_cancelled(as_administrator, session, monkeypatch):
    monkeypatch.setattr(changing, "_evidence", [])
    changing.counts_as_evidence(lambda session_id: session_id == session.id)
    for page, form in (("move", moved()), ("cancel", {"reason": "weather"})):
        response = as_administrator.post_form(f"/sessions/{session.id}/{page}", form)
        assert response.status_code == 409
        assert "Attendance has been recorded for this session" in response.text
    row = session_with_segments(session.id)
    assert (row.agenda_version, row.cancelled_at) == (1, None)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": ""}, "Choose a day."),
        ({"day": "2099-02-30"}, "This is not a day."),
        ({"day": "9999-12-31"}, "The day must be in the years 2000 to 2100."),
        ({"starts": "25:00"}, "This is not a clock time."),
        ({"place": ""}, "Type where it takes place."),
        ({"place": "x" * 301}, "Field cannot be longer than 300 characters."),
    ],
)
def test_bad_input_is_refused_with_what_was_typed_kept(as_administrator, session, changes, sentence):
    typed = moved(**changes)
    response = as_administrator.post_form(address(session), typed)
    assert response.status_code == 422
    assert sentence in response.text
    assert all(f'value="{typed[name]}"' in response.text for name in ("day", "starts", "place"))
    assert session_with_segments(session.id).planned_start == session.planned_start


def test_only_an_administrator_moves_sessions(client, as_role, cohort, session):
    assert client.get(address(session)).location.startswith("/sign-in")
    for role in ("trainer", "auditor", "trainee"):
        somebody = as_role(role, cohort)
        assert somebody.get(address(session)).status_code == 403
        assert somebody.post_form(address(session), moved()).status_code == 403
    assert session_with_segments(session.id).agenda_version == 1


def test_a_session_that_does_not_exist_is_not_found(as_administrator):
    assert as_administrator.get(f"/sessions/{uuid.uuid4()}/move").status_code == 404
    assert as_administrator.post_form(f"/sessions/{uuid.uuid4()}/move", moved()).status_code == 404


def test_moving_it_to_where_it_is_already_changes_nothing_and_says_so(as_administrator, session):
    same = moved(day="2099-11-03", starts="17:30", place="Malcolm X College, room 1104")
    response = as_administrator.post_form(address(session), same)
    assert response.status_code == 409
    assert "at this time and place already" in response.text
    assert db.session.scalars(select(AuditEvent.action)).all() == []


def test_who_withdrew_is_told_nothing_more_for_a_seat_that_was_kept(as_administrator, session, mail):
    guest = make_enrollment(make_cohort(), "Omar Reed")
    db.session.add(SessionSeat(session_id=session.id, enrollment_id=guest.id, kind=SeatKind.MAKE_UP))
    db.session.commit()
    as_administrator.post_form(f"/enrollments/{guest.id}/withdraw", {"reason": "own_wish"})
    as_administrator.post_form(address(session), moved())
    assert db.session.scalars(select(OutboxMessage)).all() == []
