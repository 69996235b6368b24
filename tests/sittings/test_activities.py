"""Starting, saving and finishing: nothing lost, nothing twice, and the server's clock decides."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from advocates.assessments.models import AssessmentAttempt
from advocates.audit.models import AuditEvent
from advocates.database import db, new_id
from advocates.sittings.accommodating import OwnAccommodation, set_accommodation
from advocates.sittings.defining import ClosedBefore, OpenAlready, close_opening, open_assessment
from advocates.sittings.finishing import NoSuchSitting, finish_overdue, finish_sitting
from advocates.sittings.models import Sitting, SittingAnswer
from advocates.sittings.queries import answers_of, find_offer, questions_of
from advocates.sittings.rules.saving import Verdict
from advocates.sittings.rules.timing import Extra, StartProblem
from advocates.sittings.saving import Sent, save_answers
from advocates.sittings.starting import StartRefused, start_sitting
from tests.budgets import statements
from tests.factories.sittings import make_assessment, make_opening, make_sitting
from tests.sittings.questions import ESSAY, SINGLE, TRUTH
from tests.sittings.test_answering import right_fields
from tests.together import at_once


def sent(position=1, choice="0", base=0, key=None, follows=()):
    return Sent(position, key or new_id(), base, {f"q{position}-choice": [choice]}, frozenset(follows))


def save(trainee, sitting, *each):
    saved = save_answers(trainee.person_id, sitting.id, each)
    db.session.commit()
    return saved


def answer_all(trainee, sitting, *, but=()):
    asked = [each for each in questions_of(sitting.id) if each.row.position not in but]
    right = [right_fields(each.question, each.arrangement, each.prefix) for each in asked]
    rows = [Sent(each.row.position, new_id(), 0, fields) for each, fields in zip(asked, right, strict=True)]
    return save(trainee, sitting, *rows)


def finish(trainee, sitting, *, is_sent=True):
    held = finish_sitting(trainee.person_id, sitting.id, is_sent=is_sent)
    db.session.commit()
    return held.sitting


def test_a_sitting_asks_what_was_drawn_and_starts_once(room, opening):
    trainee = room.trainees[0]
    first = make_sitting(opening, trainee)
    assert make_sitting(opening, trainee).id == first.id
    assert [each.row.position for each in questions_of(first.id)] == [1, 2, 3, 4, 5, 6, 7]


def test_two_devices_start_one_sitting(app, room, opening):
    person = room.trainees[0].person_id
    works = [lambda: start_sitting(find_offer(opening.id, person)).id for _ in range(3)]
    assert len(set(at_once(app, *works))) == 1


def test_everything_right_is_recorded_at_once(room, sitting):
    trainee = room.trainees[0]
    assert not answer_all(trainee, sitting).refused
    done = finish(trainee, sitting)
    attempt = db.session.get_one(AssessmentAttempt, done.attempt_id)
    assert (attempt.score, attempt.questions, attempt.number) == (8, 8, 1)
    assert attempt.recorded_by == trainee.person_id
    assert finish(trainee, sitting).attempt_id == attempt.id
    assert len(db.session.scalars(select(AssessmentAttempt)).all()) == 1


def test_a_save_sent_twice_is_stored_once(room, sitting):
    trainee, once = room.trainees[0], sent()
    assert save(trainee, sitting, once).outcomes[0].verdict is Verdict.SAVED
    assert save(trainee, sitting, once).outcomes[0].verdict is Verdict.SAVED
    assert len(db.session.scalars(select(SittingAnswer)).all()) == 1


def test_the_same_answer_again_stores_nothing(room, sitting):
    trainee = room.trainees[0]
    save(trainee, sitting, sent())
    assert save(trainee, sitting, sent()).outcomes[0].verdict is Verdict.UNCHANGED


def test_the_newer_answer_of_another_device_stands_and_both_are_kept(room, sitting):
    trainee = room.trainees[0]
    save(trainee, sitting, sent(choice="0"))
    outcome = save(trainee, sitting, sent(choice="1")).outcomes[0]
    assert outcome.verdict is Verdict.CONFLICT
    assert outcome.stands.content.answer == {"choice": 0}
    rows = db.session.scalars(select(SittingAnswer).order_by(SittingAnswer.version)).all()
    assert [row.answer for row in rows] == ['{"choice":0}', '{"choice":1}', '{"choice":0}']
    again = save(trainee, sitting, sent(choice="1", base=3)).outcomes[0]
    assert again.verdict is Verdict.SAVED


def test_a_save_on_top_of_an_unanswered_one_of_its_own_page_is_no_conflict(room, sitting):
    trainee, first = room.trainees[0], sent(choice="0")
    save(trainee, sitting, first)
    later = sent(choice="1", follows=[str(first.client_key)])
    assert save(trainee, sitting, later).outcomes[0].verdict is Verdict.SAVED


def test_two_devices_at_once_lose_nothing(app, room, sitting):
    person = room.trainees[0].person_id
    works = [lambda n=n: save_answers(person, sitting.id, [sent(choice=str(n))]).outcomes[0].verdict for n in range(3)]
    verdicts = at_once(app, *works)
    assert sorted(map(str, verdicts)) == ["conflict", "conflict", "saved"]
    rows = db.session.scalars(select(SittingAnswer)).all()
    assert {row.answer for row in rows} == {'{"choice":0}', '{"choice":1}', '{"choice":2}'}


def test_a_question_that_was_not_drawn_is_refused_and_the_others_are_saved(room, sitting):
    outcomes = save(room.trainees[0], sitting, sent(9), sent(1), sent(1, choice="7")).outcomes
    assert [each.error is None for each in outcomes] == [False, True, False]


def test_after_the_grace_nothing_is_stored_but_what_was_is_answered(room, sitting, time):
    trainee, once = room.trainees[0], sent()
    save(trainee, sitting, once)
    time.set("21:32")  # an hour and a minute after 8:31 PM
    assert not save(trainee, sitting, sent(choice="1", base=1)).is_late
    later = time.set("21:33")
    assert later - sitting.due_at > timedelta(seconds=60)
    late = save(trainee, sitting, sent(choice="2", base=2))
    assert late.is_late
    assert late.outcomes[0].verdict is None
    assert not save(trainee, sitting, once).is_late
    assert answers_of(sitting.id)[questions_of(sitting.id)[0].row.id].content.answer == {"choice": 1}


def test_the_sweep_ends_what_nobody_sent(room, sitting, time):
    trainee = room.trainees[0]
    answer_all(trainee, sitting, but={1, 2})
    assert finish_overdue() == 0
    assert finish(trainee, sitting, is_sent=False).finished_at is None
    time.set("21:40")
    assert finish_overdue() == 1
    assert finish_overdue() == 0
    ended = db.session.get_one(Sitting, sitting.id)
    assert (ended.finish_way, ended.finished_at) == ("time", sitting.due_at)
    assert db.session.get_one(AssessmentAttempt, ended.attempt_id).score == 6


def test_closing_early_ends_who_writes_with_what_was_saved(room, sitting, opening, time):
    save(room.trainees[0], sitting, sent())
    time.set("20:40")
    close_opening(room.trainer.id, opening.id)
    db.session.commit()
    assert not save(room.trainees[0], sitting, sent(choice="1", base=1)).is_late
    time.set("20:42")
    assert save(room.trainees[0], sitting, sent(choice="2", base=2)).is_late
    assert finish_overdue() == 1
    assert db.session.get_one(Sitting, sitting.id).finish_way == "closed"
    with pytest.raises(ClosedBefore):
        close_opening(room.trainer.id, opening.id)


def test_another_try_waits_and_passing_ends_it(room, sitting, opening, time):
    trainee = room.trainees[0]
    finish(trainee, sitting)
    with pytest.raises(StartRefused) as refused:
        start_sitting(find_offer(opening.id, trainee.person_id))
    assert refused.value.problem is StartProblem.WAIT
    assert refused.value.tries.next_from - sitting.started_at == timedelta(hours=24)


def test_an_essay_waits_for_its_grade(room, administrator):
    assessment = make_assessment(room.version, administrator, questions=[SINGLE, ESSAY])
    sitting = make_sitting(make_opening(room.cohort, assessment, administrator), room.trainees[0])
    answer_all(room.trainees[0], sitting)
    assert finish(room.trainees[0], sitting).attempt_id is None


def test_extra_time_is_in_the_due_time_and_the_reason_nowhere(room, opening, administrator):
    set_accommodation(administrator.id, room.trainees[0].id, Extra(50, 1, True))
    db.session.commit()
    sitting = make_sitting(opening, room.trainees[0])
    assert sitting.due_at - sitting.started_at == timedelta(minutes=90)
    with pytest.raises(OwnAccommodation):
        set_accommodation(room.trainees[0].person_id, room.trainees[0].id, Extra())
    set_accommodation(administrator.id, room.trainees[0].id, Extra())
    db.session.commit()


def test_a_pre_test_is_taken_once_and_its_questions_come_again(room, administrator, time):
    pre = make_assessment(room.version, administrator, kind="pre_test", questions=[SINGLE, TRUTH])
    post = make_assessment(room.version, administrator, pairs_with_pre_test=True)
    opening = make_opening(room.cohort, pre, administrator)
    first = make_sitting(opening, room.trainees[0])
    assert db.session.get_one(AssessmentAttempt, finish(room.trainees[0], first).attempt_id).score == 0
    with pytest.raises(StartRefused) as refused:
        start_sitting(find_offer(opening.id, room.trainees[0].person_id))
    assert refused.value.problem is StartProblem.TAKEN
    second = make_sitting(make_opening(room.cohort, post, administrator), room.trainees[0])
    asked = [{each.question_id for each in questions_of(each.id)} for each in (first, second)]
    assert asked[0] == asked[1]


def test_two_tests_of_a_kind_are_never_open_at_once(room, opening, assessment, administrator):
    with pytest.raises(OpenAlready):
        open_assessment(administrator.id, room.cohort, assessment.id, opening.opens_at, None)


def test_nobody_answers_or_ends_anothers(room, sitting):
    stranger = room.trainees[1].person_id
    for work in (lambda: save_answers(stranger, sitting.id, [sent()]), lambda: finish(room.trainees[1], sitting)):
        with pytest.raises(Exception) as refused:
            work()
        assert type(refused.value).__name__ == NoSuchSitting.__name__
        db.session.rollback()


def test_answers_are_never_changed_and_never_in_the_trail(room, sitting):
    save(room.trainees[0], sitting, sent())
    with pytest.raises(DBAPIError):
        db.session.execute(SittingAnswer.__table__.update().values(answer="null"))
    db.session.rollback()
    payloads = [event.payload for event in db.session.scalars(select(AuditEvent))]
    assert not any("choice" in payload for payload in payloads)


# The sitting; its questions; their answers; the head of the trail, its row, the event, the answers.
def test_statements_of_one_saved_answer(room, sitting):
    db.session.remove()
    with statements() as counted:
        save(room.trainees[0], sitting, sent(key=uuid.uuid4()))
    assert len(counted) <= 7
