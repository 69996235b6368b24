"""The competency framework: what it asks for, which modules answer it, and its import."""

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.curriculum import competencies
from advocates.curriculum.forms import TableForm
from advocates.curriculum.queries import framework, modules_naming_competencies
from advocates.curriculum.rules import CurriculumFileError, read_framework
from advocates.curriculum.views import blueprint
from advocates.curriculum.views.problems import sentences
from advocates.idempotency import commit_and_redirect


@blueprint.get("/competencies")
@requires(Permission.VIEW_CURRICULA)
def list_competencies() -> str:
    return render_template(
        "curriculum/list_competencies.html", competencies=framework(), naming=modules_naming_competencies()
    )


@blueprint.route("/competencies/import", methods=["GET", "POST"])
@requires(Permission.MANAGE_CURRICULA)
def import_competencies() -> tuple[str, int] | Response:
    form = TableForm.of_request()
    if not form.is_submitted_and_valid():
        return _page(form, []), 422 if form.errors else 200
    try:
        entries = read_framework(form.content())
    except CurriculumFileError as error:
        return _page(form, sentences(error.problems)), 422
    change = competencies.import_competencies(actor().person_id, entries)
    if change.is_none:
        flash(_("The framework already says exactly what the file says. Nothing was changed."))
    else:
        counts = {"added": change.added, "changed": change.changed, "retired": change.retired}
        flash(_("The framework was imported: %(added)s new, %(changed)s changed, %(retired)s retired.", **counts))
    return commit_and_redirect("curriculum.list_competencies")


def _page(form: TableForm, problems: list[tuple[str, str]]) -> str:
    return render_template("curriculum/import_competencies.html", form=form, problems=problems)
