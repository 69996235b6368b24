"""Laying sessions out: shown first, then written exactly as shown, once."""

import re
import uuid
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.schedule.models import AgendaSegment, TrainingSession
from tests.budgets import statements
from tests.factories.cohorts import make_cohort
from tests.factories.curriculum import make_version
from tests.factories.schedule import make_session

CHOSEN = {"pattern": "evenings_and_saturdays", "first_day": "2026-10-20", "place": "Malcolm X College, room 1104"}
TUESDAY_ROW = {
    "rows-1-weekday": "1",
    "rows-1-starts": "17:30",
    "rows-1-ends": "20:30",
    "rows-1-break_starts": "19:00",
    "rows-1-break_ends": "19:10",
    "rows-1-mode": "live_online",
}
CUSTOM = {**CHOSEN, "pattern": "custom", **TUESDAY_ROW}


def address(cohort):
    return f"/cohorts/{cohort.id}/schedule/lay-out"


def text_of(response):
    text = response.text.replace("\u202f", " ").replace("&#39;", "'").replace("&#34;", '"')
    return " ".join(text.split())


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def shown_in(response):
    (digest,) = re.findall(r'name="shown" value="(\w+)"', response.text)
    return digest


def lay_out(client, cohort, chosen=CHOSEN, **more):
    shown = shown_in(client.post_form(address(cohort), chosen))
    return client.post_form(address(cohort), {**chosen, "shown": shown, **more})


def test_the_form_proposes_the_first_day_and_place_of_the_cohort(as_administrator, cohort):
    page = as_administrator.get(address(cohort)).text
    assert 'value="2026-10-20"' in page
    assert 'value="Malcolm X College, room 1104"' in page
    assert "only_missing" not in page


def test_every_session_is_shown_before_anything_is_written(as_administrator, cohort):
    page = text_of(as_administrator.post_form(address(cohort), CHOSEN))
    assert "11 sessions would be laid out" in page
    assert "Every minute of the curriculum finds a place." in page
    assert "Thursday, October 29, 2026<br>5:30 PM – 8:30 PM CDT" in page
    assert "Thursday, November 5, 2026<br>5:30 PM – 8:30 PM CST" in page
    assert count(TrainingSession) == 0


def test_what_was_shown_is_written_as_shown_with_one_event(as_administrator, cohort):
    response = lay_out(as_administrator, cohort)
    assert response.status_code == 303
    assert response.location == f"/cohorts/{cohort.id}/schedule"
    rows = db.session.scalars(select(TrainingSession).order_by(TrainingSession.planned_start)).all()
    assert len(rows) == 11
    assert {row.place for row in rows} == {"Malcolm X College, room 1104"}
    chicago = ZoneInfo("America/Chicago")
    assert {row.planned_start.astimezone(chicago).time() for row in rows} == {time(17, 30), time(9)}
    segments = db.session.scalars(select(AgendaSegment)).all()
    assert sum((s.planned_end - s.planned_start for s in segments if s.module_id), timedelta()) == timedelta(hours=40)
    assert all((s.delivery_mode is None) == (s.module_id is None) == (s.from_minute is None) for s in segments)
    assert db.session.scalars(select(AuditEvent.action)).all() == ["lay_out_sessions"]
    assert "Not scheduled yet:" not in as_administrator.get(response.location).text


def test_the_same_form_sent_twice_lays_out_once(as_administrator, cohort):
    key = str(uuid.uuid4())
    first = lay_out(as_administrator, cohort, request_key=key)
    again = as_administrator.post_form(address(cohort), {**CHOSEN, "shown": "0" * 64, "request_key": str(uuid.uuid4())})
    assert first.status_code == 303
    assert again.status_code == 422
    assert "This cohort already has sessions." in again.text
    assert count(TrainingSession) == 11


