"""The builder: what a pattern does not hold, closed days, room and link, saved patterns, and what modules ask."""

import json
import re
from datetime import date

from sqlalchemy import select

from advocates import clock
from advocates.audit.models import AuditEvent
from advocates.curriculum.queries import modules_of
from advocates.database import db
from advocates.schedule.models import ClosedDay, MeetingPattern, TrainingSession
from tests.budgets import statements
from tests.factories.cohorts import make_cohort
from tests.factories.curriculum import make_version
from tests.schedule.test_lay_out import CHOSEN, CUSTOM, address, lay_out, text_of

DAYS = {**CHOSEN, "pattern": "five_long_days", "first_day": "2026-10-26"}


def shown(client, cohort, chosen):
    response = client.post_form(address(cohort), chosen)
    assert response.status_code == 200
    return text_of(response)


def sessions():
    return db.session.scalars(select(TrainingSession).order_by(TrainingSession.planned_start)).all()


def test_five_long_days_say_that_they_hold_35_hours_and_what_fits(as_administrator, cohort):
    page = shown(as_administrator, cohort, DAYS)
    assert "The pattern holds 35 h 00 min of contact time, without lunch and breaks. There are 40 h 00 min" in page
    assert "Saturday, October 31, 2026, 9:00 AM – 3:00 PM CDT" in page
    assert "Every meeting is 1 h 00 min longer, so the first is 9:00 AM – 6:00 PM CDT." in page
    assert "Monday, November 2, 2026, 5:30 PM – 8:30 PM CST" in page
    assert re.findall(r'name="fit" value="(\w+)"', page) == ["further_days", "longer_days", "evenings"]


def test_each_proposal_is_taken_with_one_button_and_written_as_shown(as_administrator, app):
    for fit, count in (("further_days", 6), ("longer_days", 5), ("evenings", 7)):
        cohort = make_cohort()
        chosen = {**DAYS, "fit": fit}
        page = shown(as_administrator, cohort, chosen)
        assert "Every minute of the curriculum finds a place." in page
        assert "Take it back" in page
        before = len(sessions())
        assert lay_out(as_administrator, cohort, chosen).status_code == 303
        assert len(sessions()) - before == count
        assert "Not scheduled yet:" not in as_administrator.get(f"/cohorts/{cohort.id}/schedule").text


def test_closed_days_are_left_out_by_name_unless_they_are_ticked(as_administrator, administrator, cohort):
    day = date(2026, 11, 5)
    db.session.add(
        ClosedDay(first_day=day, last_day=day, name="Staff day", added_by=administrator.id, added_at=clock.now())
    )
    db.session.commit()
    page = shown(as_administrator, cohort, CHOSEN)
    assert "Tuesday, November 3, 2026: Election Day" in page
    assert "Thursday, November 5, 2026: Staff day" in page
    assert "Veterans Day" not in page  # a Wednesday, on which nothing would meet
    held = {**CHOSEN, "held": "2026-11-03"}
    assert "Tuesday, November 3, 2026<br>5:30 PM" in shown(as_administrator, cohort, held)
    lay_out(as_administrator, cohort, held)
    days = {row.planned_start.date().isoformat() for row in sessions()}
    assert "2026-11-05" not in days
    (payload,) = db.session.scalars(select(AuditEvent.payload))
    assert json.loads(payload)["objects"]["held_on_closed_days"] == ["2026-11-03"]
    assert "Election Day" in as_administrator.get(f"/cohorts/{cohort.id}/schedule").text


def test_online_evenings_get_the_link_and_days_in_person_the_room(as_administrator, cohort):
    chosen = {**CHOSEN, "pattern": "online_evenings_and_days", "room": "1104", "link": "https://meet.example/1"}
    lay_out(as_administrator, cohort, chosen)
    where = {(row.delivery_mode, row.room, row.link) for row in sessions()}
    assert where == {("live_online", None, "https://meet.example/1"), ("in_person", "1104", None)}
    page = as_administrator.get(f"/cohorts/{cohort.id}/schedule").text
    assert 'href="https://meet.example/1"' in page


