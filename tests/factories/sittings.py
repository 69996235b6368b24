"""Tests and sittings, committed."""

from datetime import timedelta
from typing import Any

from advocates import clock
from advocates.assessments.rules import AssessmentKind
from advocates.curriculum.queries import modules_of
from advocates.database import db
from advocates.question_bank.queries import current_questions
from advocates.sittings.defining import define_assessment, open_assessment
from advocates.sittings.models import Sitting
from advocates.sittings.queries import find_offer
from advocates.sittings.rules.drawing import Plan
from advocates.sittings.rules.settings import Settings
from advocates.sittings.starting import start_sitting
from tests.factories.question_bank import make_bank


def make_assessment(version: Any, by: Any, *, kind: str = "post_test", questions: Any = None, **settings: Any) -> Any:
    """A test on the given questions in their order (else two of the first module), with choices in stored order."""
    make_bank(version, by, questions=questions)
    if questions is None:
        plan = Plan(quotas={str(modules_of(version.id)[0].module_id): 2})
    else:
        ids = {each.row.key: str(each.row.id) for each in current_questions(version.id)}
        plan = Plan(fixed=tuple(ids[question.key] for question in questions))
    held = Settings(plan, **{"is_shuffled": False, **settings})
    assessment = define_assessment(by.id, version.id, AssessmentKind(kind), "Test of the evening", held)
    db.session.commit()
    return assessment


def make_opening(cohort: Any, assessment: Any, by: Any, *, hours: int | None = 24) -> Any:
    """Open since an hour."""
    opens_at = clock.now() - timedelta(hours=1)
    closes_at = None if hours is None else opens_at + timedelta(hours=hours)
    opening = open_assessment(by.id, cohort, assessment.id, opens_at, closes_at)
    db.session.commit()
    return opening


def make_sitting(opening: Any, enrollment: Any) -> Sitting:
    offer = find_offer(opening.id, enrollment.person_id)
    assert offer is not None
    sitting = start_sitting(offer)
    db.session.commit()
    return sitting