def test_a_replay_under_its_own_key_answers_as_the_first_time(as_administrator, cohort):
    shown = shown_in(as_administrator.post_form(address(cohort), CHOSEN))
    form = {**CHOSEN, "shown": shown, "request_key": str(uuid.uuid4())}
    answers = [as_administrator.post_form(address(cohort), form) for _ in range(3)]
    assert [(a.status_code, a.location) for a in answers] == [(303, f"/cohorts/{cohort.id}/schedule")] * 3
    assert count(TrainingSession) == 11


def test_five_long_days_say_what_finds_no_place_and_the_rest_is_added_afterwards(as_administrator, cohort):
    days = {**CHOSEN, "pattern": "five_long_days", "first_day": "2026-10-26"}
    page = text_of(as_administrator.post_form(address(cohort), days))
    assert "5 sessions would be laid out" in page
    assert "5 h 00 min of the curriculum finds no place:" in page
    lay_out(as_administrator, cohort, days)
    proposal = as_administrator.get(address(cohort)).text
    assert 'value="2026-10-31"' in proposal
    assert re.search(r'<input[^>]*checked[^>]*name="only_missing"', proposal)
    rest = {**CHOSEN, "first_day": "2026-11-02", "only_missing": "y"}
    assert lay_out(as_administrator, cohort, rest).status_code == 303
    assert "Not scheduled yet:" not in as_administrator.get(f"/cohorts/{cohort.id}/schedule").text
    complete = as_administrator.post_form(address(cohort), {**rest, "first_day": "2026-12-01"})
    assert complete.status_code == 422
    assert "Every minute of the curriculum is scheduled already." in complete.text
    taught = db.session.scalars(select(AgendaSegment).where(AgendaSegment.module_id.is_not(None)))
    assert sum((s.planned_end - s.planned_start for s in taught), timedelta()) == timedelta(hours=40)


def test_a_cancelled_sessions_content_is_laid_out_again(as_administrator, app):
    cohort = make_cohort(make_version(minutes=[60, 60]))
    make_session(cohort, segments=[(0, 0, 60)], cancelled_at=datetime(2026, 10, 1, tzinfo=UTC))
    assert lay_out(as_administrator, cohort).status_code == 303
    assert count(TrainingSession) == 2


def test_a_custom_pattern_skips_the_days_without_training(as_administrator, app):
    cohort = make_cohort(make_version(minutes=[340]))
    chosen = {**CUSTOM, "first_day": "2026-11-17", "skipped": "2026-11-24\n12/1/2026"}
    page = text_of(as_administrator.post_form(address(cohort), chosen))
    assert "Tuesday, November 17, 2026" in page
    assert "Tuesday, December 8, 2026" in page
    assert "2 sessions would be laid out" in page
    assert "live online" in page
    lay_out(as_administrator, cohort, chosen)
    modes = set(db.session.scalars(select(AgendaSegment.delivery_mode).where(AgendaSegment.module_id.is_not(None))))
    assert modes == {"live_online"}


def test_sessions_after_the_end_of_the_cohort_are_pointed_out(as_administrator, app):
    cohort = make_cohort(make_version(minutes=[340]), ends_on=date(2026, 10, 21))
    page = text_of(as_administrator.post_form(address(cohort), CHOSEN))
    assert "1 session lies outside the cohort's dates, Oct 20, 2026 to Oct 21, 2026." in page


def test_a_plan_that_no_longer_holds_is_shown_again_and_not_written(as_administrator, cohort):
    chosen = {**CHOSEN, "only_missing": "y"}
    shown = shown_in(as_administrator.post_form(address(cohort), chosen))
    make_session(cohort, date(2026, 10, 19))
    response = as_administrator.post_form(address(cohort), {**chosen, "shown": shown})
    assert response.status_code == 409
    assert "The schedule changed meanwhile. Look again." in response.text
    assert shown_in(response) != shown
    assert count(TrainingSession) == 1


