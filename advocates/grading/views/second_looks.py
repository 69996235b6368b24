"""The grades of one's own written answers, and asking for a second look."""

import uuid

from flask import abort, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.grading import grading
from advocates.grading.grading import may_be_asked
from advocates.grading.queries import find_essay, own_essays
from advocates.grading.views import blueprint
from advocates.idempotency import commit_and_redirect
from advocates.sittings.queries import find_held
from advocates.sittings.rules.settings import Feedback


@blueprint.get("/sittings/<uuid:sitting_id>/grades")
@requires(Permission.TAKE_TESTS)
def list_own_grades(sitting_id: uuid.UUID) -> str:
    held = find_held(sitting_id, actor().person_id) or abort(404)
    is_told = held.assessment.held.feedback.tells(Feedback.SCORE)
    essays = own_essays(sitting_id, actor().person_id) if is_told else []
    return render_template(
        "grading/list_own_grades.html", held=held, essays=essays, is_told=is_told, may_be_asked=may_be_asked
    )


@blueprint.post("/own-answers/<uuid:sitting_question_id>/second-look")
@requires(Permission.TAKE_TESTS)
def ask_second_look(sitting_question_id: uuid.UUID) -> Response:
    essay = find_essay(sitting_question_id) or abort(404)
    if essay.held.enrollment.person_id != actor().person_id:
        abort(404)
    try:
        grading.ask_second_look(actor().person_id, essay)
    except grading.NoSecondLook:
        abort(409, _("A second look at this answer cannot be asked for, or was asked for before."))
    flash(_("Somebody else will look at your answer again. Your points cannot fall by it."))
    return commit_and_redirect("grading.list_own_grades", sitting_id=essay.taken.sitting_id)
