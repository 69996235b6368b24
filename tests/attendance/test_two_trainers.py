"""Two trainers at one register at the same moment: nothing acknowledged is lost, nothing overwritten unseen."""

import random
import uuid

import pytest
from sqlalchemy import select

from advocates.attendance.marking import Entry, MarksRefused, mark_attendance
from advocates.attendance.models import AttendanceMark
from advocates.attendance.queries import load_register
from advocates.attendance.rules import Outcome, Typed
from advocates.attendance.walking_in import enroll_walk_in
from advocates.audit.checking import check_chain
from advocates.cohorts.models import Enrollment
from advocates.cohorts.moving import withdraw_enrollment
from advocates.cohorts.rules import Newcomer, WithdrawalReason
from advocates.database import db
from advocates.people.models import Person
from advocates.schedule.models import TrainingSession
from tests.factories.attendance import make_mark, make_seat
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person
from tests.factories.schedule import make_session
from tests.room import make_room
from tests.together import at_once, behind


def entry(trainee_id, version, outcome):
    return Entry(trainee_id, version, uuid.uuid4(), Typed(Outcome(outcome)))


def history(session_id):
    found = {}
    for mark in db.session.scalars(
        select(AttendanceMark).filter_by(session_id=session_id).order_by(AttendanceMark.version)
    ):
        found.setdefault(mark.enrollment_id, []).append(mark)
    return found


def test_each_saves_their_own_rows_and_one_of_them_the_disputed_one(app, time):
    room, colleague = make_room(7), make_person("Corin Vale")
    ids = [trainee.id for trainee in room.trainees]
    session_id, first_id, second_id = room.session.id, room.trainer.id, colleague.id
    first, second = at_once(
        app,
        lambda: mark_attendance(first_id, session_id, [entry(i, 0, "present") for i in ids[:4]]),
        lambda: mark_attendance(second_id, session_id, [entry(i, 0, "absent") for i in ids[3:]]),
    )
    assert sorted(map(str, [*first.conflicts, *second.conflicts])) == [str(ids[3])]
    assert {i: len(marks) for i, marks in history(session_id).items()} == dict.fromkeys(ids, 1)


@pytest.mark.parametrize("rounds", [25, pytest.param(1000, marks=pytest.mark.long)])
def test_random_interleavings_lose_nothing(app, time, rounds):
    room, colleague = make_room(3), make_person("Corin Vale")
    ids, session_id = [trainee.id for trainee in room.trainees], room.session.id
    actors, chance = [room.trainer.id, colleague.id], random.Random(20261020)
    acknowledged = 0
    for _ in range(rounds):
        register = load_register(room.session)
        seen = {i: max(0, register.version(i) - chance.choice([0, 0, 1])) for i in ids}
        db.session.commit()
        sent = [[entry(i, seen[i], chance.choice(list(Outcome))) for i in chance.sample(ids, 2)] for _ in actors]
        results = at_once(
            app,
            *(
                lambda actor=actor, rows=rows: mark_attendance(actor, session_id, rows)
                for actor, rows in zip(actors, sent, strict=True)
            ),
        )
        acknowledged += sum(len(result.marked) for result in results)
        db.session.expire_all()
    stored = history(session_id)
    assert sum(map(len, stored.values())) == acknowledged > rounds / 2
    for marks in stored.values():
        assert [mark.version for mark in marks] == list(range(1, len(marks) + 1))
    assert check_chain()[1] is None


def test_a_person_marked_in_two_rooms_at_once_is_in_one_of_them(app, time):
    room = make_room(1)
    trainee = room.trainees[0]
    other = make_session(make_cohort(room.version), starts="18:00")
    make_seat(other, trainee, "walk_in")
    trainee_id, trainer_id, here, there = trainee.id, room.trainer.id, room.session.id, other.id
    results = at_once(
        app,
        lambda: mark_attendance(trainer_id, here, [entry(trainee_id, 0, "present")]).or_refuse(),
        lambda: mark_attendance(trainer_id, there, [entry(trainee_id, 0, "present")]).or_refuse(),
    )
    assert sorted(isinstance(result, MarksRefused) for result in results) == [False, True]
    assert len({*history(here), *history(there)}) == 1
    assert bool(history(here)) != bool(history(there))


def test_an_absence_is_marked_while_somebody_works_on_the_same_enrollment(app, time):
    room = make_room(1)
    trainee_id, trainer_id, session_id = room.trainees[0].id, room.trainer.id, room.session.id
    rows = [entry(trainee_id, 0, "absent")]
    saved = behind(app, Enrollment, trainee_id, lambda: mark_attendance(trainer_id, session_id, rows))
    assert saved.marked == (trainee_id,)


def test_a_walk_in_is_enrolled_while_somebody_works_on_the_same_session(app, time, administrator):
    room = make_room(1)
    session, actor_id = room.session, administrator.id

    def walk_in():
        enroll_walk_in(actor_id, session, Newcomer("Søren Achterberg"))
        return "enrolled"

    assert behind(app, TrainingSession, session.id, walk_in) == "enrolled"


def test_a_minute_credits_one_enrollment_of_somebody_who_left_and_came_back(app, time, administrator):
    room = make_room(1)
    before = room.trainees[0]
    make_mark(room.session, before, room.trainer)
    withdraw_enrollment(administrator.id, before.id, WithdrawalReason.MISTAKE)
    again = make_enrollment(room.cohort, person=db.session.get_one(Person, before.person_id))
    with pytest.raises(MarksRefused, match="under another enrollment"):
        make_mark(room.session, again, room.trainer)
    db.session.rollback()
    make_mark(room.session, before, room.trainer, "absent")
    make_mark(room.session, again, room.trainer)
    assert {key: len(marks) for key, marks in history(room.session.id).items()} == {before.id: 2, again.id: 1}
