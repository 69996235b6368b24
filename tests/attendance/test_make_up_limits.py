"""A version may limit how much is made up, in all and by a route, and how many days after it was missed."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import func, select

from advocates import clock
from advocates.attendance.making_up import refuse_make_up
from advocates.attendance.models import MakeUp
from advocates.attendance.rules.limits import Taught, make_up_deadline, missed_on, room_under_limits
from advocates.attendance.rules.make_ups import DecisionReason
from advocates.curriculum.queries import modules_of
from advocates.curriculum.rules import MakeUpLimits, MakeUpRoute
from advocates.database import db
from advocates.hours.rules import Slice
from tests.budgets import statements
from tests.factories.attendance import make_signed_off
from tests.factories.cohorts import make_cohort
from tests.factories.curriculum import make_version
from tests.factories.make_ups import EVIDENCE, make_proposal, module_id
from tests.factories.schedule import make_session
from tests.room import make_room

SAME, OTHER, ACTIVITY = MakeUpRoute.SAME_COHORT, MakeUpRoute.OTHER_COHORT, MakeUpRoute.EQUIVALENT_ACTIVITY
M, N = UUID(int=1), UUID(int=2)
MONDAY, FRIDAY = date(2026, 11, 2), date(2026, 11, 6)


@pytest.mark.parametrize(
    ("limits", "used", "room"),
    [
        (MakeUpLimits(), {ACTIVITY: 500}, None),
        (MakeUpLimits(most_minutes=240), {}, 240),
        (MakeUpLimits(most_minutes=240), {SAME: 60, ACTIVITY: 90}, 90),
        (MakeUpLimits(most_minutes=240), {SAME: 300}, 0),
        (MakeUpLimits(most_minutes_by_route={ACTIVITY: 100}), {ACTIVITY: 30, SAME: 80}, 70),
        (MakeUpLimits(most_minutes_by_route={OTHER: 100}), {OTHER: 100}, None),
        (MakeUpLimits(most_minutes=240, most_minutes_by_route={ACTIVITY: 100}), {SAME: 200}, 40),
        (MakeUpLimits(most_minutes=0), {}, 0),
    ],
)
def test_the_least_room_counts(limits, used, room):
    assert room_under_limits(limits, used, ACTIVITY) == room


@pytest.mark.parametrize(
    ("taught", "enrolled_on", "missed"),
    [
        ([], MONDAY, None),
        ([Taught(N, Slice(0, 60), MONDAY)], MONDAY, None),
        ([Taught(M, Slice(60, 90), MONDAY)], MONDAY, None),
        ([Taught(M, Slice(0, 30), MONDAY)], MONDAY, MONDAY),
        ([Taught(M, Slice(0, 30), MONDAY), Taught(M, Slice(30, 60), FRIDAY)], MONDAY, FRIDAY),
        ([Taught(M, Slice(0, 30), MONDAY)], FRIDAY, FRIDAY),
    ],
)
def test_a_part_is_missed_on_the_last_day_that_taught_some_of_it(taught, enrolled_on, missed):
    assert missed_on(M, Slice(0, 60), taught, enrolled_on) == missed


@pytest.mark.parametrize(
    ("days", "missed", "last"),
    [(None, MONDAY, None), (4, None, None), (4, MONDAY, FRIDAY), (1, MONDAY, date(2026, 11, 3))],
)
def test_the_days_are_counted_from_the_missed_session(days, missed, last):
    assert make_up_deadline(MakeUpLimits(within_days=days), missed) == last


def limited_room(time, limits: str):
    """Three people of whom the first missed 85 minutes of two modules, under limits given as JSON."""
    time.set("20:31")
    version = make_version(is_published=False)
    for module in modules_of(version.id):
        module.equivalent_activity = "Case exercises with a trainer"
    version.rules = version.rules[:-1] + f',"make_up_limits":{limits}}}'
    db.session.flush()
    version.published_at = clock.now()
    db.session.commit()
    room = make_room(3, version)
    make_signed_off(room.session, room.trainer, absent=room.trainees[:1])
    return room


def propose(client, room, *, module=0, to_minute=85, route="equivalent_activity", done_on="2026-10-20"):
    enrollment = room.trainees[0]
    return client.post_form(
        f"/enrollments/{enrollment.id}/make-ups",
        {
            "module_id": module_id(enrollment, module),
            "from_minute": "0",
            "to_minute": str(to_minute),
            "route": str(route),
            "done_on": done_on,
            "evidence": EVIDENCE,
        },
    )


@pytest.fixture
def as_room_trainer(client):
    return lambda room: client.sign_in(room.trainer.id)


def count():
    return db.session.scalar(select(func.count()).select_from(MakeUp))


def test_more_than_the_limit_in_all_is_refused_with_what_is_left(as_room_trainer, time):
    room = limited_room(time, '{"most_minutes":100}')
    trainer = as_room_trainer(room)
    assert (
        "At most 1 h 40 min can be made up in all." in trainer.get(f"/enrollments/{room.trainees[0].id}/make-ups").text
    )
    assert propose(trainer, room).status_code == 303
    refused = propose(trainer, room, module=1, to_minute=16)
    assert refused.status_code == 422
    assert "The rules of this version leave 15 minutes to make up in this way." in refused.text
    assert propose(trainer, room, module=1, to_minute=15).status_code == 303
    assert count() == 2


def test_a_limit_of_one_route_leaves_the_others_open(as_room_trainer, time):
    room = limited_room(time, '{"most_minutes_by_route":{"equivalent_activity":30}}')
    trainer = as_room_trainer(room)
    again = make_session(room.cohort, date(2026, 10, 24), "09:00", ((0, 0, 85),))
    assert "leave 30 minutes" in propose(trainer, room).text
    assert propose(trainer, room, route=again.id).status_code == 303


def test_what_is_done_too_late_is_refused_with_the_last_day(as_room_trainer, time):
    room = limited_room(time, '{"within_days":3}')
    trainer = as_room_trainer(room)
    late = make_session(make_cohort(room.version), date(2026, 10, 24), "09:00", ((0, 0, 85),))
    page = trainer.get(f"/enrollments/{room.trainees[0].id}/make-ups").text
    assert "Missed time has to be made up within 3 days of the session that was missed." in page
    assert "to be made up by Oct 23, 2026" in page
    refused = propose(trainer, room, route=late.id)
    assert refused.status_code == 422
    assert "By the rules of this version this part had to be made up by Oct 23, 2026." in refused.text
    assert count() == 0
    time.set("12:00", date(2026, 10, 30))
    trainer = as_room_trainer(room)
    assert propose(trainer, room, done_on="2026-10-24").status_code == 422
    assert propose(trainer, room, done_on="2026-10-23").status_code == 303
    assert count() == 1


def test_what_no_session_has_taught_yet_has_no_last_day(as_room_trainer, time):
    room = limited_room(time, '{"within_days":3}')
    time.set("12:00", date(2026, 11, 30))
    make_proposal(room.trainees[0], room.trainer, module=2, minutes=(0, 20), done_on=date(2026, 11, 29))
    assert count() == 1


def test_a_refused_make_up_gives_its_minutes_back(as_room_trainer, time, administrator):
    room = limited_room(time, '{"most_minutes":85}')
    make_up = make_proposal(room.trainees[0], room.trainer)
    trainer = as_room_trainer(room)
    assert propose(trainer, room, module=1).status_code == 422
    refuse_make_up(administrator.id, make_up.id, DecisionReason.NOT_HELD)
    db.session.commit()
    assert propose(trainer, room, module=1).status_code == 303


@pytest.mark.parametrize("sessions", [1, 10])
def test_days_cost_two_statements_however_many_sessions(as_room_trainer, time, sessions):
    room = limited_room(time, '{"within_days":3}')
    for n in range(sessions):
        make_session(room.cohort, date(2026, 10, 1 + n), "09:00", ((2, 0, 60),))
    trainer = as_room_trainer(room)
    with statements() as sent:
        trainer.get(f"/enrollments/{room.trainees[0].id}/make-ups")
    assert len(sent) <= 17
