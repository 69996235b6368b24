"""Reads of sessions with their current agenda."""

import uuid
from datetime import date

from advocates.curriculum.models import CurriculumVersion
from advocates.curriculum.queries import modules_of
from advocates.database import db
from advocates.schedule import queries
from advocates.schedule.models import AgendaSegment, TrainingSession
from tests.budgets import statements
from tests.factories.cohorts import make_cohort
from tests.factories.schedule import make_session


def test_a_session_comes_with_its_parts_in_order_and_their_titles(app):
    cohort = make_cohort()
    modules = modules_of(cohort.curriculum_version_id)
    session = make_session(cohort)
    row = queries.session_with_segments(session.id)
    assert [(s.module_title, s.from_minute, s.minutes) for s in row.segments] == [
        (modules[0].title, 0, 85),
        (None, None, 10),
        (modules[1].title, 0, 85),
    ]
    assert [s.is_break for s in row.segments] == [False, True, False]
    assert row.contact_minutes == 170
    assert row.planned_start == session.planned_start


def test_only_the_current_agenda_is_read(app):
    session = make_session(make_cohort(), segments=[(0, 0, 60)])
    kept = db.session.get_one(TrainingSession, session.id)
    kept.agenda_version = 2
    old = queries.current_segments([session.id])
    db.session.flush()
    assert len(old[session.id]) == 1
    assert queries.current_segments([session.id]) == {session.id: ()}
    db.session.rollback()


def test_a_session_that_does_not_exist_is_none(app):
    assert queries.session_with_segments(uuid.uuid4()) is None
    assert queries.sessions_of_cohort(uuid.uuid4()) == ()


def test_the_sessions_of_a_cohort_take_two_statements_however_many(app):
    cohort = make_cohort()
    make_session(make_cohort(db.session.get_one(CurriculumVersion, cohort.curriculum_version_id)))
    for day in range(20, 28):
        make_session(cohort, date(2026, 10, day))
    db.session.remove()
    with statements() as sent:
        rows = queries.sessions_of_cohort(cohort.id)
    assert len(sent) == 2
    assert [row.planned_start.day for row in rows] == list(range(20, 28))
    assert all(len(row.segments) == 3 for row in rows)
    assert db.session.query(AgendaSegment).count() == 27
