"""What a session is held in spite of: asked all at once, held when somebody says so, and kept in the audit trail."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from advocates.audit.models import AuditEvent
from advocates.curriculum.queries import modules_of
from advocates.database import db
from advocates.schedule.queries import session_with_segments
from tests.factories.cohorts import make_cohort
from tests.factories.schedule import make_session
from tests.schedule.test_building import shown
from tests.schedule.test_lay_out import CHOSEN, lay_out

DAY, THANKSGIVING = date(2099, 11, 5), date(2099, 11, 26)


@pytest.fixture
def session(cohort):
    """From 5:30 to 8:30 PM in room 2."""
    return make_session(cohort, DAY, room="2")


def use_of_room(day, starts="17:30"):
    """Another cohort's session in the same room."""
    return make_session(make_cohort(), day, starts, room="2")


def moved(session, **changes):
    return {"starts": "17:30", "place": session.place, "room": "2", "seen_version": "1", **changes}


def longer(cohort, **changes):
    """The first module and most of the second by 9 PM."""
    first, second = modules_of(cohort.curriculum_version_id)[:2]
    rows = {"rows-0-what": first.module_id, "rows-0-from_minute": 0, "rows-0-minutes": 90}
    rows |= {"rows-1-what": second.module_id, "rows-1-from_minute": 0, "rows-1-minutes": 120}
    return {"seen_version": "1", "title": "", "ends": "21:00", "mode": "in_person", **rows, **changes}


def last_event():
    """What the last event of the audit trail says of its objects."""
    payload = db.session.scalars(select(AuditEvent.payload).order_by(AuditEvent.seq.desc())).first()
    return json.loads(payload)["objects"]


def test_a_closed_day_and_a_room_in_use_are_asked_about_together(as_administrator, session):
    other, address = use_of_room(THANKSGIVING), f"/sessions/{session.id}/move"
    asked = as_administrator.post_form(address, moved(session, day=str(THANKSGIVING)))
    assert asked.status_code == 422
    for sentence in ("Thanksgiving Day", "uses this room then"):
        assert sentence in asked.text
    held = moved(session, day=str(THANKSGIVING), is_held_anyway="y")
    assert as_administrator.post_form(address, held).status_code == 303
    assert last_event()["booked_twice_with"] == [str(other.id)]
    assert last_event()["held_on_closed_days"] == [str(THANKSGIVING)]


def test_a_session_that_becomes_longer_asks_for_its_room(as_administrator, cohort, session):
    other, address = use_of_room(DAY, "20:45"), f"/sessions/{session.id}/agenda"
    asked = as_administrator.post_form(address, longer(cohort))
    assert asked.status_code == 422
    assert "uses this room then" in asked.text
    assert 'name="is_held_anyway"' in asked.text
    assert session_with_segments(session.id).agenda_version == 1
    assert as_administrator.post_form(address, longer(cohort, is_held_anyway="y")).status_code == 303
    assert last_event()["booked_twice_with"] == [str(other.id)]


def test_a_layout_says_which_of_its_rooms_are_in_use(as_administrator, cohort):
    chosen = {**CHOSEN, "place": cohort.place, "room": "2"}
    first = use_of_room(date(2026, 10, 20), "18:00")
    use_of_room(date(2026, 10, 21))
    assert shown(as_administrator, cohort, chosen).count("uses this room then") == 1
    assert "uses this room then" not in shown(as_administrator, cohort, {**chosen, "room": "3"})
    lay_out(as_administrator, cohort, chosen)
    assert last_event()["booked_twice_with"] == [str(first.id)]
