"""Closed days are removed once, and stay on record."""

import uuid
from datetime import date

from sqlalchemy import select

from advocates import clock
from advocates.audit.models import AuditEvent
from advocates.database import db, new_id
from advocates.schedule.models import ClosedDay
from advocates.schedule.queries import closed_between


def make_closed_day(person):
    day = date(2099, 12, 28)
    row = ClosedDay(
        id=new_id(), first_day=day, last_day=day, name="Staff day", added_by=person.id, added_at=clock.now()
    )
    db.session.add(row)
    db.session.commit()
    return row


def remove(client, row_id):
    return client.post_form(f"/closed-days/{row_id}/remove", {})


def test_removed_days_are_open_again_and_removing_them_again_changes_nothing(as_administrator, administrator):
    row = make_closed_day(administrator)
    assert closed_between(row.first_day, row.last_day)
    assert [remove(as_administrator, row.id).location for _ in range(2)] == ["/planning", "/planning"]
    assert not closed_between(row.first_day, row.last_day)
    assert db.session.get_one(ClosedDay, row.id).removed_at is not None
    assert db.session.scalars(select(AuditEvent.action)).all() == ["remove_closed_days"]


def test_only_an_administrator_removes_and_only_by_post(as_administrator, administrator, as_role):
    row = make_closed_day(administrator)
    assert remove(as_role("trainer"), row.id).status_code == 403
    assert remove(as_administrator, uuid.uuid4()).status_code == 404
    assert as_administrator.get(f"/closed-days/{row.id}/remove").status_code == 405
    assert closed_between(row.first_day, row.last_day)
