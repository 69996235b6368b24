"""Closed days and saved patterns: added, seen, and removed without touching what stands."""

import uuid
from datetime import date

import pytest
from sqlalchemy import func, select

from advocates import clock
from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.schedule.models import ClosedDay
from tests.budgets import statements

TYPED = {"name": "Winter break", "first_day": "2099-12-24", "last_day": "2100-01-01"}


def count():
    return db.session.scalar(select(func.count()).select_from(ClosedDay))


def close(person, first=date(2099, 12, 24), last=date(2099, 12, 26), name="Staff days"):
    db.session.add(ClosedDay(first_day=first, last_day=last, name=name, added_by=person.id, added_at=clock.now()))
    db.session.commit()


def test_closed_days_are_added_once_and_listed(as_administrator):
    key = str(uuid.uuid4())
    answers = [as_administrator.post_form("/planning", {**TYPED, "request_key": key}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    page = as_administrator.get("/planning").text
    assert "Winter break" in page
    assert "Dec 24, 2099 – Jan 1, 2100" in page
    assert "Thanksgiving Day" in page
    assert count() == 1
    assert db.session.scalars(select(AuditEvent.action)).all() == ["add_closed_days"]
    assert "Winter break" not in db.session.scalars(select(AuditEvent.payload)).one()


def test_one_day_needs_no_last_day(as_administrator):
    as_administrator.post_form("/planning", {**TYPED, "last_day": ""})
    row = db.session.scalars(select(ClosedDay)).one()
    assert row.first_day == row.last_day == date(2099, 12, 24)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "  "}, "Type what the days are called."),
        ({"name": "x" * 121}, "Field cannot be longer than 120 characters."),
        ({"first_day": ""}, "Choose the first day."),
        ({"first_day": "2101-01-01"}, "The day must be in the years 2000 to 2100."),
        ({"last_day": "2099-12-23"}, "The last day must not be before the first day."),
        ({"first_day": "2098-12-24"}, "Close at most a year at once."),
    ],
)
def test_bad_input_is_refused_at_its_field_with_what_was_typed_kept(as_administrator, changes, sentence):
    typed = {**TYPED, **changes}
    response = as_administrator.post_form("/planning", typed)
    assert response.status_code == 422
    assert sentence in response.text
    assert typed["last_day"] in response.text
    assert count() == 0


def test_only_an_administrator_plans(client, as_role):
    assert client.get("/planning").location.startswith("/sign-in")
    for role in ("trainer", "auditor", "trainee"):
        somebody = as_role(role)
        assert somebody.get("/planning").status_code == 403
        assert somebody.post_form("/planning", TYPED).status_code == 403
    assert count() == 0


def test_many_closed_days_cost_no_more_statements(as_administrator, administrator):
    counts = []
    for more in (1, 2, 27):
        for _ in range(more):
            close(administrator)
        with statements() as sent:
            assert as_administrator.get("/planning").status_code == 200
        counts.append(len(sent))
    assert counts[0] == counts[2] <= 5  # sign-in, grants, own days, patterns
