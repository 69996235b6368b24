"""Reads of tests and sittings. Each function says how many statements it sends, however many rows there are."""

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import Select, select

from advocates.assessments.queries import assessment_facts, rules_of
from advocates.assessments.rules import AssessmentKind, attempts_allowed, attempts_of, passing_attempt
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.curriculum.rules import PostTestRule
from advocates.database import db
from advocates.question_bank.models import BankQuestion, QuestionVersion
from advocates.question_bank.rules import Question, question_of
from advocates.sittings.models import (
    Accommodation,
    Assessment,
    AssessmentOpening,
    Sitting,
    SittingAnswer,
    SittingGrade,
    SittingQuestion,
)
from advocates.sittings.rules.answering import prefix_of
from advocates.sittings.rules.grading import Grade, GradeRole
from advocates.sittings.rules.saving import NOTHING, Content, Version
from advocates.sittings.rules.showing import Shown, show
from advocates.sittings.rules.timing import Extra, Tries, is_over

Ids = Collection[uuid.UUID]


@dataclass(frozen=True)
class Offer:
    """A test that is open for somebody's cohort, or was, and their enrollment there."""

    opening: AssessmentOpening
    assessment: Assessment
    enrollment: Enrollment
    cohort: Cohort


@dataclass(frozen=True)
class Held:
    """A sitting with what it is held by."""

    sitting: Sitting
    opening: AssessmentOpening
    assessment: Assessment
    enrollment: Enrollment
    cohort: Cohort

    def is_over(self, now: Any) -> bool:
        """Whether answers come too late: it is finished, or its time or its test has ended."""
        return self.sitting.finished_at is not None or is_over(self.sitting.due_at, self.opening.window, now)


@dataclass(frozen=True)
class Asked:
    """A question as a sitting asks it."""

    row: SittingQuestion
    question_id: uuid.UUID
    module_id: uuid.UUID
    question: Question

    @property
    def prefix(self) -> str:
        return prefix_of(self.row.position)

    @property
    def arrangement(self) -> Any:
        return json.loads(self.row.arrangement)

    def shown(self, answer: Any) -> Shown:
        return show(self.question, self.arrangement, self.prefix, answer)


@dataclass(frozen=True)
class Grades:
    """What one answer was given by people, the first first, and `at_least` by corrections; `versions` in all."""

    by_people: tuple[Grade, ...] = ()
    at_least: Fraction | None = None
    versions: int = 0

    def and_grade(self, grade: Grade) -> "Grades":
        return Grades((*self.by_people, grade), self.at_least, self.versions + 1)

    def and_at_least(self, points: Fraction) -> "Grades":
        return Grades(self.by_people, max(points, self.at_least or points), self.versions + 1)


UNGRADED = Grades()


def version_of(row: SittingAnswer) -> Version:
    """A stored answer as the rules compare it."""
    return Version(row.version, Content(json.loads(row.answer), row.is_marked), str(row.client_key))


def assessments_of(version_id: uuid.UUID) -> Sequence[Assessment]:
    """The tests of a curriculum version, pre-tests first, the newest first. One statement."""
    query = select(Assessment).where(Assessment.version_id == version_id)
    return db.session.scalars(query.order_by(Assessment.kind.desc(), Assessment.number.desc())).all()


def openings_of(cohort_id: uuid.UUID) -> Sequence[tuple[AssessmentOpening, Assessment]]:
    """The cohort's tests, those that open last first. One statement."""
    rows = db.session.execute(
        select(AssessmentOpening, Assessment)
        .join(Assessment, Assessment.id == AssessmentOpening.assessment_id)
        .where(AssessmentOpening.cohort_id == cohort_id)
        .order_by(AssessmentOpening.opens_at.desc(), AssessmentOpening.id.desc())
    )
    return [(opening, assessment) for opening, assessment in rows]


def sittings_at(opening_id: uuid.UUID) -> Mapping[uuid.UUID, Sequence[Sitting]]:
    """Everybody's sittings of an opening by enrollment, the newest last. One statement."""
    found: dict[uuid.UUID, list[Sitting]] = {}
    query = select(Sitting).where(Sitting.opening_id == opening_id).order_by(Sitting.number)
    for sitting in db.session.scalars(query):
        found.setdefault(sitting.enrollment_id, []).append(sitting)
    return found


def own_offers(person_id: uuid.UUID) -> Sequence[Offer]:
    """The tests of the cohorts that the person trains in, those that open last first. One statement."""
    query = _offers().where(Enrollment.person_id == person_id)
    order = (AssessmentOpening.opens_at.desc(), AssessmentOpening.id.desc())
    return [Offer(*row) for row in db.session.execute(query.order_by(*order))]


def find_offer(opening_id: uuid.UUID, person_id: uuid.UUID) -> Offer | None:
    """The test if it is for this person. One statement."""
    query = _offers().where(AssessmentOpening.id == opening_id, Enrollment.person_id == person_id)
    row = db.session.execute(query).one_or_none()
    return Offer(*row) if row else None


def own_sittings(person_id: uuid.UUID) -> Sequence[Sitting]:
    """One person's sittings, the newest first. One statement."""
    query = select(Sitting).join(Enrollment, Enrollment.id == Sitting.enrollment_id)
    return db.session.scalars(query.where(Enrollment.person_id == person_id).order_by(Sitting.id.desc())).all()


