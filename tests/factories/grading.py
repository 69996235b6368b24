"""A written answer that somebody graded, committed."""

import json
from typing import Any

from advocates import clock
from advocates.access import Actor, Role
from advocates.audit.recording import record
from advocates.database import db, new_id
from advocates.grading.grading import grade_answer
from advocates.question_bank.queries import current_questions
from advocates.question_bank.rules import Criterion, Kind, Question
from advocates.sittings.models import Sitting, SittingAnswer, SittingQuestion
from advocates.sittings.rules.timing import FinishWay
from tests.factories.sittings import make_assessment

ESSAY = Question(
    Kind.ESSAY, "Say why.", key="say-why", module="A1", points=3, rubric=(Criterion("Says why", 3),), most_words=100
)


def make_graded_essay(opening: Any, version: Any, enrollment: Any, grader: Any) -> Any:
    """A finished sitting of one essay with one point of three: the assessment's and the sitting question's id."""
    assessment = make_assessment(version, grader, questions=(ESSAY,))
    stored = next(each for each in current_questions(version.id) if each.row.key == ESSAY.key)
    now = clock.now()
    sitting = Sitting(
        id=new_id(), enrollment_id=enrollment.id, opening_id=opening.id, assessment_id=assessment.id,
        kind=assessment.kind, number=9, seed="0", started_at=now, finished_at=now, finish_way=FinishWay.SENT,
    )  # fmt: skip
    asked = SittingQuestion(
        id=new_id(), sitting_id=sitting.id, position=1, question_version_id=stored.current.id, arrangement="{}"
    )
    db.session.add(sitting)
    db.session.flush()
    db.session.add(asked)
    answer = SittingAnswer(
        id=new_id(), sitting_id=sitting.id, sitting_question_id=asked.id, version=1,
        answer=json.dumps({"text": "Because."}), is_marked=False, answered_by=enrollment.person_id, answered_at=now,
        client_key=new_id(),
    )  # fmt: skip
    record(enrollment.person_id, "save_answers", rows=[answer], sitting_id=sitting.id, answers=1)
    grade_answer(Actor(grader.id, "", new_id(), frozenset({Role.ADMINISTRATOR})), asked.id, (1,))
    db.session.commit()
    return {"assessment_id": assessment.id, "sitting_question_id": asked.id}
