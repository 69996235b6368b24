"""Splitting a session: every minute stays, the second half is held when and where somebody says."""

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.messages.models import OutboxMessage
from advocates.schedule import changing
from advocates.schedule.queries import sessions_of_cohort
from tests.budgets import statements
from tests.factories.cohorts import make_enrollment
from tests.factories.schedule import local, make_session

FIRST, SECOND = date(2099, 11, 5), date(2099, 11, 7)


@pytest.fixture
def session(cohort):
    """5:30 to 8:30 PM: 85 minutes, a break of ten, and 85 minutes; far ahead, so that people are told."""
    return make_session(cohort, FIRST)


def address(session):
    return f"/sessions/{session.id}/split"


def typed(**changes):
    return {
        "at": "19:00",
        "day": "2099-11-07",
        "starts": "10:00",
        "place": "Library",
        "room": "2 B",
        "link": "",
        "seen_version": "1",
        **changes,
    }


def text_of(response):
    return " ".join(response.text.replace("\u202f", " ").replace("&#39;", "'").split())


def test_the_form_proposes_the_break_in_the_middle_and_the_next_day(as_administrator, session):
    page = as_administrator.get(address(session)).text
    for value in ("18:55", "2099-11-06", "17:30", "Malcolm X College, room 1104"):
        assert f'value="{value}"' in page


def test_every_minute_stays_and_a_cut_module_goes_on(as_administrator, cohort, session):
    response = as_administrator.post_form(address(session), typed(at="18:30"))
    assert (response.status_code, response.location) == (303, f"/cohorts/{cohort.id}/schedule")
    first, second = sessions_of_cohort(cohort.id)
    assert (first.id, first.agenda_version, first.planned_end) == (session.id, 2, local(FIRST, "18:30"))
    assert [(s.from_minute, s.minutes) for s in first.segments] == [(0, 60)]
    assert (second.planned_start, second.place, second.room, second.link) == (
        local(SECOND, "10:00"),
        "Library",
        "2 B",
        None,
    )
    assert [(s.from_minute, s.minutes) for s in second.segments] == [(60, 25), (None, 10), (0, 85)]
    assert db.session.scalars(select(AuditEvent.action)).all() == ["split_session"]


def test_those_who_attend_are_told_of_both_in_one_mail(as_administrator, cohort, session, mail):
    make_enrollment(cohort, "Łucja Fern")
    as_administrator.post_form(address(session), typed())
    (message,) = db.session.scalars(select(OutboxMessage))
    assert message.subject == "A change to your schedule"
    body = message.body.replace("\u202f", " ")
    assert "5:30 PM – 8:30 PM" in body
    assert "5:30 PM – 6:55 PM" in body
    assert "Saturday, November 7, 2099, 10:00 AM – 11:25 AM CST, Library, 2 B" in body


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"at": ""}, "Type the time at which the second half begins."),
        ({"at": "17:30"}, "Both halves must teach something"),
        ({"at": "21:00"}, "Both halves must teach something"),
        ({"day": "2099-11-05", "starts": "18:00"}, "would overlap"),
        ({"link": "http://meet.example/2"}, "A link must begin with https://"),
        ({"link": "https://meet.example/2 3"}, "A link must begin with https://"),
        ({"link": "https://[meet"}, "A link must begin with https://"),
        ({"room": "x" * 121}, "Field cannot be longer than 120 characters."),
        ({"place": " "}, "Type where it takes place."),
        ({"day": "2099-11-26"}, "Thursday, November 26, 2099 is closed: Thanksgiving Day."),
    ],
)
def test_bad_input_is_refused_at_its_field_and_changes_nothing(as_administrator, cohort, session, changes, sentence):
    response = as_administrator.post_form(address(session), typed(**changes))
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert typed(**changes)["room"] in response.text
    assert [row.agenda_version for row in sessions_of_cohort(cohort.id)] == [1]


def test_a_second_half_on_a_holiday_is_held_when_somebody_says_so(as_administrator, cohort, session):
    day = {"day": "2099-11-26"}
    assert 'name="is_held_anyway"' in as_administrator.post_form(address(session), typed(**day)).text
    assert as_administrator.post_form(address(session), typed(**day, is_held_anyway="y")).status_code == 303
    assert '"held_on_closed_days":["2099-11-26"]' in db.session.scalars(select(AuditEvent.payload)).one()
    page = as_administrator.get(f"/cohorts/{cohort.id}/schedule").text
    assert "Thanksgiving Day" in page


def test_the_same_form_sent_twice_splits_once(as_administrator, cohort, session):
    form = typed(request_key=str(uuid.uuid4()))
    answers = [as_administrator.post_form(address(session), form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(sessions_of_cohort(cohort.id)) == 2


def test_what_changed_meanwhile_or_has_marks_is_not_split(as_administrator, cohort, session, monkeypatch):
    assert as_administrator.post_form(address(session), typed(seen_version="7")).status_code == 409
    monkeypatch.setattr(changing, "_evidence", [lambda session_id: True])
    assert as_administrator.post_form(address(session), typed()).status_code == 409
    assert len(sessions_of_cohort(cohort.id)) == 1


def test_past_midnight_the_time_typed_is_the_next_days(as_administrator, cohort):
    session = make_session(cohort, FIRST, "23:00", [(0, 0, 120)])
    response = as_administrator.post_form(address(session), typed(at="00:30", day="2099-11-06", starts="18:00"))
    assert response.status_code == 303
    first, second = sessions_of_cohort(cohort.id)
    assert first.planned_end - first.planned_start == timedelta(minutes=90)
    assert [(s.from_minute, s.minutes) for s in second.segments] == [(90, 30)]


def test_only_an_administrator_splits(client, as_role, cohort, session):
    assert client.get(address(session)).location.startswith("/sign-in")
    for role in ("trainer", "auditor", "trainee"):
        assert as_role(role, cohort).post_form(address(session), typed()).status_code == 403
    assert as_role("administrator").get(f"/sessions/{uuid.uuid4()}/split").status_code == 404


def test_a_long_agenda_costs_no_more_statements(as_administrator, cohort, session):
    long = make_session(cohort, SECOND, "09:00", [(0, n, 1) for n in range(30)])
    counts = []
    for each in (session, long):
        with statements() as sent:
            assert as_administrator.get(address(each)).status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 6  # sign-in, grants, the session with its cohort, its row, its segments
