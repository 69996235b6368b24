"""Going on elsewhere: what is kept, what maps, what is closed for good, and what follows from later corrections."""

from datetime import date

import pytest
from sqlalchemy import select, text

from advocates.attendance.checking import check_hours
from advocates.attendance.correcting import correct_mark
from advocates.attendance.queries import ledger_rows, load_register
from advocates.attendance.rules import CorrectionReason, Outcome, Typed
from advocates.audit.checking import check_chain
from advocates.cohorts.enrolling import enroll_newcomers
from advocates.cohorts.models import Enrollment, Placement
from advocates.cohorts.moving import MoveRefused, reopen_enrollments
from advocates.cohorts.rules import Line, Newcomer
from advocates.credentials.eligibility import assess_many
from advocates.database import db, reading
from advocates.equivalence.models import Transfer
from advocates.hours.queries import enrollment_balance, session_credits
from advocates.people.models import PersonProfile
from advocates.transfers.moving import ChangedSince, MovingRefused, NoSeat, move_people
from advocates.transfers.queries import load_plan, transfers_of
from advocates.transfers.rules import MoveReason, Refusal
from tests.budgets import statements
from tests.factories.attendance import make_mark, make_seat, make_signed_off
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person
from tests.factories.schedule import make_session
from tests.factories.transfers import make_map, make_next_version, move
from tests.together import at_once


def opened_from(enrollment):
    transfer = db.session.scalars(select(Transfer).filter_by(from_enrollment_id=enrollment.id)).one()
    return db.session.get_one(Enrollment, transfer.to_enrollment_id)


def credited(enrollment):
    return enrollment_balance(enrollment.id).credited_minutes


def is_sound():
    db.session.remove()
    with reading():
        checked = check_hours()
        chain = check_chain()
    assert checked.differences == ()
    assert chain[1] is None
    return True


def test_within_a_version_the_enrollment_and_every_minute_go_along(crossing, administrator):
    trainee, other = crossing.trainee, make_cohort(crossing.room.version)
    move(administrator, [trainee], other)
    places = db.session.scalars(select(Placement).filter_by(enrollment_id=trainee.id).order_by(Placement.id)).all()
    assert [(place.cohort_id, place.ended_at is None) for place in places] == [
        (crossing.room.cohort.id, False),
        (other.id, True),
    ]
    assert places[0].reason_code == "moved"
    assert credited(trainee) == 170
    assert db.session.scalars(select(Transfer)).all() == []
    assert is_sound()


def test_a_visit_in_the_new_cohort_becomes_a_place_that_earns(crossing, administrator, time):
    trainee, other = crossing.trainee, make_cohort(crossing.room.version)
    session = make_session(other, date(2026, 10, 22), segments=((2, 0, 60),))
    make_seat(session, trainee, "guest")
    move(administrator, [trainee], other)
    time.set("20:31", date(2026, 10, 22))
    trainer = make_person("Iva Marsh", roles=["trainer"], cohort_id=other.id)
    make_signed_off(session, trainer)
    assert credited(trainee) == 230


def test_a_transfer_closes_one_enrollment_and_opens_another(crossing, administrator):
    trainee = crossing.trainee
    move(administrator, [trainee], crossing.cohort, MoveReason.NEW_VERSION)
    left, opened = db.session.get_one(Enrollment, trainee.id), opened_from(trainee)
    assert (left.status, left.reason_code) == ("withdrawn", "transferred")
    assert (opened.status, opened.curriculum_version_id) == ("enrolled", crossing.new.id)
    assert opened.person_id == trainee.person_id
    places = db.session.scalars(select(Placement).filter_by(ended_at=None)).all()
    assert {place.cohort_id for place in places if place.enrollment_id == opened.id} == {crossing.cohort.id}
    assert trainee.id not in {place.enrollment_id for place in places}
    assert is_sound()


def test_only_mapped_minutes_count_and_the_rest_stays_visible(crossing, administrator):
    trainee = crossing.trainee
    move(administrator, [trainee], crossing.cohort)
    opened = opened_from(trainee)
    assert (credited(trainee), credited(opened)) == (170, 145)
    (past,) = transfers_of(opened.id)
    ((title, slices),) = past.left
    assert (past.left_minutes, [(part.from_minute, part.to_minute) for part in slices]) == (25, [(60, 85)])
    assert title in {
        module.title for module in load_plan(administrator.id, [], crossing.cohort).outlines[crossing.new.id].modules
    }


