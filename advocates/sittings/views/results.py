"""What a sitting came to, as far as the test tells it."""

import uuid

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from advocates import clock
from advocates.access import Permission, requires
from advocates.assessments.rules import AssessmentKind, is_passed
from advocates.curriculum.queries import modules_of
from advocates.sittings.finishing import earned, result_of_sitting
from advocates.sittings.labels import FINISH_WAYS
from advocates.sittings.queries import UNGRADED, answers_of, grades_of, questions_of, tries_of
from advocates.sittings.rules.settings import Feedback
from advocates.sittings.views import blueprint
from advocates.sittings.views.loading import load_held


@blueprint.get("/sittings/<uuid:sitting_id>/result")
@requires(Permission.TAKE_TESTS)
def show_result(sitting_id: uuid.UUID) -> str | Response:
    held = load_held(sitting_id)
    if held.sitting.finished_at is None:
        return redirect(url_for("sittings.take_sitting", sitting_id=sitting_id), 303)
    result = result_of_sitting(sitting_id)
    tries, rule = tries_of(held.enrollment, held.assessment)
    is_post_test = held.sitting.kind is AssessmentKind.POST_TEST
    feedback = held.assessment.held.feedback
    return render_template(
        "sittings/show_result.html",
        held=held,
        result=result,
        tries=tries,
        rule=rule,
        is_post_test=is_post_test,
        has_passed=result.score is not None and is_passed(result.score, result.of, rule),
        titles={str(each.module_id): each.title for each in modules_of(held.assessment.version_id)},
        tells={each.value: feedback.tells(each) for each in Feedback},
        answered=_answered(sitting_id) if feedback is Feedback.ANSWERS else [],
        finish_ways=FINISH_WAYS,
        now=clock.now(),
    )


def _answered(sitting_id: uuid.UUID) -> list[tuple[object, object, object]]:
    """Each question as it was answered, and its points; None while somebody grades it."""
    answers, grades = answers_of(sitting_id), grades_of([sitting_id])
    rows: list[tuple[object, object, object]] = []
    for asked in questions_of(sitting_id):
        answer = answers[asked.row.id].content.answer
        points = earned(asked, answers[asked.row.id], grades.get(asked.row.id, UNGRADED)).points
        rows.append((asked, asked.shown(answer), points))
    return rows
