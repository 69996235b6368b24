"""Make-ups: exactly the missed slice, once, by two people."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from advocates.attendance import booking, making_up
from advocates.attendance.making_up import AlreadyDecided, NotTheirs
from advocates.attendance.models import MakeUp, MakeUpState
from advocates.attendance.proposing import ProposalRefused
from advocates.attendance.rules.make_ups import DecisionReason
from advocates.audit.checking import check_chain
from advocates.cohorts.queries import find_enrollment
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db
from advocates.hours.models import CreditEntry
from advocates.hours.queries import enrollment_balance
from advocates.schedule.changing import Where
from advocates.schedule.models import SessionSeat, TrainingSession
from advocates.schedule.queries import sessions_of_cohort
from advocates.schedule.splitting import split_session
from tests.factories.attendance import make_mark, make_seat, make_signed_off
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.make_ups import make_approved, make_proposal, make_version_with_activities
from tests.factories.people import make_person
from tests.factories.schedule import make_session
from tests.room import make_room
from tests.together import at_once

SATURDAY = date(2026, 10, 24)
BOTH = ((0, 0, 85), (1, 0, 85))


@pytest.fixture
def room(app, time):
    return make_room(3, make_version_with_activities())


@pytest.fixture
def missed(room):
    """Łucja missed the whole evening; everybody else was there."""
    make_signed_off(room.session, room.trainer, absent=room.trainees[:1])
    return room.trainees[0]


@pytest.fixture
def approver(room):
    return make_person("Imara Osei", roles=["trainer"], cohort_id=room.cohort.id)


def credited(enrollment):
    return [
        (e.from_minute, e.to_minute, e.minutes, e.kind, e.delivery_mode.value)
        for e in db.session.scalars(select(CreditEntry).filter_by(enrollment_id=enrollment.id).order_by(CreditEntry.id))
    ]


def seats(session):
    return db.session.scalars(select(SessionSeat).filter_by(session_id=session.id)).all()


def elsewhere(room, day=SATURDAY, segments=BOTH, starts="09:00"):
    """Another cohort's session on the same version, and its trainer."""
    cohort = make_cohort(db.session.get_one(CurriculumVersion, room.version.id))
    trainer = make_person("Odile Brandt", roles=["trainer"], cohort_id=cohort.id)
    return make_session(cohort, day, starts, segments), trainer


def test_an_approved_activity_credits_exactly_its_slice(room, missed, approver):
    make_up = make_proposal(missed, room.trainer, minutes=(20, 65))
    assert credited(missed) == []
    making_up.approve_make_up(approver.id, make_up.id)
    db.session.commit()
    assert credited(missed) == [(20, 65, 45, "make_up", "equivalent_activity")]
    assert enrollment_balance(missed.id).modules[0].credited_minutes == 45
    assert (make_up.state, make_up.approved_by) == (MakeUpState.APPROVED, approver.id)


def test_another_cohorts_session_gives_a_seat_and_credits_only_the_slice(room, missed, approver, time):
    session, trainer = elsewhere(room)
    make_approved(missed, room.trainer, approver, session=session, minutes=(0, 85))
    assert [(s.enrollment_id, s.kind.value) for s in seats(session)] == [(missed.id, "make_up")]
    time.set("12:00", SATURDAY)
    make_signed_off(session, trainer)
    # Two modules were taught there; the make-up names the first.
    assert [entry[:4] for entry in credited(missed)] == [(0, 85, 85, "make_up")]
    assert credited(missed)[0][4] == "in_person"


def test_a_session_already_signed_off_credits_on_approval(room, missed, approver, time):
    session, trainer = elsewhere(room)
    make_up = make_proposal(missed, room.trainer, session=session)
    time.set("12:00", SATURDAY)
    make_mark(session, missed, trainer, arrived="9:25")
    make_signed_off(session, trainer)
    assert credited(missed) == []
    making_up.approve_make_up(approver.id, make_up.id)
    db.session.commit()
    assert [entry[:3] for entry in credited(missed)] == [(25, 85, 60)]


def test_the_cohorts_own_repetition_needs_no_seat(room, missed, approver, time):
    again = make_session(room.cohort, SATURDAY, "09:00", ((0, 0, 85),))
    make_up = make_approved(missed, room.trainer, approver, session=again)
    assert make_up.route == "same_cohort"
    assert seats(again) == []
    time.set("12:00", SATURDAY)
    make_signed_off(again, room.trainer)
    assert sum(entry[2] for entry in credited(missed)) == 85


def test_a_guests_seat_will_do(room, missed):
    session, _ = elsewhere(room)
    make_seat(session, missed, "guest")
    make_proposal(missed, room.trainer, session=session)
    assert [s.kind.value for s in seats(session)] == ["guest"]