def test_what_came_along_keeps_its_day_and_its_evidence(crossing, administrator, time):
    time.set("09:00", date(2026, 11, 30))
    move(administrator, [crossing.trainee], crossing.cohort)
    opened = opened_from(crossing.trainee)
    rows = ledger_rows([opened.id])[opened.id]
    assert {row.on for row in rows} == {date(2026, 10, 20)}
    assert {row.session_id for row in rows} == {crossing.room.session.id}
    assert assess_many([opened.id])[opened.id].completed_on == date(2026, 10, 20)
    assert session_credits(crossing.room.session.id) == {trainee.id: 170 for trainee in crossing.room.trainees}


def test_the_enrollment_that_was_left_is_issued_never_and_opened_never(crossing, administrator):
    trainee = crossing.trainee
    move(administrator, [trainee], crossing.cohort)
    assert "enrollment" in {requirement.key for requirement in assess_many([trainee.id])[trainee.id].shortfalls}
    with pytest.raises(MoveRefused):
        reopen_enrollments([trainee.id], crossing.room.cohort.id, by=administrator.id)
    email = db.session.get_one(PersonProfile, trainee.person_id).email
    line = Line(1, Newcomer("Łucja Wiśniewska", email))
    assert enroll_newcomers(administrator.id, crossing.room.cohort.id, [line]).enrollment_ids == []


def test_a_correction_in_the_version_that_was_left_follows_the_person(crossing, administrator):
    trainee, room = crossing.trainee, crossing.room
    move(administrator, [trainee], crossing.cohort)
    opened = opened_from(trainee)
    correct_mark(
        room.trainer.id,
        room.session.id,
        trainee.id,
        1,
        Typed(Outcome.PRESENT, left="6:30"),
        CorrectionReason.TYPED_WRONG,
    )
    db.session.commit()
    assert (credited(trainee), credited(opened)) == (60, 60)
    assert is_sound()


def test_what_was_marked_before_and_is_signed_off_later_comes_along(room, administrator, time):
    new = make_next_version(room.version, (60, 120))
    make_map(room.version, new)
    trainee, cohort = room.trainees[0], make_cohort(new)
    make_mark(room.session, trainee, room.trainer)
    time.set("20:40")
    move(administrator, [trainee], cohort)
    opened = opened_from(trainee)
    assert credited(opened) == 0
    make_signed_off(room.session, room.trainer)
    assert credited(opened) == 145
    assert is_sound()


def test_twice_transferred_minutes_pass_through_both_maps(crossing, administrator):
    trainee = crossing.trainee
    third = make_next_version(crossing.new, (40, 100))
    make_map(crossing.new, third)
    last = make_cohort(third)
    move(administrator, [trainee], crossing.cohort)
    second = opened_from(trainee)
    move(administrator, [second], last)
    opened = opened_from(second)
    assert [credited(each) for each in (trainee, second, opened)] == [170, 145, 125]
    correct_mark(
        crossing.room.trainer.id,
        crossing.room.session.id,
        trainee.id,
        1,
        Typed(Outcome.ABSENT),
        CorrectionReason.TYPED_WRONG,
    )
    db.session.commit()
    assert [credited(each) for each in (trainee, second, opened)] == [0, 0, 0]
    assert is_sound()


def test_a_cohort_changes_its_version_and_nobody_stands_twice_on_a_register(crossing, administrator, time):
    room = crossing.room
    unsigned = make_session(room.cohort, date(2026, 10, 21))
    time.set("20:31", date(2026, 10, 21))
    make_mark(unsigned, crossing.trainee, room.trainer)
    time.set("20:35", date(2026, 10, 21))
    room.cohort.curriculum_version_id = crossing.new.id
    db.session.add(room.cohort)
    db.session.commit()
    move(administrator, room.trainees, room.cohort, MoveReason.NEW_VERSION)
    later = make_session(room.cohort, date(2026, 10, 28), "17:30", ((0, 0, 60),))
    left = {trainee.id for trainee in room.trainees}
    assert set(load_register(unsigned).people) == left
    assert set(load_register(later).people) == {opened_from(trainee).id for trainee in room.trainees}
    make_signed_off(unsigned, room.trainer)
    assert is_sound()


@pytest.mark.parametrize(
    ("status", "refusal"), [("completed", Refusal.NOT_ENROLLED), ("applied", Refusal.NOT_ENROLLED)]
)
def test_only_who_is_in_training_goes_on_elsewhere(crossing, administrator, status, refusal):
    other = make_enrollment(crossing.room.cohort, "Basil Thorne", status=status)
    with pytest.raises(MovingRefused) as refused:
        move(administrator, [other], crossing.cohort)
    assert refused.value.plan.people[0].refusal is refusal


