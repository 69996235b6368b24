"""The ledger follows the facts: sign-off, correction, make-ups, visits."""

import uuid
from datetime import date

import pytest
from sqlalchemy import select

from advocates import clock
from advocates.attendance.correcting import correct_mark
from advocates.attendance.crediting import recredit
from advocates.attendance.models import MakeUp, MakeUpRoute, MakeUpState
from advocates.attendance.rules import CorrectionReason, Outcome, Typed
from advocates.audit.checking import check_chain
from advocates.audit.recording import record
from advocates.curriculum.models import VersionModule
from advocates.database import db, new_id
from advocates.hours.models import CreditEntry
from advocates.hours.queries import enrollment_balance, live_entries
from tests.budgets import statements
from tests.factories.attendance import make_mark, make_seat, make_signed_off
from tests.factories.people import make_person
from tests.factories.schedule import make_session
from tests.room import make_room


def entries_of(enrollment):
    return db.session.scalars(select(CreditEntry).filter_by(enrollment_id=enrollment.id).order_by(CreditEntry.id)).all()


def module_id(room, position):
    return db.session.scalars(
        select(VersionModule.module_id).filter_by(version_id=room.version.id, position=position)
    ).one()


def approve_make_up(room, enrollment, position, minutes, session=None):
    make_up = MakeUp(
        id=new_id(),
        enrollment_id=enrollment.id,
        module_id=module_id(room, position),
        from_minute=minutes[0],
        to_minute=minutes[1],
        route=MakeUpRoute.SAME_COHORT if session else MakeUpRoute.EQUIVALENT_ACTIVITY,
        session_id=session.id if session else None,
        done_on=date(2026, 10, 27),
        evidence="Conversation about the module",
        proposed_by=room.trainer.id,
        proposed_at=clock.now(),
        approved_by=make_person("Ada Quill").id,
        decided_at=clock.now(),
        state=MakeUpState.APPROVED,
    )
    db.session.add(make_up)
    entries = recredit(make_up.approved_by, [enrollment.id], "make_up_approved")
    record(make_up.approved_by, "approve_make_up", rows=entries, make_up_id=make_up.id)
    db.session.commit()
    return make_up


def test_nothing_is_credited_before_sign_off(room):
    make_mark(room.session, room.trainees[0], room.trainer)
    assert entries_of(room.trainees[0]) == []
    assert enrollment_balance(room.trainees[0].id).credited_minutes == 0


def test_sign_off_credits_presence_within_the_delivered_segments(room):
    late, absent, early = room.trainees
    make_mark(room.session, late, room.trainer, arrived="5:55")
    make_mark(room.session, early, room.trainer, left="8:20")
    make_signed_off(room.session, room.trainer, absent=[absent])
    assert [enrollment_balance(e.id).credited_minutes for e in room.trainees] == [145, 0, 160]
    assert [(e.from_minute, e.to_minute, e.minutes) for e in entries_of(late)] == [(25, 85, 60), (0, 85, 85)]


def test_a_class_that_ended_early_credits_only_what_was_delivered(room):
    make_signed_off(room.session, room.trainer, ended="8:10")
    assert enrollment_balance(room.trainees[0].id).credited_minutes == 150


def test_a_correction_reverses_and_posts_anew_and_nothing_is_lost(room):
    trainee = room.trainees[0]
    make_signed_off(room.session, room.trainer)
    correct_mark(
        room.trainer.id,
        room.session.id,
        trainee.id,
        1,
        Typed(Outcome.PRESENT, arrived="5:55"),
        CorrectionReason.TYPED_WRONG,
    )
    db.session.commit()
    entries = entries_of(trainee)
    assert [e.minutes for e in entries] == [85, 85, -85, -85, 60, 85]
    assert {e.reverses_id for e in entries[2:4]} == {e.id for e in entries[:2]}
    assert enrollment_balance(trainee.id).credited_minutes == 145
    assert check_chain()[1] is None


def test_reversing_one_of_two_attendances_leaves_the_other_standing(room, time):
    trainee = room.trainees[0]
    again = make_session(room.cohort, date(2026, 10, 21))
    make_signed_off(room.session, room.trainer)
    time.set("20:31", date(2026, 10, 21))
    make_signed_off(again, room.trainer)
    assert enrollment_balance(trainee.id).credited_minutes == 170
    correct_mark(room.trainer.id, room.session.id, trainee.id, 1, Typed(Outcome.ABSENT), CorrectionReason.TYPED_WRONG)
    db.session.commit()
    assert enrollment_balance(trainee.id).credited_minutes == 170
    live = live_entries([trainee.id])[trainee.id]
    assert len({entry.source.source_id for entry in live}) == 1


def test_an_equivalent_activity_credits_exactly_its_slice(room):
    late = room.trainees[0]
    make_mark(room.session, late, room.trainer, arrived="5:55")
    make_signed_off(room.session, room.trainer)
    approve_make_up(room, late, 0, (0, 25))
    assert enrollment_balance(late.id).credited_minutes == 170
    assert entries_of(late)[-1].kind == "make_up"


def test_a_visit_earns_only_the_slice_of_an_approved_make_up(room, time):
    late = room.trainees[0]
    make_mark(room.session, late, room.trainer, arrived="5:55")
    make_signed_off(room.session, room.trainer)
    other = make_session(_another_cohort(room), date(2026, 10, 27))
    make_seat(other, late)
    time.set("20:31", date(2026, 10, 27))
    make_signed_off(other, room.trainer)
    assert enrollment_balance(late.id).credited_minutes == 145
    approve_make_up(room, late, 0, (0, 25), other)
    assert enrollment_balance(late.id).credited_minutes == 170
    assert [(e.from_minute, e.to_minute) for e in entries_of(late)[2:]] == [(0, 25)]


def test_somebody_without_a_mark_in_a_signed_off_session_can_be_added_with_a_reason(room):
    make_signed_off(room.session, room.trainer)
    from tests.factories.cohorts import make_enrollment

    late = make_enrollment(room.cohort, "王小明")
    correct_mark(room.trainer.id, room.session.id, late.id, 0, Typed(Outcome.PRESENT), CorrectionReason.ADDED_LATE)
    db.session.commit()
    assert enrollment_balance(late.id).credited_minutes == 170


@pytest.mark.parametrize("people", [1, 3, 30])
def test_recrediting_costs_eight_statements_however_many_people(app, time, people):
    room = make_room(people)
    make_signed_off(room.session, room.trainer)
    db.session.remove()
    # the pinned versions, their hours, current marks, seats, segments, make-ups, live entries
    with statements() as sent:
        assert recredit(room.trainer.id, [t.id for t in room.trainees], "check") == []
    assert len(sent) == 8, sent


def _another_cohort(room):
    from tests.factories.cohorts import make_cohort

    return make_cohort(room.version, title=f"Spring {uuid.uuid4()}")