def find_held(sitting_id: uuid.UUID, person_id: uuid.UUID, *, for_update: bool = False) -> Held | None:
    """The sitting if it is this person's own, locked where asked. One statement."""
    query = (
        select(Sitting, AssessmentOpening, Assessment, Enrollment, Cohort)
        .join(AssessmentOpening, AssessmentOpening.id == Sitting.opening_id)
        .join(Assessment, Assessment.id == Sitting.assessment_id)
        .join(Enrollment, Enrollment.id == Sitting.enrollment_id)
        .join(Cohort, Cohort.id == AssessmentOpening.cohort_id)
        .where(Sitting.id == sitting_id, Enrollment.person_id == person_id)
    )
    if for_update:
        query = query.with_for_update(of=Sitting).execution_options(populate_existing=True)
    row = db.session.execute(query).one_or_none()
    return Held(*row) if row else None


def questions_of(sitting_id: uuid.UUID, positions: Collection[int] | None = None) -> Sequence[Asked]:
    """What the sitting asks, in order; only those positions where asked. One statement."""
    query = (
        select(SittingQuestion, BankQuestion.id, BankQuestion.module_id, QuestionVersion.content)
        .join(QuestionVersion, QuestionVersion.id == SittingQuestion.question_version_id)
        .join(BankQuestion, BankQuestion.id == QuestionVersion.question_id)
        .where(SittingQuestion.sitting_id == sitting_id)
        .order_by(SittingQuestion.position)
    )
    if positions is not None:
        query = query.where(SittingQuestion.position.in_(positions))
    rows = db.session.execute(query)
    return [Asked(row, question_id, module_id, question_of(text)) for row, question_id, module_id, text in rows]


def answers_of(sitting_id: uuid.UUID) -> Mapping[uuid.UUID, Version]:
    """The current answer by the sitting's question; `NOTHING` where there is none. One statement."""
    found: dict[uuid.UUID, Version] = _Answers()
    query = select(SittingAnswer).where(SittingAnswer.sitting_id == sitting_id).order_by(SittingAnswer.version)
    for row in db.session.scalars(query):
        found[row.sitting_question_id] = version_of(row)
    return found


def grades_of(sitting_ids: Ids) -> Mapping[uuid.UUID, Grades]:
    """What was given by the sitting's question; who was given nothing is left out. One statement."""
    found: dict[uuid.UUID, Grades] = {}
    query = select(SittingGrade).where(SittingGrade.sitting_id.in_(sitting_ids)).order_by(SittingGrade.version)
    for row in db.session.scalars(query):
        before = found.get(row.sitting_question_id, UNGRADED)
        if row.role is GradeRole.REGRADE:
            found[row.sitting_question_id] = before.and_at_least(Fraction(row.points))
        else:
            grade = Grade(row.role, row.graded_by, tuple(json.loads(row.criteria)))
            found[row.sitting_question_id] = before.and_grade(grade)
    return found


def extras_of(enrollment_ids: Ids) -> Mapping[uuid.UUID, Extra]:
    """What each was granted; who was granted nothing is left out. One statement."""
    query = select(Accommodation).where(
        Accommodation.enrollment_id.in_(enrollment_ids), Accommodation.ended_at.is_(None)
    )
    return {row.enrollment_id: row.extra for row in db.session.scalars(query)}


def tries_of(enrollment: Enrollment, assessment: Assessment) -> tuple[Tries, PostTestRule]:
    """Where one person stands in this kind of test, and the version's rule. Seven statements, eight with transfers."""
    kind = assessment.kind
    rule = rules_of([enrollment.curriculum_version_id])[enrollment.curriculum_version_id].post_test
    facts = assessment_facts([enrollment.id])[enrollment.id]
    attempts = attempts_of(kind, facts)
    standing = {attempt.id for attempt in attempts}
    ended = db.session.scalars(
        select(Sitting).where(
            Sitting.enrollment_id == enrollment.id, Sitting.kind == kind, Sitting.finished_at.is_not(None)
        )
    ).all()
    waiting = [sitting for sitting in ended if sitting.attempt_id is None]
    counted = [s.finished_at for s in ended if s.finished_at and (s.attempt_id is None or s.attempt_id in standing)]
    is_post_test = kind is AssessmentKind.POST_TEST
    extra = extras_of([enrollment.id]).get(enrollment.id, Extra())
    tries = Tries(
        made=len(attempts) + len(waiting),
        allowed=attempts_allowed(kind, rule) + (extra.attempts if is_post_test else 0),
        is_passed=is_post_test and passing_attempt(attempts, rule) is not None,
        is_graded=not waiting,
        last_ended_at=max(counted, default=None),
        wait_hours=assessment.held.wait_hours,
    )
    return tries, rule


class _Answers(dict[uuid.UUID, Version]):
    def __missing__(self, _key: uuid.UUID) -> Version:
        return NOTHING


def _offers() -> Select[AssessmentOpening, Assessment, Enrollment, Cohort]:
    """Who trains in a cohort is offered the tests of their own curriculum version there."""
    return (
        select(AssessmentOpening, Assessment, Enrollment, Cohort)
        .join(Assessment, Assessment.id == AssessmentOpening.assessment_id)
        .join(Cohort, Cohort.id == AssessmentOpening.cohort_id)
        .join(Placement, Placement.cohort_id == AssessmentOpening.cohort_id)
        .join(Enrollment, Enrollment.id == Placement.enrollment_id)
        .where(
            Placement.ended_at.is_(None),
            Enrollment.status == EnrollmentStatus.ENROLLED,
            Enrollment.curriculum_version_id == Assessment.version_id,
        )
    )
