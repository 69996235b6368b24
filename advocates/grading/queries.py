"""Reads for grading, second looks, corrections and analysis. Each says how many statements it sends."""

import hashlib
import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import Select, select

from advocates.cohorts.models import Cohort, Enrollment
from advocates.database import db
from advocates.grading.models import GradeDispute
from advocates.question_bank.models import BankQuestion, QuestionVersion
from advocates.question_bank.rules import Kind, Question, question_of, score
from advocates.sittings.models import (
    Assessment,
    AssessmentOpening,
    Sitting,
    SittingAnswer,
    SittingQuestion,
)
from advocates.sittings.queries import UNGRADED, Grades, Held, grades_of
from advocates.sittings.rules.grading import standing_points

Ids = Collection[uuid.UUID]
WRITTEN = (Kind.ESSAY, Kind.SCENARIO)


@dataclass(frozen=True)
class Taken:
    """One question of a sitting with what was answered and given."""

    id: uuid.UUID
    sitting_id: uuid.UUID
    question_id: uuid.UUID
    question_version_id: uuid.UUID
    question: Question
    answer: Any
    grades: Grades

    @property
    def points(self) -> Fraction | None:
        """None while a person has to grade it."""
        return standing_points(self.question, self.answer, self.grades.by_people, self.grades.at_least)


@dataclass(frozen=True)
class Essay:
    """A written answer of a finished sitting, which a person grades, and the second look that was asked for."""

    taken: Taken
    held: Held
    dispute: GradeDispute | None

    @property
    def is_disputed(self) -> bool:
        return self.dispute is not None and self.dispute.decided_at is None

    @property
    def waits(self) -> bool:
        return self.is_disputed or self.taken.points is None

    @property
    def is_blind(self) -> bool:
        return self.held.assessment.held.is_blind

    @property
    def code(self) -> str:
        """What a blind answer is called. It tells nothing, and sorts the answers by chance."""
        return hashlib.sha256(self.taken.id.bytes).hexdigest()[:4].upper()

    def may_be_graded_by(self, person_id: uuid.UUID) -> bool:
        """Nobody grades their own, and a second look is somebody else's."""
        return person_id != self.held.enrollment.person_id and person_id not in {
            grade.graded_by for grade in self.taken.grades.by_people
        }


def essays_waiting(cohort_id: uuid.UUID) -> Sequence[Essay]:
    """What waits for a grade or a second look in a cohort: oldest first, blind tests by chance. Three statements."""
    open_dispute = GradeDispute.id.is_not(None) & GradeDispute.decided_at.is_(None)
    query = _essays().where(AssessmentOpening.cohort_id == cohort_id, Sitting.attempt_id.is_(None) | open_dispute)
    waiting = [essay for essay in _read(query) if essay.waits]
    return sorted(waiting, key=_place)


def find_essay(sitting_question_id: uuid.UUID) -> Essay | None:
    """One written answer of a finished sitting. Three statements."""
    return next(iter(_read(_essays().where(SittingQuestion.id == sitting_question_id))), None)


def own_essays(sitting_id: uuid.UUID, person_id: uuid.UUID) -> Sequence[Essay]:
    """The written answers of one's own finished sitting, in order. Three statements."""
    query = _essays().where(Sitting.id == sitting_id, Enrollment.person_id == person_id)
    return _read(query.order_by(SittingQuestion.position))


