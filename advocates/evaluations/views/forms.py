"""What each kind of survey asks, for administrators."""

from collections.abc import Mapping

from flask import abort, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.database import db
from advocates.evaluations import queries, writing
from advocates.evaluations.forms import SurveyFormForm
from advocates.evaluations.labels import KIND_LABELS, QUESTION_LABELS, SCALE_LABELS
from advocates.evaluations.models import SurveyForm
from advocates.evaluations.rules import SHIPPED, Question, SurveyKind, questions_from_json
from advocates.evaluations.views import blueprint
from advocates.idempotency import commit_and_redirect


@blueprint.get("/survey-forms")
@requires(Permission.MANAGE_SETTINGS)
def list_survey_forms() -> str:
    stored = queries.current_forms()
    asked = {kind: _current(stored, kind)[1] for kind in SurveyKind}
    return render_template(
        "evaluations/list_survey_forms.html",
        asked=asked,
        stored=stored,
        labels=KIND_LABELS,
        question_labels=QUESTION_LABELS,
        scale_labels=SCALE_LABELS,
    )


@blueprint.route("/survey-forms/<kind>", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def edit_survey_form(kind: str) -> tuple[str, int] | Response:
    if kind not in set(SurveyKind):
        abort(404)
    which = SurveyKind(kind)
    number, questions = _current(queries.current_forms(), which)
    form = SurveyFormForm(questions)
    if request.method == "POST" and form.is_submitted_and_valid() and _write(which, form):
        flash(_("Saved. Surveys that open from now on ask this; open ones keep their questions."))
        return commit_and_redirect("evaluations.list_survey_forms")
    page = render_template(
        "evaluations/edit_survey_form.html", form=form, kind=which, labels=KIND_LABELS, number=number
    )
    return page, form.status


def _current(stored: Mapping[SurveyKind, SurveyForm], kind: SurveyKind) -> tuple[int, tuple[Question, ...]]:
    """The number and the questions in use; the first is the shipped one, stored or not."""
    form = stored.get(kind)
    return (form.number, questions_from_json(form.questions)) if form else (1, SHIPPED[kind])


def _write(kind: SurveyKind, form: SurveyFormForm) -> bool:
    """Whether a version was written; else what hinders it stands on the form."""
    based_on = request.form.get("number", "")
    try:
        writing.write_form(actor().person_id, kind, form.questions(), int(based_on) if based_on.isdigit() else 0)
    except writing.SameForm:
        form.problem = _("The survey asks exactly this already.")
    except writing.NumberTaken:
        form.problem = _("Somebody else changed this survey meanwhile. Look at it in another window, then save again.")
        form.has_met_another = True
    else:
        return True
    db.session.rollback()
    return False
