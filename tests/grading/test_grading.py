"""Grades and second looks: nobody grades their own, nothing is overwritten, and no score ever falls."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from advocates.assessments.models import AssessmentAttempt
from advocates.database import db
from advocates.grading.grading import GradeRefused, NoSecondLook, ask_second_look, grade_answer
from advocates.grading.queries import essays_waiting, find_essay
from advocates.sittings.models import Sitting, SittingGrade
from advocates.sittings.rules.grading import GradeProblem
from tests.grading.conftest import acting, take
from tests.together import at_once


def grade(actor, taken, *lines):
    grade_answer(actor, taken.essay_id, lines)
    db.session.commit()


def ask(taken):
    ask_second_look(taken.person_id, find_essay(taken.essay_id))
    db.session.commit()


def scores(*, voided=False):
    rows = db.session.scalars(select(AssessmentAttempt)).all()
    return [(row.score, row.questions, row.number) for row in rows if (row.voided_at is not None) is voided]


def test_the_last_grade_records_the_score(room, taken, trainer):
    assert scores() == []
    assert [essay.taken.id for essay in essays_waiting(room.cohort.id)] == [taken.essay_id]
    grade(trainer, taken, 2)
    assert scores() == [(3, 4, 1)]
    assert essays_waiting(room.cohort.id) == []
    attempt = db.session.get_one(AssessmentAttempt, db.session.get_one(Sitting, taken.sitting_id).attempt_id)
    assert attempt.recorded_by == trainer.person_id


def test_an_unwritten_essay_waits_for_nobody(room, opening):
    take(opening, room.trainees[0], text="")
    assert scores() == [(1, 4, 1)]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [((4,), GradeProblem.MORE_THAN_LINE), ((1, 1), GradeProblem.LINES_MISSING), ((-1,), GradeProblem.MORE_THAN_LINE)],
)
def test_points_beyond_the_rubric_are_refused(taken, trainer, lines, problem):
    with pytest.raises(GradeRefused) as refused:
        grade(trainer, taken, *lines)
    assert refused.value.problem is problem


def test_nobody_grades_their_own(taken):
    with pytest.raises(GradeRefused) as refused:
        grade(acting(taken.person_id), taken, 3)
    assert refused.value.problem is GradeProblem.OWN_WORK


def test_two_who_grade_at_once_leave_one_grade(app, taken, trainer, other):
    results = at_once(app, *(lambda who=who: grade_answer(who, taken.essay_id, (2,)) for who in (trainer, other)))
    assert sorted(type(each).__name__ for each in results) == ["GradeRefused", "NoneType"]
    assert len(db.session.scalars(select(SittingGrade)).all()) == 1
    assert scores() == [(3, 4, 1)]


def test_a_second_look_raises_the_score_and_keeps_the_old_one(room, taken, trainer, other):
    grade(trainer, taken, 1)
    ask(taken)
    assert len(essays_waiting(room.cohort.id)) == 1
    with pytest.raises(GradeRefused) as refused:
        grade(trainer, taken, 3)
    assert refused.value.problem is GradeProblem.SAME_GRADER
    db.session.rollback()
    grade(other, taken, 3)
    assert (scores(), scores(voided=True)) == ([(4, 4, 1)], [(2, 4, 1)])
    assert essays_waiting(room.cohort.id) == []


def test_a_lower_second_look_takes_nothing_away(taken, trainer, other):
    grade(trainer, taken, 2)
    ask(taken)
    grade(other, taken, 0)
    assert (scores(), scores(voided=True)) == ([(3, 4, 1)], [])


def test_a_second_look_is_asked_for_once_and_after_a_grade(taken, trainer):
    with pytest.raises(NoSecondLook):
        ask(taken)
    grade(trainer, taken, 2)
    ask(taken)
    with pytest.raises(NoSecondLook):
        ask(taken)


def test_full_points_need_no_second_look(taken, trainer):
    grade(trainer, taken, 3)
    with pytest.raises(NoSecondLook):
        ask(taken)


def test_a_grade_is_never_changed(taken, trainer):
    grade(trainer, taken, 2)
    row = db.session.scalars(select(SittingGrade)).one()
    row.points = "3"
    with pytest.raises(DBAPIError):
        db.session.flush()
    db.session.rollback()
