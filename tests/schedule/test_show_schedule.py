"""A cohort's sessions and what they cover, on one page."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from advocates import clock
from advocates.database import db
from advocates.schedule.models import AgendaSegment
from tests.budgets import statements
from tests.factories.cohorts import make_cohort
from tests.factories.schedule import make_session

NARROW = "\u202f"


def address(cohort):
    return f"/cohorts/{cohort.id}/schedule"


def text_of(response):
    return " ".join(response.text.replace(NARROW, " ").split())


def test_an_empty_schedule_says_what_to_do_next(as_administrator, as_role, cohort):
    page = text_of(as_administrator.get(address(cohort)))
    assert "This cohort has no sessions yet" in page
    assert f"/cohorts/{cohort.id}/schedule/lay-out" in page
    assert "0 h 00 min" in page
    seen_by_trainer = text_of(as_role("trainer", cohort).get(address(cohort)))
    assert "An administrator lays them out" in seen_by_trainer
    assert "lay-out" not in seen_by_trainer


def test_sessions_are_shown_in_local_time_on_either_side_of_the_clock_change(as_administrator, cohort):
    make_session(cohort, date(2026, 11, 3))
    make_session(cohort, date(2026, 10, 29))
    page = text_of(as_administrator.get(address(cohort)))
    before = page.index("Thursday, October 29, 2026<br> 5:30 PM – 8:30 PM CDT")
    after = page.index("Tuesday, November 3, 2026<br> 5:30 PM – 8:30 PM CST")
    assert before < after


def test_coverage_tells_required_scheduled_extra_and_missing(as_administrator, cohort):
    make_session(cohort, date(2026, 11, 3), segments=[(0, 0, 60), (None, 0, 10), (0, 0, 30)])
    page = text_of(as_administrator.get(address(cohort)))
    assert "Not scheduled yet: 39 h 00 min of the curriculum." in page
    assert "40 h 00 min" in page
    assert '<td class="number" data-label="Extra">0 h 30 min</td>' in page


@pytest.mark.parametrize(
    ("columns", "now", "state"),
    [
        ({}, datetime(2026, 11, 1, tzinfo=UTC), "Planned"),
        ({}, datetime(2026, 11, 3, 15, tzinfo=UTC), "Today"),
        ({}, datetime(2026, 11, 5, tzinfo=UTC), "Awaiting sign-off"),
        ({"signed_off_at": datetime(2026, 11, 4, tzinfo=UTC)}, datetime(2026, 11, 5, tzinfo=UTC), "Signed off"),
        ({"cancelled_at": datetime(2026, 11, 4, tzinfo=UTC)}, datetime(2026, 11, 5, tzinfo=UTC), "Canceled"),
    ],
)
def test_each_session_says_where_it_stands(as_administrator, cohort, monkeypatch, columns, now, state):
    make_session(cohort, date(2026, 11, 3), **columns)
    monkeypatch.setattr(clock, "now", lambda: now)
    assert f">{state}</span>" in as_administrator.get(address(cohort)).text


def test_a_cancelled_session_covers_nothing_and_offers_no_change(as_administrator, cohort):
    session = make_session(cohort, cancelled_at=datetime(2026, 10, 1, tzinfo=UTC))
    page = text_of(as_administrator.get(address(cohort)))
    assert "Not scheduled yet: 40 h 00 min of the curriculum." in page
    assert f"/sessions/{session.id}/" not in page


def test_a_session_that_ended_early_covers_what_it_delivered(as_administrator, cohort):
    session = make_session(cohort, segments=[(0, 0, 60)], signed_off_at=datetime(2026, 10, 21, tzinfo=UTC))
    segment = db.session.scalars(db.select(AgendaSegment)).one()
    segment.delivered_start, segment.delivered_end = session.planned_start, session.planned_end - timedelta(minutes=20)
    db.session.commit()
    page = text_of(as_administrator.get(address(cohort)))
    assert "Not scheduled yet: 39 h 20 min of the curriculum." in page


def test_sessions_outside_the_dates_of_the_cohort_are_pointed_out(as_administrator, cohort):
    make_session(cohort, date(2026, 12, 20))
    page = text_of(as_administrator.get(address(cohort)))
    assert "1 session lies outside the cohort's dates, Oct 20, 2026 to Dec 19, 2026." in page.replace("&#39;", "'")


def test_a_trainer_of_the_cohort_may_look_and_not_change(as_role, cohort):
    session = make_session(cohort)
    page = as_role("trainer", cohort).get(address(cohort)).text
    assert f"/sessions/{session.id}/move" not in page
    assert as_role("auditor", cohort).get(address(cohort)).status_code == 200


def test_strangers_trainees_and_other_cohorts_do_not_see_it(client, as_role, cohort):
    assert client.get(address(cohort)).location.startswith("/sign-in")
    assert as_role("trainee").get(address(cohort)).status_code == 403
    assert as_role("trainer", make_cohort()).get(address(cohort)).status_code == 404


def test_a_cohort_that_does_not_exist_is_not_found(as_administrator):
    assert as_administrator.get(f"/cohorts/{uuid.uuid4()}/schedule").status_code == 404


def test_twenty_sessions_take_no_more_statements_than_one(as_administrator, cohort):
    """Sign-in, cohort, sessions, segments, modules."""
    make_session(cohort, date(2026, 10, 20))
    with statements() as one:
        as_administrator.get(address(cohort))
    for n in range(1, 20):
        make_session(cohort, date(2026, 10, 20) + timedelta(days=n))
    with statements() as twenty:
        as_administrator.get(address(cohort))
    assert len(one) == len(twenty) <= 8
