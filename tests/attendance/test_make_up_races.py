"""Two people at the same moment: a part is never paid twice, and a seat is never given twice."""

from datetime import date

import pytest
from sqlalchemy import func, select

from advocates.attendance.correcting import correct_mark
from advocates.attendance.making_up import (
    AlreadyDecided,
    SessionCanceled,
    approve_make_up,
    propose_make_up,
    reverse_make_up,
)
from advocates.attendance.models import MakeUp, MakeUpState
from advocates.attendance.proposing import Proposal, ProposalRefused
from advocates.attendance.rules import CorrectionReason, Outcome, Typed
from advocates.attendance.rules.make_ups import DecisionReason
from advocates.audit.checking import check_chain
from advocates.cohorts.queries import find_enrollment
from advocates.database import db
from advocates.hours.models import CreditEntry
from advocates.hours.queries import enrollment_balance
from advocates.hours.rules import Slice
from advocates.schedule.changing import cancel_session
from advocates.schedule.models import SessionSeat
from advocates.schedule.rules import CancelReason
from tests.factories.attendance import make_signed_off
from tests.factories.cohorts import make_cohort
from tests.factories.make_ups import EVIDENCE, make_approved, make_proposal, make_version_with_activities, module_id
from tests.factories.people import make_person
from tests.factories.schedule import make_session
from tests.room import make_room
from tests.together import at_once

SATURDAY, SUNDAY = date(2026, 10, 24), date(2026, 10, 25)


@pytest.fixture
def room(app, time):
    return make_room(3, make_version_with_activities())


@pytest.fixture
def missed(room):
    make_signed_off(room.session, room.trainer, absent=room.trainees[:1])
    return room.trainees[0]


@pytest.fixture
def approver(room):
    return make_person("Imara Osei", roles=["trainer"], cohort_id=room.cohort.id)


def elsewhere(room, day=SATURDAY, segments=((0, 0, 85), (1, 0, 85)), **columns):
    cohort = make_cohort(room.version, **columns)
    trainer = make_person("Odile Brandt", roles=["trainer"], cohort_id=cohort.id)
    return make_session(cohort, day, "09:00", segments), trainer


def proposing(actor, enrollment, minutes=(0, 85), session=None, module=0):
    """What a thread does: propose by plain ids."""
    ids = (actor.id, enrollment.id, module_id(enrollment, module), session.id if session else None)

    def work():
        proposal = Proposal(ids[2], Slice(*minutes), ids[3], date(2026, 10, 20), EVIDENCE)
        return propose_make_up(ids[0], find_enrollment(ids[1]), proposal)

    return work


def stored():
    return db.session.scalar(select(func.count()).select_from(MakeUp))


def hours_check(app):
    db.session.remove()
    return app.test_cli_runner().invoke(args=["hours", "check"]).output


@pytest.mark.parametrize("second", [(0, 85), (40, 60), (84, 85)])
def test_two_proposals_of_the_same_minutes_at_once_leave_one(app, room, missed, approver, second):
    works = (proposing(room.trainer, missed), proposing(approver, missed, second))
    outcomes = at_once(app, *works)
    refused = [outcome for outcome in outcomes if isinstance(outcome, ProposalRefused)]
    assert len(refused) == 1
    assert "never paid twice" in str(refused[0])
    assert stored() == 1
    assert check_chain()[1] is None


def test_two_parts_of_one_debt_at_once_are_both_kept(app, room, missed, approver):
    at_once(app, proposing(room.trainer, missed, (0, 40)), proposing(approver, missed, (40, 85)))
    assert stored() == 2


def test_two_proposals_at_once_never_pass_the_cap_together(app, room, missed, approver):
    # 100 minutes of activities count.
    outcomes = at_once(app, proposing(room.trainer, missed), proposing(approver, missed, module=1))
    assert sum(isinstance(outcome, ProposalRefused) for outcome in outcomes) == 1
    assert stored() == 1


def test_the_last_seat_goes_to_one_of_two_proposals(app, room, missed, approver):
    other = room.trainees[1]
    correct_mark(
        approver.id,
        room.session.id,
        other.id,
        1,
        Typed(Outcome.ABSENT),
        CorrectionReason.OTHER_TRAINER_SAW,
    )
    db.session.commit()
    session, _ = elsewhere(room, capacity=1)
    works = [proposing(room.trainer, each, session=session) for each in (missed, other)]
    outcomes = at_once(app, *works)
    assert sum(isinstance(outcome, ProposalRefused) for outcome in outcomes) == 1
    assert db.session.scalar(select(func.count()).select_from(SessionSeat)) == stored() == 1


