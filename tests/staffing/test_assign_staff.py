"""Who teaches a session: shown on the schedule, and never booked twice unknowingly."""

from datetime import date

import pytest
from sqlalchemy import select

from advocates.access import Role
from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.people.granting import create_grants
from advocates.schedule.queries import sessions_of_cohort
from advocates.staffing.assigning import add_guest
from advocates.staffing.models import SessionStaff
from advocates.staffing.queries import staff_of
from tests.budgets import statements
from tests.factories.cohorts import make_cohort
from tests.factories.people import make_person
from tests.factories.schedule import CHICAGO, make_session


@pytest.fixture
def administrator(app):
    return make_person("Ada Quill", roles=["administrator"])


@pytest.fixture
def client(app, administrator):
    return app.test_client().sign_in(administrator.id)


@pytest.fixture
def cohort(app):
    return make_cohort()


def assign(client, session, *people, **fields):
    return client.post_form(f"/sessions/{session.id}/staff", {"person_ids": [str(one) for one in people], **fields})


def trainer_of(*cohorts):
    person = make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohorts[0].id)
    for cohort in cohorts[1:]:
        create_grants([person.id], Role.TRAINER, None, cohort.id)
    db.session.commit()
    return person


def test_trainers_and_guests_are_named_swapped_and_shown(client, administrator, cohort):
    session, trainer = make_session(cohort), trainer_of(cohort)
    guest = add_guest(administrator.id, "Nguyễn Thị Hạnh")
    db.session.commit()
    assert assign(client, session, trainer.id, guest).status_code == 303
    assert "Taught by Rosa Ebel, Nguyễn Thị Hạnh" in client.get(f"/cohorts/{cohort.id}/schedule").text
    assert assign(client, session, guest).status_code == 303
    assert staff_of(session.id) == [guest]
    assert db.session.query(SessionStaff).count() == 2


def test_a_trainer_who_teaches_elsewhere_then_is_a_warning_with_an_override(client, cohort):
    other = make_cohort()
    session, meanwhile = make_session(cohort), make_session(other, starts="18:00")
    trainer = trainer_of(cohort, other)
    assert assign(client, meanwhile, trainer.id).status_code == 303
    refused = assign(client, session, trainer.id)
    assert refused.status_code == 409
    assert f"Rosa Ebel also teaches {other.title} at that time" in refused.text
    assert staff_of(session.id) == []
    assert assign(client, session, trainer.id, is_booked_anyway="y").status_code == 303
    assert client.get(f"/cohorts/{cohort.id}/schedule").text.count("booked twice") == 1


def test_somebody_from_outside_cannot_be_chosen(client, cohort):
    stranger = make_person("Basil Thorne", roles=["trainer"], cohort_id=make_cohort().id)
    session = make_session(cohort)
    assert assign(client, session, stranger.id).status_code == 422
    assert staff_of(session.id) == []


def test_the_schedule_s_statements_do_not_grow_with_its_staff(client, cohort):
    trainer, counts = trainer_of(cohort), []
    for number in range(1, 4):
        assign(client, make_session(cohort, date(2026, 10, 20 + number)), trainer.id)
        with statements() as sent:
            client.get(f"/cohorts/{cohort.id}/schedule")
        counts.append(len(sent))
    assert len(set(counts)) == 1
    assert counts[0] <= 8


def moved_to(session, **changes):
    starts = session.planned_start.astimezone(CHICAGO)
    where = {"place": "Library", "room": "2 B", "seen_version": "1"}
    return {"day": str(starts.date()), "starts": f"{starts:%H:%M}", **where, **changes}


def test_a_session_moved_to_where_its_trainer_teaches_elsewhere_asks_first(client, cohort):
    other = make_cohort()
    session, meanwhile = make_session(cohort, date(2026, 10, 22)), make_session(other)
    trainer = trainer_of(cohort, other)
    assign(client, session, trainer.id), assign(client, meanwhile, trainer.id)
    address = f"/sessions/{session.id}/move"
    refused = client.post_form(address, moved_to(meanwhile))
    assert refused.status_code == 422
    assert f"Rosa Ebel also teaches {other.title} at that time" in refused.text
    assert client.post_form(address, moved_to(meanwhile, is_held_anyway="y")).status_code == 303
    payload = db.session.scalars(select(AuditEvent.payload).where(AuditEvent.action == "move_session")).one()
    assert f'"booked_twice_with":["{meanwhile.id}"]' in payload


def test_both_halves_of_a_session_have_its_staff(client, cohort):
    session, trainer = make_session(cohort), trainer_of(cohort)
    assign(client, session, trainer.id)
    split = moved_to(session, day="2026-10-22", at="18:55")
    assert client.post_form(f"/sessions/{session.id}/split", split).status_code == 303
    assert [staff_of(row.id) for row in sessions_of_cohort(cohort.id)] == [[trainer.id]] * 2
