"""Start a sitting: the draw is made once and kept, so that every reload and every device shows the same questions."""

import json
import secrets
import uuid

from sqlalchemy import func, select

from advocates import clock
from advocates.assessments.rules import AssessmentKind
from advocates.audit.recording import record
from advocates.cohorts.models import Enrollment
from advocates.database import db, new_id
from advocates.question_bank.models import QuestionVersion
from advocates.question_bank.queries import Stored, current_questions
from advocates.sittings.finishing import finish_locked
from advocates.sittings.models import Assessment, Sitting, SittingQuestion
from advocates.sittings.queries import Offer, extras_of, find_held, tries_of
from advocates.sittings.rules.drawing import InBank, arrange, draw, shortages
from advocates.sittings.rules.settings import Settings
from advocates.sittings.rules.timing import Extra, StartProblem, Tries, due_at, start_problem


class StartRefused(Exception):
    """Nothing was started."""

    def __init__(self, problem: StartProblem, tries: Tries) -> None:
        super().__init__(problem)
        self.problem, self.tries = problem, tries


class BankTooSmall(Exception):
    """Questions were retired since the test was defined."""


def start_sitting(offer: Offer) -> Sitting:
    """The sitting that the person has begun, or a new one. Raises StartRefused or BankTooSmall."""
    enrollment = db.session.get_one(Enrollment, offer.enrollment.id, with_for_update=True, populate_existing=True)
    begun = _unfinished(enrollment, offer.assessment.kind)
    if begun is not None:
        return begun
    now, held = clock.now(), offer.assessment.held
    tries, _rule = tries_of(enrollment, offer.assessment)
    is_pre_test = offer.assessment.kind is AssessmentKind.PRE_TEST
    if problem := start_problem(offer.opening.window, tries, now, is_pre_test=is_pre_test):
        raise StartRefused(problem, tries)
    extra = extras_of([enrollment.id]).get(enrollment.id, Extra())
    sitting = Sitting(
        id=new_id(),
        enrollment_id=enrollment.id,
        opening_id=offer.opening.id,
        assessment_id=offer.assessment.id,
        kind=offer.assessment.kind,
        number=_next_number(enrollment.id, offer.assessment.kind),
        seed=secrets.token_hex(16),
        started_at=now,
        due_at=due_at(now, held.minutes, offer.opening.window, extra),
    )
    questions = _draw(sitting, offer.assessment, held)
    db.session.add(sitting)
    db.session.flush()
    db.session.add_all(questions)
    record(
        enrollment.person_id,
        "start_sitting",
        sitting_id=sitting.id,
        enrollment_id=enrollment.id,
        questions=len(questions),
    )
    return sitting


def draw_questions(
    assessment: Assessment, held: Settings, seed: str, preferred: frozenset[str] = frozenset()
) -> list[Stored]:
    """What this seed draws from the bank as it is now. One statement. BankTooSmall."""
    known = {str(each.row.id): each for each in current_questions(assessment.version_id)}
    bank = [InBank(key, str(each.row.module_id)) for key, each in known.items() if each.row.retired_at is None]
    if shortages(held.plan, bank):
        raise BankTooSmall
    return [known[key] for key in draw(held.plan, bank, seed, is_shuffled=held.is_shuffled, preferred=preferred)]


def _draw(sitting: Sitting, assessment: Assessment, held: Settings) -> list[SittingQuestion]:
    preferred = _asked_before(sitting.enrollment_id) if held.pairs_with_pre_test else frozenset()
    drawn = draw_questions(assessment, held, sitting.seed, preferred)
    return [
        SittingQuestion(
            id=new_id(),
            sitting_id=sitting.id,
            position=position,
            question_version_id=stored.current.id,
            arrangement=json.dumps(arrange(stored.question, sitting.seed, str(position), is_shuffled=held.is_shuffled)),
        )
        for position, stored in enumerate(drawn, 1)
    ]


def _unfinished(enrollment: Enrollment, kind: AssessmentKind) -> Sitting | None:
    """The sitting that goes on; one that is over ends here."""
    query = select(Sitting.id).where(Sitting.enrollment_id == enrollment.id, Sitting.kind == kind)
    sitting_id = db.session.scalars(query.where(Sitting.finished_at.is_(None))).one_or_none()
    held = find_held(sitting_id, enrollment.person_id, for_update=True) if sitting_id else None
    if held is None:
        return None
    if held.is_over(clock.now()):
        finish_locked(enrollment.person_id, held)
        return None
    return held.sitting


def _next_number(enrollment_id: uuid.UUID, kind: AssessmentKind) -> int:
    query = select(func.max(Sitting.number)).where(Sitting.enrollment_id == enrollment_id, Sitting.kind == kind)
    return (db.session.scalar(query) or 0) + 1


def _asked_before(enrollment_id: uuid.UUID) -> frozenset[str]:
    """The questions of the person's pre-test."""
    query = (
        select(QuestionVersion.question_id)
        .join(SittingQuestion, SittingQuestion.question_version_id == QuestionVersion.id)
        .join(Sitting, Sitting.id == SittingQuestion.sitting_id)
        .where(Sitting.enrollment_id == enrollment_id, Sitting.kind == AssessmentKind.PRE_TEST)
    )
    return frozenset(map(str, db.session.scalars(query)))