@pytest.mark.parametrize("minutes", [(0, 85), (0, 21), (64, 85), (30, 40)])
def test_the_same_part_is_never_paid_twice(room, missed, approver, minutes):
    make_proposal(missed, room.trainer, minutes=(20, 65))
    with pytest.raises(ProposalRefused, match="never paid twice"):
        make_proposal(missed, approver, minutes=minutes)


def test_the_rest_of_a_part_can_still_be_made_up(room, missed, approver):
    make_approved(missed, room.trainer, approver, minutes=(0, 40))
    make_approved(missed, room.trainer, approver, minutes=(40, 85))
    assert enrollment_balance(missed.id).modules[0].credited_minutes == 85


def test_what_was_refused_can_be_proposed_again(room, missed, approver):
    make_up = make_proposal(missed, room.trainer)
    making_up.refuse_make_up(approver.id, make_up.id, DecisionReason.EVIDENCE_INSUFFICIENT)
    db.session.commit()
    assert credited(missed) == []
    make_approved(missed, room.trainer, approver)
    assert sum(entry[2] for entry in credited(missed)) == 85


def test_only_what_is_missing_can_be_made_up(room, missed):
    present = room.trainees[1]
    with pytest.raises(ProposalRefused, match="Not all of these minutes"):
        make_proposal(present, room.trainer)
    with pytest.raises(ProposalRefused, match="Not all of these minutes"):
        make_proposal(missed, room.trainer, minutes=(0, 600))


def test_what_awaits_sign_off_or_is_to_come_is_no_debt(room):
    trainee = room.trainees[0]
    make_mark(room.session, trainee, room.trainer)
    make_session(room.cohort, SATURDAY, "09:00", ((2, 0, 60),))
    for module in (0, 2):
        with pytest.raises(ProposalRefused, match="Not all"):
            make_proposal(trainee, room.trainer, module=module, minutes=(0, 30))


def test_a_session_must_teach_the_whole_part(room, missed):
    session, _ = elsewhere(room, segments=((0, 0, 40),))
    with pytest.raises(ProposalRefused, match="teaches only") as refusal:
        make_proposal(missed, room.trainer, session=session)
    assert refusal.value.values == {"taught": "0–40"}
    other, _ = elsewhere(room, segments=((5, 0, 40),), starts="13:00")
    with pytest.raises(ProposalRefused, match="does not teach"):
        make_proposal(missed, room.trainer, session=other)


def test_a_cancelled_session_pays_nothing(room, missed, time):
    session, _ = elsewhere(room)
    session.cancelled_at = time.set("20:40")
    db.session.commit()
    with pytest.raises(ProposalRefused, match="does not teach"):
        make_proposal(missed, room.trainer, session=session)


def test_equivalent_activities_stop_at_their_cap_with_the_proposed_ones_counted(room, missed, approver):
    make_approved(missed, room.trainer, approver, minutes=(0, 60))
    make_proposal(missed, room.trainer, minutes=(60, 85))
    with pytest.raises(ProposalRefused, match="count for") as refusal:
        make_proposal(missed, room.trainer, module=1, minutes=(0, 16))
    assert refusal.value.values == {"left": 15}
    make_proposal(missed, room.trainer, module=1, minutes=(0, 15))


def test_a_module_without_an_equivalent_asks_for_a_session(room, missed):
    with pytest.raises(ProposalRefused, match="No equivalent"):
        make_proposal(missed, room.trainer, module=2, minutes=(0, 30))


@pytest.mark.parametrize(("day", "said"), [(date(2026, 10, 21), "still to come"), (date(2026, 1, 2), "before")])
def test_an_activity_lies_between_the_beginning_and_today(room, missed, day, said):
    with pytest.raises(ProposalRefused, match=said):
        make_proposal(missed, room.trainer, done_on=day)


def test_neither_the_proposer_nor_the_trainee_decides(room, missed):
    make_up = make_proposal(missed, room.trainer)
    for person_id in (room.trainer.id, missed.person_id):
        with pytest.raises(NotTheirs):
            making_up.approve_make_up(person_id, make_up.id)
        db.session.rollback()
    assert db.session.get_one(MakeUp, make_up.id).state is MakeUpState.PROPOSED


def test_nobody_proposes_for_themself_and_nobody_out_of_training_makes_up(room, missed):
    with pytest.raises(ProposalRefused, match="themself"):
        make_proposal(missed, db.session.get_one(type(room.trainer), missed.person_id))
    applicant = make_enrollment(room.cohort, "Zofia Kern", status="applied")
    with pytest.raises(ProposalRefused, match="not enrolled"):
        make_proposal(applicant, room.trainer)


