"""What is planned in a mode that its module does not allow is told, and counts for nothing."""

from advocates import clock
from advocates.attendance.checking import check_hours
from advocates.curriculum.queries import modules_of
from advocates.database import db, reading
from advocates.hours.queries import enrollment_balance
from tests.factories.attendance import make_mark, make_signed_off
from tests.factories.curriculum import make_version
from tests.room import make_room

NOTE = "Earns nothing for whoever was there in person"


def online_only(minutes=()):
    """A version whose first module may only be taught live online."""
    version = make_version(minutes=minutes, is_published=False)
    modules_of(version.id)[0].delivery_modes = '["live_online"]'
    db.session.flush()
    version.published_at = clock.now()
    db.session.commit()
    return version


def test_the_schedule_tells_it_and_does_not_count_it(app, time, as_administrator):
    room = make_room(1, online_only((85, 85)))
    text = as_administrator.get(f"/cohorts/{room.cohort.id}/schedule").text
    assert "earns nothing in person: its curriculum version does not allow that" in text
    assert "Not scheduled yet: 1 h 25 min of the curriculum." in text


def test_the_sign_off_tells_it_at_the_part(app, time, client):
    room = make_room(1, online_only())
    make_mark(room.session, room.trainees[0], room.trainer)
    client.sign_in(room.trainer.id)
    text = client.get(f"/sessions/{room.session.id}/sign-off").text
    assert text.count(NOTE) == 1


def test_nothing_is_credited_for_it_and_it_stays_missing(app, time, client):
    room = make_room(1, online_only())
    make_signed_off(room.session, room.trainer)
    balance = enrollment_balance(room.trainees[0].id)
    assert balance.credited_minutes == 85
    client.sign_in(room.trainer.id)
    page = client.get(f"/enrollments/{room.trainees[0].id}/make-ups").text
    assert "0–90 of 90" in page
    with reading():
        checked = check_hours()
    assert (checked.entries, checked.differences) == (1, ())


def test_a_version_that_names_no_modes_is_told_nothing(app, time, as_administrator):
    room = make_room(0)
    assert "earns nothing" not in as_administrator.get(f"/cohorts/{room.cohort.id}/schedule").text
