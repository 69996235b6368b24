"""Two administrators change one cohort's schedule at the same moment: one of them is told."""

from datetime import UTC, date, datetime

from sqlalchemy import func, select

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.queries import modules_of
from advocates.database import db
from advocates.schedule import scheduling
from advocates.schedule.models import TrainingSession
from advocates.schedule.overlaps import SessionsOverlap
from advocates.schedule.planning import AlreadyLaidOut, Wish, plan_layout
from advocates.schedule.rules import Part, PlannedSession, Preset, agenda_in_order, preset_pattern
from tests.together import at_once


def kinds(results):
    """Each result, or the kind of what was raised."""
    return sorted((type(result) if isinstance(result, Exception) else result for result in results), key=str)


def sessions():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(TrainingSession))


def test_a_cohort_is_laid_out_once(app, administrator, cohort):
    wish = Wish(preset_pattern(Preset.EVENINGS_AND_SATURDAYS, date(2026, 10, 20), "America/Chicago"))
    shown = plan_layout(cohort, wish).digest
    who, where = administrator.id, cohort.id

    def lay_out():
        return scheduling.lay_out_sessions(who, where, wish, scheduling.Placing("Room 2"), shown=shown)

    assert kinds(at_once(app, *[lay_out] * 4)) == [11, *[AlreadyLaidOut] * 3]
    assert sessions() == 11


def test_one_evening_is_given_to_one_session(app, administrator, cohort):
    module = modules_of(cohort.curriculum_version_id)[0]
    start = datetime(2026, 11, 5, 23, 30, tzinfo=UTC)
    segments = agenda_in_order(start, [Part(60, module.module_id, 0)])
    planned = PlannedSession(start, segments[-1].end, DeliveryMode.IN_PERSON, segments)
    who, where = administrator.id, cohort.id

    def add():
        scheduling.add_session(who, where, planned, scheduling.Placing("Room 2"))
        return "added"

    assert kinds(at_once(app, *[add] * 4)) == [*[SessionsOverlap] * 3, "added"]
    assert sessions() == 1