def test_nobody_moves_themself(crossing):
    own = make_person("Ada Quill", roles=["administrator", "trainee"])
    enrollment = make_enrollment(crossing.room.cohort, person=own)
    with pytest.raises(MovingRefused) as refused:
        move(own, [enrollment], crossing.cohort)
    assert refused.value.plan.people[0].refusal is Refusal.OWN_ENROLLMENT


def test_without_an_approved_map_nobody_is_transferred(room, administrator):
    new = make_next_version(room.version, (60, 120))
    make_map(room.version, new, is_approved=False)
    with pytest.raises(MovingRefused) as refused:
        move(administrator, room.trainees, make_cohort(new))
    assert {person.refusal for person in refused.value.plan.people} == {Refusal.NO_MAP}


def test_a_full_cohort_takes_nobody_and_one_refused_moves_no_one(crossing, administrator):
    crossing.cohort.capacity = 2
    db.session.add(crossing.cohort)
    db.session.commit()
    with pytest.raises(NoSeat):
        move(administrator, crossing.room.trainees, crossing.cohort)
    db.session.rollback()
    assert db.session.scalars(select(Transfer)).all() == []
    assert {credited(trainee) for trainee in crossing.room.trainees} == {170}


def test_hours_that_changed_since_the_page_was_shown_stop_the_move(crossing, administrator):
    trainee, room = crossing.trainee, crossing.room
    shown = load_plan(administrator.id, [trainee.id], crossing.cohort).people[0].seen
    correct_mark(room.trainer.id, room.session.id, trainee.id, 1, Typed(Outcome.ABSENT), CorrectionReason.TYPED_WRONG)
    db.session.commit()
    with pytest.raises(ChangedSince):
        move_people(administrator.id, {trainee.id: shown}, crossing.cohort.id, MoveReason.OTHER_DATES)


def test_of_two_who_transfer_the_same_person_at_once_one_does(crossing, administrator, app):
    trainee_id, cohort_id = crossing.trainee.id, crossing.cohort.id
    shown = load_plan(administrator.id, [trainee_id], crossing.cohort).people[0].seen

    def work():
        return move_people(administrator.id, {trainee_id: shown}, cohort_id, MoveReason.OTHER_DATES)

    results = at_once(app, work, work)
    assert sum(isinstance(result, MovingRefused) for result in results) == 1, results
    assert len(db.session.scalars(select(Transfer)).all()) == 1
    assert is_sound()


def test_a_correction_at_the_moment_of_a_transfer_is_in_both_ledgers(crossing, administrator, app):
    room, trainee_id, cohort_id = crossing.room, crossing.trainee.id, crossing.cohort.id
    trainer_id, session_id = room.trainer.id, room.session.id
    shown = load_plan(administrator.id, [trainee_id], crossing.cohort).people[0].seen

    def correct():
        reason = CorrectionReason.TYPED_WRONG
        return correct_mark(trainer_id, session_id, trainee_id, 1, Typed(Outcome.ABSENT), reason)

    def transfer():
        return move_people(administrator.id, {trainee_id: shown}, cohort_id, MoveReason.OTHER_DATES)

    corrected, moved = at_once(app, correct, transfer)
    assert corrected is None
    assert not isinstance(moved, Exception) or isinstance(moved, ChangedSince)
    assert is_sound()


def test_a_transfer_is_never_changed_and_never_removed(crossing, administrator):
    move(administrator, [crossing.trainee], crossing.cohort)
    for sql in ("UPDATE transfer SET reason_code = 'x'", "DELETE FROM transfer"):
        with pytest.raises(Exception, match="append-only"):
            db.session.execute(text(sql))
        db.session.rollback()


@pytest.mark.parametrize("people", [1, 3])
def test_moving_costs_the_same_for_thirty(app, administrator, time, people):
    from tests.room import make_room

    room = make_room(people)
    make_signed_off(room.session, room.trainer)
    new = make_next_version(room.version, (60, 120))
    make_map(room.version, new)
    cohort = make_cohort(new)
    ids = [trainee.id for trainee in room.trainees]
    db.session.remove()
    with statements() as planned:
        plan = load_plan(administrator.id, ids, cohort)
    with statements() as moved:
        move_people(
            administrator.id,
            {person.enrollment_id: person.seen for person in plan.people},
            cohort.id,
            MoveReason.NEW_VERSION,
        )
    db.session.commit()
    assert len(planned) <= 30, len(planned)
    assert len(moved) <= 75, len(moved)
