"""Grade what somebody wrote, line by line; ask for a second look and give one."""

import json
import uuid
from collections.abc import Sequence

from sqlalchemy import select

from advocates import clock
from advocates.access import Actor
from advocates.assessments.models import AssessmentAttempt
from advocates.assessments.recording import raise_score
from advocates.assessments.rules import RaiseReason
from advocates.audit.recording import Changes, record
from advocates.cohorts.models import Enrollment
from advocates.database import db, new_id
from advocates.grading.models import GradeDispute
from advocates.grading.queries import Essay, find_essay
from advocates.sittings.finishing import result_of_sitting, settle
from advocates.sittings.models import Sitting, SittingGrade
from advocates.sittings.queries import Grades, Held
from advocates.sittings.rules.grading import Grade, GradeProblem, GradeRole, grade_problem
from advocates.sittings.rules.settings import Feedback

Pending = dict[uuid.UUID, Grades]


class GradeRefused(Exception):
    """Nothing was stored, and why."""

    def __init__(self, problem: GradeProblem) -> None:
        super().__init__(problem)
        self.problem = problem


class NoSecondLook(Exception):
    """It was asked for before, nobody graded the answer yet, it has all points, or the test tells no result."""


def grade_answer(actor: Actor, sitting_question_id: uuid.UUID, lines: Sequence[int]) -> None:
    """The points of each line of the rubric. The last grade that a sitting waits for records its score; after a second
    look a better one takes its place. Two at once: the second is refused. Raises GradeRefused."""
    essay = _locked(sitting_question_id)
    taken, held = essay.taken, essay.held
    if not essay.waits:
        raise GradeRefused(GradeProblem.GRADED_BEFORE)
    before, is_disputed = taken.grades.by_people, essay.is_disputed
    taker = held.enrollment.person_id
    if problem := grade_problem(taken.question, lines, actor.person_id, taker, before, is_disputed=is_disputed):
        raise GradeRefused(problem)
    grade = Grade(GradeRole.SECOND if before else GradeRole.FIRST, actor.person_id, tuple(lines))
    row = SittingGrade(
        id=new_id(),
        sitting_id=taken.sitting_id,
        sitting_question_id=taken.id,
        version=taken.grades.versions + 1,
        role=grade.role,
        points=str(grade.points),
        criteria=json.dumps(list(lines)),
        graded_by=actor.person_id,
        graded_at=clock.now(),
    )
    if essay.dispute is not None and is_disputed:
        essay.dispute.decided_at, essay.dispute.decided_by = clock.now(), actor.person_id
    changes = take_result(actor.person_id, held, {taken.id: taken.grades.and_grade(grade)}, RaiseReason.SECOND_LOOK)
    record(
        actor.person_id,
        "grade_again" if before else "grade_answer",
        rows=[row],
        changes=changes,
        sitting_id=taken.sitting_id,
        sitting_question_id=taken.id,
        attempt_id=held.sitting.attempt_id,
    )


def take_result(actor_id: uuid.UUID, held: Held, pending: Pending, reason: RaiseReason) -> Changes:
    """Record the score that the sitting comes to with `pending`, or raise the recorded one; before and after of it.

    The caller holds the locks of enrollment and sitting, and writes the audit event with the grades.
    """
    sitting = held.sitting
    if sitting.attempt_id is None:
        settle(held, recorded_by=actor_id, pending=pending)
        return {}
    result = result_of_sitting(sitting.id, pending)
    before = db.session.get_one(AssessmentAttempt, sitting.attempt_id).score
    if result.score is None:
        return {}
    better = raise_score(actor_id, held.enrollment, sitting.attempt_id, result.score, reason)
    if better is None:
        return {}
    sitting.attempt_id = better.id
    return {f"score {sitting.id}": (f"{before}/{better.questions}", f"{better.score}/{better.questions}")}


def ask_second_look(person_id: uuid.UUID, essay: Essay) -> None:
    """At the grade of one's own answer: once, where somebody graded it below all its points. Raises NoSecondLook."""
    fresh = _locked(essay.taken.id)
    if not may_be_asked(fresh) or fresh.held.enrollment.person_id != person_id:
        raise NoSecondLook
    dispute = GradeDispute(id=new_id(), sitting_question_id=fresh.taken.id, asked_by=person_id, asked_at=clock.now())
    db.session.add(dispute)
    record(person_id, "ask_second_look", sitting_id=fresh.taken.sitting_id, sitting_question_id=fresh.taken.id)


def may_be_asked(essay: Essay) -> bool:
    """Whether a second look at this answer can still be asked for."""
    points, settings = essay.taken.points, essay.held.assessment.held
    return (
        essay.dispute is None
        and bool(essay.taken.grades.by_people)
        and points is not None
        and points < essay.taken.question.worth
        and settings.feedback.tells(Feedback.SCORE)
    )


def lock_sitting(sitting_id: uuid.UUID) -> None:
    """The enrollment before the sitting: the order in which everybody takes them."""
    mine = select(Sitting.enrollment_id).where(Sitting.id == sitting_id).scalar_subquery()
    fresh = {"populate_existing": True}
    db.session.scalars(select(Enrollment).where(Enrollment.id == mine).with_for_update(), execution_options=fresh).one()
    db.session.scalars(select(Sitting).where(Sitting.id == sitting_id).with_for_update(), execution_options=fresh).one()


def _locked(sitting_question_id: uuid.UUID) -> Essay:
    essay = find_essay(sitting_question_id)
    if essay is None:
        raise GradeRefused(GradeProblem.NOT_AN_ESSAY)
    lock_sitting(essay.taken.sitting_id)
    fresh = find_essay(sitting_question_id)
    assert fresh is not None  # noqa: S101
    return fresh
