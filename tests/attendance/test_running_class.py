"""While a class runs nobody has missed a part of it, whatever is marked so far."""

import pytest

from advocates.attendance.queries import awaiting_and_upcoming
from advocates.hours.queries import version_hours
from tests.factories.attendance import make_mark


@pytest.fixture
def ahead_of(room):
    def read(trainee):
        version = version_hours({trainee.curriculum_version_id})[trainee.curriculum_version_id]
        return awaiting_and_upcoming({trainee.id: version})[trainee.id]

    return read


def minutes(parts):
    return sum(part.minutes for part in parts)


def test_whoever_is_not_here_yet_has_missed_nothing(room, time, ahead_of):
    trainee = room.trainees[0]
    time.set("18:30")
    make_mark(room.session, trainee, room.trainer, "absent")
    during = ahead_of(trainee)
    assert (minutes(during.upcoming), minutes(during.taught), minutes(during.awaiting)) == (170, 0, 0)
    assert [session.session_id for session in during.sessions] == [room.session.id]
    time.set("20:31")
    after = ahead_of(trainee)
    assert (minutes(after.upcoming), minutes(after.taught), len(after.sessions)) == (0, 170, 0)


def test_whoever_stepped_out_may_come_back(room, time, ahead_of):
    trainee = room.trainees[0]
    time.set("18:30")
    make_mark(room.session, trainee, room.trainer, left="6:15 pm")
    during = ahead_of(trainee)
    assert (minutes(during.awaiting), minutes(during.upcoming), minutes(during.taught)) == (45, 170, 0)
    time.set("20:31")
    after = ahead_of(trainee)
    assert (minutes(after.awaiting), minutes(after.upcoming), minutes(after.taught)) == (45, 0, 170)