def test_a_custom_pattern_is_saved_with_its_room_and_used_for_another_cohort(as_administrator, app):
    version = make_version(minutes=[170])
    chosen = {**CUSTOM, "rows-1-where": "Annex 3", "rows-1-mode": "in_person", "save_as": "Tuesdays"}
    assert lay_out(as_administrator, make_cohort(version), chosen).status_code == 303
    pattern = db.session.scalars(select(MeetingPattern)).one()
    other = make_cohort(version)
    assert "Saved: Tuesdays" in as_administrator.get(address(other)).text
    again = {**CHOSEN, "pattern": f"saved-{pattern.id}", "first_day": "2026-12-01"}
    assert lay_out(as_administrator, other, again).status_code == 303
    assert [row.room for row in sessions()] == ["Annex 3", "Annex 3"]


def test_the_name_of_a_saved_pattern_is_used_once_and_then_nothing_is_laid_out(as_administrator, app):
    version = make_version(minutes=[170])
    chosen = {**CUSTOM, "save_as": "Tuesdays"}
    lay_out(as_administrator, make_cohort(version), chosen)
    response = lay_out(as_administrator, make_cohort(version), chosen)
    assert response.status_code == 422
    assert "Another saved pattern has this name." in response.text
    assert len(sessions()) == 1


def test_bad_rooms_and_links_are_refused_at_their_fields(as_administrator, cohort):
    for changes, sentence in (
        ({"link": "meet.example"}, "A link must begin with https://"),
        ({"room": "x" * 121}, "Field cannot be longer than 120 characters."),
        ({**CUSTOM, "rows-1-where": "http://meet.example"}, "Type a room, or a link that begins with https://."),
    ):
        response = as_administrator.post_form(address(cohort), {**CHOSEN, **changes})
        assert response.status_code == 422
        assert sentence in response.text


def restrict(cohort, position, **columns):
    """Say of one module of the cohort's version what it asks; a published version refuses that, so it is a draft."""
    module = modules_of(cohort.curriculum_version_id)[position]
    for name, value in columns.items():
        setattr(module, name, json.dumps(value))
    db.session.commit()


def test_a_module_that_must_be_taught_in_person_waits_for_the_saturday(as_administrator, app):
    cohort = make_cohort(make_version(minutes=[60, 60], is_published=False))
    restrict(cohort, 0, delivery_modes=["in_person"])
    lay_out(as_administrator, cohort, {**CHOSEN, "pattern": "online_evenings_and_days", "first_day": "2026-10-19"})
    assert [row.delivery_mode for row in sessions()] == ["live_online", "in_person"]


def test_what_no_meeting_may_teach_says_why(as_administrator, app):
    cohort = make_cohort(make_version(minutes=[60, 60], is_published=False))
    restrict(cohort, 1, delivery_modes=["self_paced"])
    page = shown(as_administrator, cohort, CHOSEN)
    assert "No meeting of this pattern is held in a way that this module allows." in page
    assert "What would fit" not in page


def test_a_schedule_that_its_version_does_not_want_says_so(as_administrator, app):
    cohort = make_cohort(make_version(minutes=[60, 60], is_published=False))
    lay_out(as_administrator, cohort)
    first, second = modules_of(cohort.curriculum_version_id)
    restrict(cohort, 0, prerequisites=[second.key], delivery_modes=["live_online"])
    page = text_of(as_administrator.get(f"/cohorts/{cohort.id}/schedule"))
    assert f"{first.title} begins before {second.title} is taught whole." in page
    assert f"{first.title} earns nothing in person" in page


def test_a_preview_costs_the_same_whatever_it_lays_out(as_administrator, app):
    counts = []
    for minutes in ([340], []):
        cohort = make_cohort(make_version(minutes=minutes))
        with statements() as sent:
            shown(as_administrator, cohort, {**DAYS, "held": "2026-11-11"})
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 9  # sign-in, grants, cohort, sessions twice, patterns, closed days, modules
