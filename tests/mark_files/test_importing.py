"""One file read in by two people at the same moment, and again and again."""

from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from advocates.attendance.models import AttendanceMark
from advocates.audit.checking import check_chain
from advocates.database import db
from advocates.mark_files.importing import NotAsShown, import_marks, judge_file
from advocates.mark_files.rules import read_text
from advocates.schedule.models import TrainingSession
from tests.factories.people import make_person
from tests.mark_files.reports import TABLE
from tests.room import make_room
from tests.together import at_once

CHICAGO = ZoneInfo("America/Chicago")


def look(actor_id, session_id, choices=None):
    """What is shown: whom it would mark, and its digest."""
    session = db.session.get_one(TrainingSession, session_id)
    judgment = judge_file(actor_id, session, read_text(TABLE), CHICAGO, choices)
    return {row.person.enrollment_id for row in judgment.rows if row.person}, judgment.digest


def confirm(actor_id, session_id, shown):
    return import_marks(actor_id, session_id, read_text(TABLE), CHICAGO, {}, *shown)


def test_of_two_at_once_one_saves_and_the_other_looks_again(app, time):
    room, colleague = make_room(3), make_person("Corin Vale")
    session_id, ids = room.session.id, [room.trainer.id, colleague.id]
    shown = [look(actor_id, session_id) for actor_id in ids]
    results = at_once(
        app,
        lambda: confirm(ids[0], session_id, shown[0]),
        lambda: confirm(ids[1], session_id, shown[1]),
    )
    assert sorted(str(type(result).__name__) for result in results) == ["NotAsShown", "int"]
    assert 3 in results
    assert db.session.scalar(select(func.count()).select_from(AttendanceMark)) == 3
    assert check_chain()[1] is None


def test_confirmed_five_times_it_has_one_effect(app, time):
    room = make_room(3)
    session_id, actor_id = room.session.id, room.trainer.id
    shown = look(actor_id, session_id)
    results = at_once(app, *[lambda: confirm(actor_id, session_id, shown)] * 5)
    assert results.count(3) == 1
    assert sum(isinstance(result, NotAsShown) for result in results) == 4
    assert confirm(actor_id, session_id, look(actor_id, session_id)) == 0
    assert db.session.scalar(select(func.count()).select_from(AttendanceMark)) == 3