def test_a_layout_over_a_session_that_stands_is_refused(as_administrator, cohort):
    make_session(cohort, date(2026, 10, 22), "20:00", [(0, 0, 60)])
    response = as_administrator.post_form(address(cohort), {**CHOSEN, "only_missing": "y"})
    assert response.status_code == 422
    assert (
        "The session on Thursday, October 22, 2026, 5:30 PM – 8:30 PM CDT would overlap "
        "this cohort's session of 8:00 PM – 9:00 PM CDT." in text_of(response)
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"pattern": ""}, "Choose a pattern."),
        ({"pattern": "weekly"}, "Not a valid choice"),
        ({"first_day": ""}, "Choose the first day."),
        ({"first_day": "soon"}, "This is not a day. Type it as 2026-11-26."),
        ({"first_day": "0001-01-01"}, "The day must be in the years 2000 to 2100."),
        ({"last_day": "9999-12-31"}, "The day must be in the years 2000 to 2100."),
        ({"last_day": "2026-10-19"}, "The last day must not be before the first day."),
        ({"last_day": "2026-10-20", "first_day": "2026-10-20", "skipped": "2026-10-20"}, "No meeting of this pattern"),
        ({"skipped": "2026-11-26\nThanksgiving"}, "Line 2: “Thanksgiving” is not a date."),
        ({"place": " "}, "Type where it takes place."),
        ({"place": "x" * 301}, "Field cannot be longer than 300 characters."),
        ({"pattern": "custom"}, "Add at least one weekly meeting."),
        ({**CUSTOM, "rows-1-ends": "17:30"}, "A meeting must end after it starts, on the same day."),
        ({**CUSTOM, "rows-1-ends": "later"}, "This is not a clock time. Type it as 17:30 or 5:30 PM."),
        ({**CUSTOM, "rows-1-weekday": ""}, "Choose a weekday."),
        ({**CUSTOM, "rows-1-break_ends": ""}, "Type both the start and the end of the break, or neither."),
        ({**CUSTOM, "rows-1-break_ends": "20:40"}, "A break must start and end inside its meeting."),
        (
            {
                **CUSTOM,
                "rows-4-weekday": "1",
                "rows-4-starts": "20:00",
                "rows-4-ends": "21:00",
                "rows-4-mode": "in_person",
            },
            "This meeting overlaps meeting 2.",
        ),
    ],
)
def test_bad_input_is_refused_at_its_field_with_what_was_typed_kept(as_administrator, cohort, changes, sentence):
    typed = {**CHOSEN, "skipped": "", "shown": "0" * 64, **changes}
    response = as_administrator.post_form(address(cohort), typed)
    assert response.status_code == 422
    page = text_of(response)
    assert sentence in page
    assert 'id="error-summary"' in page
    kept = typed["place"] if sentence.startswith(("Line", "No meeting")) else typed["first_day"]
    assert kept in page
    assert count(TrainingSession) == 0


def test_only_an_administrator_lays_out(client, as_role, cohort):
    assert client.get(address(cohort)).location.startswith("/sign-in")
    for role in ("trainer", "auditor", "trainee"):
        somebody = as_role(role, cohort)
        assert somebody.get(address(cohort)).status_code == 403
        assert somebody.post_form(address(cohort), {**CHOSEN, "shown": "0" * 64}).status_code == 403
    assert count(TrainingSession) == 0


def test_a_cohort_that_does_not_exist_is_not_found(as_administrator):
    missing = f"/cohorts/{uuid.uuid4()}/schedule/lay-out"
    assert as_administrator.get(missing).status_code == 404
    assert as_administrator.post_form(missing, CHOSEN).status_code == 404


def test_two_sessions_or_eleven_are_written_in_as_many_statements(as_administrator, app):
    counts = []
    for minutes in ([340], []):
        cohort = make_cohort(make_version(minutes=minutes))
        shown = shown_in(as_administrator.post_form(address(cohort), CHOSEN))
        with statements() as sent:
            assert as_administrator.post_form(address(cohort), {**CHOSEN, "shown": shown}).status_code == 303
        counts.append(len(sent))
    assert count(TrainingSession) == 13
    assert counts[0] == counts[1] <= 20