def taken_in(sitting_ids: Ids) -> Mapping[uuid.UUID, Sequence[Taken]]:
    """Everything that the sittings asked, by sitting. Three statements, none without sittings."""
    if not sitting_ids:
        return {}
    rows = db.session.execute(
        select(SittingQuestion, QuestionVersion.question_id, QuestionVersion.content)
        .join(QuestionVersion, QuestionVersion.id == SittingQuestion.question_version_id)
        .where(SittingQuestion.sitting_id.in_(sitting_ids))
        .order_by(SittingQuestion.sitting_id, SittingQuestion.position)
    ).all()
    answers, grades = _answers(SittingAnswer.sitting_id.in_(sitting_ids)), grades_of(sitting_ids)
    questions = {row.question_version_id: question_of(content) for row, _, content in _first(rows)}
    found: dict[uuid.UUID, list[Taken]] = {sitting_id: [] for sitting_id in sitting_ids}
    for row, question_id, _content in rows:
        taken = Taken(
            row.id,
            row.sitting_id,
            question_id,
            row.question_version_id,
            questions[row.question_version_id],
            answers.get(row.id),
            grades.get(row.id, UNGRADED),
        )
        found[row.sitting_id].append(taken)
    return found


def first_sittings(assessment_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """The first finished sitting of each person at this test. One statement."""
    query = (
        select(Enrollment.person_id, Sitting.id)
        .join(Enrollment, Enrollment.id == Sitting.enrollment_id)
        .where(Sitting.assessment_id == assessment_id, Sitting.finished_at.is_not(None))
        .order_by(Sitting.finished_at, Sitting.id)
    )
    first: dict[uuid.UUID, uuid.UUID] = {}
    for person_id, sitting_id in db.session.execute(query):
        first.setdefault(person_id, sitting_id)
    return list(first.values())


def _place(essay: Essay) -> tuple[str, str]:
    finished = essay.held.sitting.finished_at
    when = "" if essay.is_blind or finished is None else finished.isoformat()
    return (when, essay.code)


def _first(rows: Collection[Any]) -> Collection[Any]:
    """One row for each version of a question."""
    return {row[0].question_version_id: row for row in rows}.values()


def _essays() -> Select[*tuple[Any, ...]]:
    return (
        select(
            SittingQuestion,
            BankQuestion.id,
            QuestionVersion.content,
            GradeDispute,
            Sitting,
            AssessmentOpening,
            Assessment,
            Enrollment,
            Cohort,
        )
        .join(QuestionVersion, QuestionVersion.id == SittingQuestion.question_version_id)
        .join(BankQuestion, BankQuestion.id == QuestionVersion.question_id)
        .join(Sitting, Sitting.id == SittingQuestion.sitting_id)
        .join(AssessmentOpening, AssessmentOpening.id == Sitting.opening_id)
        .join(Assessment, Assessment.id == Sitting.assessment_id)
        .join(Enrollment, Enrollment.id == Sitting.enrollment_id)
        .join(Cohort, Cohort.id == AssessmentOpening.cohort_id)
        .outerjoin(GradeDispute, GradeDispute.sitting_question_id == SittingQuestion.id)
        .where(Sitting.finished_at.is_not(None), QuestionVersion.kind.in_(WRITTEN))
    )


def _read(query: Select[*tuple[Any, ...]]) -> list[Essay]:
    """Only answers in which somebody wrote: an empty one waits for nobody."""
    rows = db.session.execute(query, execution_options={"populate_existing": True}).all()
    if not rows:
        return []
    answers = _answers(SittingAnswer.sitting_question_id.in_([row[0].id for row in rows]))
    grades = grades_of({row[0].sitting_id for row in rows})
    found = []
    for asked, question_id, content, dispute, *held in rows:
        question, answer = question_of(content), answers.get(asked.id)
        if score(question, answer).needs_person:
            given = grades.get(asked.id, UNGRADED)
            taken = Taken(asked.id, asked.sitting_id, question_id, asked.question_version_id, question, answer, given)
            found.append(Essay(taken, Held(*held), dispute))
    return found


def _answers(where: Any) -> dict[uuid.UUID, Any]:
    """The current answer by the sitting's question. One statement."""
    query = select(SittingAnswer.sitting_question_id, SittingAnswer.answer).where(where)
    rows = db.session.execute(query.order_by(SittingAnswer.version))
    return {asked_id: json.loads(answer) for asked_id, answer in rows}
