"""A saved pattern is removed once; its name may be used again."""

import uuid
from datetime import time

from sqlalchemy import select

from advocates.audit.models import AuditEvent
from advocates.curriculum.delivery import DeliveryMode
from advocates.database import db
from advocates.schedule.queries import saved_patterns
from advocates.schedule.rules import Meeting
from advocates.schedule.saving import save_pattern

MEETING = Meeting(1, time(17, 30), time(20, 30), DeliveryMode.LIVE_ONLINE, link="https://meet.example/7")


def make_pattern(person):
    pattern_id = save_pattern(person.id, "Tuesdays online", [MEETING])
    db.session.commit()
    return pattern_id


def remove(client, pattern_id):
    return client.post_form(f"/meeting-patterns/{pattern_id}/remove", {})


def test_a_pattern_is_listed_with_its_meetings_until_it_is_removed(as_administrator, administrator):
    pattern_id = make_pattern(administrator)
    page = as_administrator.get("/planning").text.replace("\u202f", " ")
    assert "Tuesday, 5:30 PM – 8:30 PM, live online, https://meet.example/7" in page
    assert [remove(as_administrator, pattern_id).location for _ in range(2)] == ["/planning", "/planning"]
    assert saved_patterns() == []
    assert db.session.scalars(select(AuditEvent.action)).all() == ["remove_pattern"]
    assert make_pattern(administrator) != pattern_id


def test_only_an_administrator_removes_and_only_by_post(as_administrator, administrator, as_role):
    pattern_id = make_pattern(administrator)
    assert remove(as_role("trainer"), pattern_id).status_code == 403
    assert remove(as_administrator, uuid.uuid4()).status_code == 404
    assert as_administrator.get(f"/meeting-patterns/{pattern_id}/remove").status_code == 405
    assert len(saved_patterns()) == 1
