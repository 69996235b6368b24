"""What awaits sign-off, what is to come, and the ledger entry by entry."""

from datetime import date

import pytest

from advocates import clock
from advocates.attendance.queries import awaiting_and_upcoming, ledger_rows
from advocates.database import db
from advocates.hours.queries import standings
from advocates.hours.rules import forecast
from advocates.schedule.models import TrainingSession
from tests.attendance.test_crediting import approve_make_up
from tests.budgets import statements
from tests.factories.attendance import make_mark, make_seat, make_signed_off
from tests.factories.cohorts import make_cohort
from tests.factories.schedule import make_session
from tests.room import make_room


def forecast_of(enrollment):
    standing = standings([enrollment.id])[enrollment.id]
    ahead = awaiting_and_upcoming({enrollment.id: standing.version})[enrollment.id]
    return forecast(standing.live, ahead.awaiting, ahead.upcoming, standing.version, ahead.unconfirmed)


def figures(enrollment):
    said = forecast_of(enrollment)
    return (said.credited, said.awaiting, said.unconfirmed, said.still_possible)


def test_minutes_wander_from_still_possible_over_unconfirmed_and_awaiting_to_credited(room, time):
    trainee = room.trainees[0]
    time.set("17:00")
    assert figures(trainee) == (0, 0, 0, 170)
    time.set("20:31")
    assert figures(trainee) == (0, 0, 170, 0)
    make_mark(room.session, trainee, room.trainer, arrived="5:55")
    assert figures(trainee) == (0, 145, 0, 0)
    make_signed_off(room.session, room.trainer)
    assert figures(trainee) == (145, 0, 0, 0)


def test_an_absence_or_a_cancelled_session_promises_nothing(room, time):
    absent, unclear, _ = room.trainees
    make_mark(room.session, absent, room.trainer, "absent")
    make_mark(room.session, unclear, room.trainer, "not_established")
    later = make_session(room.cohort, date(2026, 10, 22))
    assert figures(absent) == figures(unclear) == (0, 0, 0, 170)
    db.session.get_one(TrainingSession, later.id).cancelled_at = clock.now()
    db.session.commit()
    assert figures(absent) == (0, 0, 0, 0)


def test_a_repeated_slice_is_promised_once(room, time):
    trainee = room.trainees[0]
    make_mark(room.session, trainee, room.trainer)
    make_session(room.cohort, date(2026, 10, 22))
    assert figures(trainee) == (0, 170, 0, 0)


def test_a_visit_promises_only_the_slice_that_was_approved(room, time):
    trainee = room.trainees[0]
    make_mark(room.session, trainee, room.trainer, "absent")
    other = make_session(make_cohort(room.version), date(2026, 10, 27))
    make_seat(other, trainee)
    assert figures(trainee) == (0, 0, 0, 0)
    approve_make_up(room, trainee, 0, (10, 40), other)
    assert figures(trainee) == (0, 0, 0, 30)
    time.set("20:31", date(2026, 10, 27))
    make_mark(other, trainee, room.trainer, arrived="5:50")
    assert figures(trainee) == (0, 20, 0, 0)


def test_ledger_rows_tell_date_module_and_what_stands(room, time):
    late, absent, _ = room.trainees
    make_mark(room.session, late, room.trainer, arrived="5:55")
    make_signed_off(room.session, room.trainer, absent=[absent])
    approve_make_up(room, late, 0, (0, 25))
    found = ledger_rows([late.id, absent.id])
    assert found[absent.id] == ()
    first, second, made_up = found[late.id]
    assert [(r.from_minute, r.to_minute, r.minutes, r.is_live) for r in (first, second, made_up)] == [
        (25, 85, 60, True),
        (0, 85, 85, True),
        (0, 25, 25, True),
    ]
    assert (first.on, made_up.on) == (date(2026, 10, 20), date(2026, 10, 27))
    assert first.session_id == room.session.id
    assert first.module_title.startswith("Orientation")
    assert first.posted_by_name == "Bertil Oakes"


@pytest.mark.parametrize("people", [1, 3, 30])
def test_whole_cohorts_are_read_in_seven_statements(app, time, people):
    room = make_room(people)
    make_signed_off(room.session, room.trainer)
    make_session(room.cohort, date(2026, 10, 22))
    ids = [trainee.id for trainee in room.trainees]
    db.session.remove()
    # pinned versions, their hours, live entries; sessions, segments; the ledger
    with statements() as sent:
        read = standings(ids)
        ahead = awaiting_and_upcoming({enrollment_id: standing.version for enrollment_id, standing in read.items()})
        ledger_rows(ids)
    assert len(sent) == 7, sent
    assert {each.balance.credited_minutes for each in read.values()} == {170}
    assert all(each.upcoming for each in ahead.values())
