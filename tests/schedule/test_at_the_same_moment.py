"""Two administrators change one cohort's schedule at the same moment: one of them is told."""

import threading
from datetime import UTC, date, datetime

from sqlalchemy import func, select

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.queries import modules_of
from advocates.database import db
from advocates.schedule import scheduling
from advocates.schedule.models import TrainingSession
from advocates.schedule.overlaps import SessionsOverlap
from advocates.schedule.planning import AlreadyLaidOut, plan_layout
from advocates.schedule.rules import Part, PlannedSession, Preset, agenda_in_order, preset_pattern


def at_once(app, work, times=4):
    """The outcome of each of several threads that begin `work` together."""
    together, outcomes = threading.Barrier(times), []

    def run():
        with app.app_context():
            together.wait()
            try:
                outcomes.append(work())
                db.session.commit()
            except Exception as refusal:
                db.session.rollback()
                outcomes.append(type(refusal))

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def sessions():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(TrainingSession))


def test_a_cohort_is_laid_out_once(app, administrator, cohort):
    pattern = preset_pattern(Preset.EVENINGS_AND_SATURDAYS, date(2026, 10, 20), "America/Chicago")
    shown = plan_layout(cohort, pattern, only_missing=False).digest
    who, where = administrator.id, cohort.id
    db.session.rollback()

    def lay_out():
        return scheduling.lay_out_sessions(who, where, pattern, "Room 2", only_missing=False, shown=shown)

    outcomes = at_once(app, lay_out)
    assert sorted(outcomes, key=str) == [11, *[AlreadyLaidOut] * 3]
    assert sessions() == 11


def test_one_evening_is_given_to_one_session(app, administrator, cohort):
    module = modules_of(cohort.curriculum_version_id)[0]
    start = datetime(2026, 11, 3, 23, 30, tzinfo=UTC)
    segments = agenda_in_order(start, [Part(60, module.module_id, 0)])
    planned = PlannedSession(start, segments[-1].end, DeliveryMode.IN_PERSON, segments)
    who, where = administrator.id, cohort.id
    db.session.rollback()

    def add():
        scheduling.add_session(who, where, planned, scheduling.Placing("Room 2"))
        return "added"

    outcomes = at_once(app, add)
    assert sorted(outcomes, key=str) == [SessionsOverlap, SessionsOverlap, SessionsOverlap, "added"]
    assert sessions() == 1