def test_what_was_credited_otherwise_before_the_approval_counts_once(app, room, missed, approver):
    make_up = make_proposal(missed, room.trainer)
    correct_mark(
        approver.id,
        room.session.id,
        missed.id,
        1,
        Typed(Outcome.PRESENT),
        CorrectionReason.OTHER_TRAINER_SAW,
    )
    db.session.commit()
    approve_make_up(approver.id, make_up.id)
    db.session.commit()
    assert enrollment_balance(missed.id).credited_minutes == 170
    lasting = select(func.sum(CreditEntry.minutes)).where(CreditEntry.enrollment_id == missed.id)
    assert db.session.scalar(lasting) == 170
    # Taken back, what the attendance credits still stands.
    reverse_make_up(approver.id, make_up.id, DecisionReason.EARNED_OTHERWISE)
    db.session.commit()
    assert enrollment_balance(missed.id).credited_minutes == 170
    assert hours_check(app).endswith(" 0 differences\n")


def test_the_list_says_what_is_credited_otherwise_by_now(sign_in, room, missed, approver):
    make_proposal(missed, room.trainer)
    correct_mark(
        room.trainer.id, room.session.id, missed.id, 1, Typed(Outcome.PRESENT), CorrectionReason.OTHER_TRAINER_SAW
    )
    db.session.commit()
    assert "1 h 25 min of it is credited by now in another way." in sign_in(approver.id).get("/make-ups").text


def test_several_make_ups_pay_parts_of_one_debt(app, room, missed, approver, time):
    first, trainer = elsewhere(room, segments=((0, 0, 40),))
    second, other_trainer = elsewhere(room, SUNDAY, ((0, 30, 55),))
    make_approved(missed, room.trainer, approver, session=first, minutes=(0, 40))
    make_approved(missed, room.trainer, approver, session=second, minutes=(40, 70))
    make_approved(missed, room.trainer, approver, minutes=(70, 85))
    time.set("12:00", SUNDAY)
    make_signed_off(first, trainer)
    make_signed_off(second, other_trainer)
    entries = select(CreditEntry.from_minute, CreditEntry.to_minute).filter_by(enrollment_id=missed.id)
    assert sorted(tuple(each) for each in db.session.execute(entries)) == [(0, 40), (40, 70), (70, 85)]
    assert enrollment_balance(missed.id).modules[0].credited_minutes == 85
    assert hours_check(app).endswith(" 0 differences\n")


def test_approving_and_reversing_at_once_end_in_one_state(app, room, missed, approver):
    make_up_id = make_approved(missed, room.trainer, approver).id
    administrator = make_person("Ada Quill", roles=["administrator"])
    ids = (approver.id, administrator.id)
    reason = DecisionReason.ENTERED_BY_MISTAKE
    outcomes = at_once(app, *(lambda who=who: reverse_make_up(who, make_up_id, reason) for who in ids))
    assert [type(outcome) for outcome in outcomes if outcome] == [AlreadyDecided]
    entries = db.session.scalars(select(CreditEntry.minutes).filter_by(enrollment_id=missed.id)).all()
    assert sorted(entries) == [-85, 85]


def test_a_canceled_session_stands_among_what_waits(sign_in, room, missed, approver):
    session, trainer = elsewhere(room)
    make_approved(missed, room.trainer, approver, session=session)
    make_proposal(missed, room.trainer, session=session, module=1)
    cancel_session(trainer.id, session.id, next(iter(CancelReason)))
    db.session.commit()
    page = sign_in(approver.id).get("/make-ups").text
    waiting, _, decided = page.partition("Decided")
    assert waiting.count("session canceled: missing again") == 2
    assert "session canceled" not in decided
    assert 'value="approve"' not in page
    assert "2 make-ups wait for your decision" in sign_in(approver.id).get("/").text


def test_a_canceled_session_returns_the_part_to_the_debts(app, room, missed, approver):
    session, trainer = elsewhere(room)
    approved = make_approved(missed, room.trainer, approver, session=session)
    proposed = make_proposal(missed, room.trainer, session=session, module=1)
    approved_id, proposed_id = approved.id, proposed.id
    with pytest.raises(ProposalRefused, match="never paid twice"):
        make_proposal(missed, approver)
    db.session.rollback()
    cancel_session(trainer.id, session.id, next(iter(CancelReason)))
    db.session.commit()
    with pytest.raises(SessionCanceled):
        approve_make_up(approver.id, proposed_id)
    db.session.rollback()
    # The part can be paid in another way; the old approval may be closed at any time.
    make_approved(missed, room.trainer, approver, minutes=(0, 85))
    reverse_make_up(approver.id, approved_id, DecisionReason.NOT_HELD)
    db.session.commit()
    assert db.session.get_one(MakeUp, approved_id).state is MakeUpState.REVERSED
    assert enrollment_balance(missed.id).credited_minutes == 85
    assert hours_check(app).endswith(" 0 differences\n")


def test_whoever_did_not_come_to_an_approved_session_owes_the_part_again(room, missed, approver, time):
    session, trainer = elsewhere(room)
    make_approved(missed, room.trainer, approver, session=session)
    time.set("12:00", SATURDAY)
    make_signed_off(session, trainer, absent=[missed])
    assert enrollment_balance(missed.id).credited_minutes == 0
    again = make_approved(missed, room.trainer, approver, minutes=(0, 85))
    assert again.state is MakeUpState.APPROVED
    assert enrollment_balance(missed.id).credited_minutes == 85
