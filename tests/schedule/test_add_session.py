"""Adding one session with its agenda."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.curriculum.queries import modules_of
from advocates.database import db
from advocates.schedule.models import AgendaSegment, TrainingSession
from advocates.schedule.queries import sessions_of_cohort
from tests.factories.cohorts import make_cohort
from tests.factories.schedule import make_session


def address(cohort):
    return f"/cohorts/{cohort.id}/sessions/new"


def evening(cohort, **changes):
    """5:30 to 7:30 PM: 60 minutes of the first module, a break, 50 of the second from minute 10 on."""
    first, second = modules_of(cohort.curriculum_version_id)[:2]
    return {
        "title": "Make-up evening",
        "day": "2026-11-05",
        "starts": "17:30",
        "ends": "19:30",
        "place": "Room 2",
        "mode": "in_person",
        "rows-0-what": str(first.module_id),
        "rows-0-from_minute": "0",
        "rows-0-minutes": "60",
        "rows-1-what": "break",
        "rows-1-minutes": "10",
        "rows-3-what": str(second.module_id),
        "rows-3-from_minute": "10",
        "rows-3-minutes": "50",
        **changes,
    }


def text_of(response):
    return " ".join(response.text.replace("\u202f", " ").replace("&#39;", "'").split())


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_session_is_added_with_its_parts_one_after_another(as_administrator, cohort):
    response = as_administrator.post_form(address(cohort), evening(cohort))
    assert (response.status_code, response.location) == (303, f"/cohorts/{cohort.id}/schedule")
    (row,) = sessions_of_cohort(cohort.id)
    assert (row.title, row.place, row.delivery_mode) == ("Make-up evening", "Room 2", "in_person")
    start = datetime(2026, 11, 5, 23, 30, tzinfo=UTC)
    assert (row.planned_start, row.planned_end) == (start, start + timedelta(hours=2))
    assert [(s.is_break, s.from_minute, s.minutes, s.delivery_mode) for s in row.segments] == [
        (False, 0, 60, "in_person"),
        (True, None, 10, None),
        (False, 10, 50, "in_person"),
    ]
    assert db.session.scalars(select(AuditEvent.action)).all() == ["add_session"]


def test_a_session_over_midnight_and_the_clock_change_takes_elapsed_minutes(as_administrator, cohort):
    """From 11 PM on October 31 to 3 AM: the hour from 1 to 2 comes twice."""
    module = modules_of(cohort.curriculum_version_id)[0]
    night = {
        **evening(cohort, day="2026-10-31", starts="23:00", ends="3:00 AM", next_day="y"),
        "rows-0-what": str(module.module_id),
        "rows-0-minutes": "60",
        "rows-1-minutes": "180",
        "rows-3-what": "break",
        "rows-3-from_minute": "",
        "rows-3-minutes": "60",
    }
    assert as_administrator.post_form(address(cohort), night).status_code == 303
    page = text_of(as_administrator.get(f"/cohorts/{cohort.id}/schedule"))
    assert "11:00 PM CDT – 3:00 AM CST the next day" in page
    (row,) = sessions_of_cohort(cohort.id)
    assert row.planned_end - row.planned_start == timedelta(hours=5)


def test_the_form_sent_twice_adds_one_session(as_administrator, cohort):
    form = evening(cohort, request_key=str(uuid.uuid4()))
    assert [as_administrator.post_form(address(cohort), form).status_code for _ in range(2)] == [303, 303]
    again = as_administrator.post_form(address(cohort), evening(cohort))
    assert again.status_code == 422
    assert "would overlap this cohort's session of 5:30 PM – 7:30 PM CST." in text_of(again)
    assert count(TrainingSession) == 1


def test_it_may_begin_when_another_ends_and_where_one_was_cancelled(as_administrator, cohort):
    make_session(cohort, date(2026, 11, 5), "16:30", [(0, 0, 60)])
    make_session(cohort, date(2026, 11, 5), "17:00", cancelled_at=datetime(2026, 10, 1, tzinfo=UTC))
    assert as_administrator.post_form(address(cohort), evening(cohort)).status_code == 303


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": "tomorrow"}, "This is not a day. Type it as 2026-11-26."),
        ({"starts": ""}, "Type when it starts."),
        ({"ends": "17:00"}, "The session must end after it starts."),
        ({"ends": "19:20"}, "The parts take 120 min, but the session lasts 110 min. Make them agree."),
        ({"ends": "19:20"}, "This part lies outside the session."),
        ({"ends": "19:40"}, "The parts take 120 min, but the session lasts 130 min. Make them agree."),
        ({"place": ""}, "Type where it takes place."),
        ({"mode": "telepathy"}, "Not a valid choice"),
        ({"title": "x" * 201}, "Field cannot be longer than 200 characters."),
        ({"rows-0-what": ""}, "Choose a module or a break."),
        ({"rows-0-what": str(uuid.uuid4())}, "Not a valid choice"),
        ({"rows-0-from_minute": ""}, "Type from which minute of the module on; 0 is its beginning."),
        ({"rows-0-from_minute": "-1"}, "Type 0 or more."),
        ({"rows-0-from_minute": "9000"}, "Minutes 9000 to 9060 are not all in this module of 90 min."),
        ({"rows-0-minutes": "sixty"}, "This is not a whole number of minutes."),
        ({"rows-0-minutes": "0"}, "Type 1 to 1,440 minutes."),
        ({"rows-1-minutes": ""}, "Type how many minutes it takes."),
    ],
)
def test_bad_input_is_refused_at_its_field_with_what_was_typed_kept(as_administrator, cohort, changes, sentence):
    response = as_administrator.post_form(address(cohort), evening(cohort, **changes))
    assert response.status_code == 422
    page = text_of(response)
    assert sentence in page
    assert 'id="error-summary"' in page
    assert 'value="50"' in page
    (name, typed) = next(iter(changes.items()))
    assert f'value="{typed}"' in page or name in {"mode", "rows-0-what"}
    assert count(TrainingSession) == count(AgendaSegment) == count(AuditEvent) == 0


def test_a_session_without_parts_is_refused(as_administrator, cohort):
    empty = {name: text for name, text in evening(cohort).items() if not name.startswith("rows")}
    response = as_administrator.post_form(address(cohort), empty)
    assert response.status_code == 422
    assert "Part 1: Module or break: Add at least one part that teaches a module." in text_of(response)


def test_only_an_administrator_adds_sessions(client, as_role, cohort):
    assert client.get(address(cohort)).location.startswith("/sign-in")
    for role in ("trainer", "auditor", "trainee"):
        somebody = as_role(role, cohort)
        assert somebody.get(address(cohort)).status_code == 403
        assert somebody.post_form(address(cohort), evening(cohort)).status_code == 403
    assert count(TrainingSession) == 0


def test_a_cohort_that_does_not_exist_is_not_found(as_administrator):
    missing = f"/cohorts/{uuid.uuid4()}/sessions/new"
    assert as_administrator.get(missing).status_code == 404
    assert as_administrator.post_form(missing, evening(make_cohort())).status_code == 404