def test_a_reversal_takes_back_what_only_the_make_up_credited(room, missed, approver):
    make_up = make_approved(missed, room.trainer, approver, minutes=(0, 60))
    making_up.reverse_make_up(approver.id, make_up.id, DecisionReason.ENTERED_BY_MISTAKE)
    db.session.commit()
    assert [entry[2] for entry in credited(missed)] == [60, -60]
    assert enrollment_balance(missed.id).credited_minutes == 0
    assert (make_up.state, make_up.reversed_by) == (MakeUpState.REVERSED, approver.id)
    with pytest.raises(AlreadyDecided):
        making_up.reverse_make_up(approver.id, make_up.id, DecisionReason.ENTERED_BY_MISTAKE)


def test_a_refusal_frees_the_seat_unless_the_person_was_marked_there(room, missed, approver, time):
    session, trainer = elsewhere(room)
    first = make_proposal(missed, room.trainer, session=session)
    making_up.refuse_make_up(approver.id, first.id, DecisionReason.NOT_HELD)
    db.session.commit()
    assert seats(session) == []
    second = make_proposal(missed, room.trainer, session=session)
    time.set("12:00", SATURDAY)
    make_mark(session, missed, trainer)
    making_up.refuse_make_up(approver.id, second.id, DecisionReason.NOT_HELD)
    db.session.commit()
    assert len(seats(session)) == 1
    make_signed_off(session, trainer)
    assert credited(missed) == []


@pytest.mark.parametrize("is_approved", [False, True])
def test_a_seat_booked_by_itself_outlives_a_make_up_that_is_refused_or_reversed(room, missed, approver, is_approved):
    session, _ = elsewhere(room)
    booking.book_seat(room.trainer.id, find_enrollment(missed.id), session.id)
    make_up = make_proposal(missed, room.trainer, session=session)
    if is_approved:
        making_up.approve_make_up(approver.id, make_up.id)
    end = making_up.reverse_make_up if is_approved else making_up.refuse_make_up
    end(approver.id, make_up.id, DecisionReason.ENTERED_BY_MISTAKE)
    db.session.commit()
    assert len(seats(session)) == 1
    booking.cancel_seat(room.trainer.id, find_enrollment(missed.id), session.id)
    db.session.commit()
    assert seats(session) == []


def test_two_approvers_at_once_have_one_effect(app, room, missed, approver):
    make_up_id = make_proposal(missed, room.trainer).id
    other = make_person("Sunniva Dahl", roles=["administrator"])
    people = (approver.id, other.id)
    outcomes = at_once(app, *(lambda who=who: making_up.approve_make_up(who, make_up_id) for who in people))
    assert sorted(type(outcome) for outcome in outcomes if outcome) == [AlreadyDecided]
    assert [entry[:3] for entry in credited(missed)] == [(0, 85, 85)]


def test_the_audit_trail_holds_every_step(room, missed, approver):
    make_up = make_approved(missed, room.trainer, approver)
    making_up.reverse_make_up(approver.id, make_up.id, DecisionReason.NOT_HELD)
    db.session.commit()
    assert check_chain() == (5, None)


def test_when_its_session_is_split_it_goes_on_where_its_slice_is_taught(room, missed, approver, time):
    session, trainer = elsewhere(room)
    first = make_approved(missed, room.trainer, approver, session=session, minutes=(0, 85))
    second = make_approved(missed, room.trainer, approver, session=session, minutes=(0, 85), module=1)
    cut = session.planned_start + timedelta(minutes=85)
    split_session(trainer.id, session.id, 1, cut, cut + timedelta(hours=3), Where("Annex"))
    db.session.commit()
    halves = sessions_of_cohort(session.cohort_id)
    assert [make_up.session_id for make_up in (first, second)] == [half.id for half in halves]
    assert [[seat.enrollment_id for seat in seats(half)] for half in halves] == [[missed.id]] * 2
    time.set("18:00", SATURDAY)
    for half in halves:
        make_signed_off(db.session.get_one(TrainingSession, half.id), trainer)
    assert [entry[:4] for entry in credited(missed)] == [(0, 85, 85, "make_up")] * 2


def test_a_split_frees_the_seat_of_the_half_that_is_not_needed(room, missed, approver):
    session, trainer = elsewhere(room)
    make_proposal(missed, room.trainer, session=session, module=1)
    cut = session.planned_start + timedelta(minutes=85)
    split_session(trainer.id, session.id, 1, cut, cut + timedelta(hours=3), Where("Annex"))
    db.session.commit()
    halves = sessions_of_cohort(session.cohort_id)
    assert [len(seats(half)) for half in halves] == [0, 1]
