"""The modules of a version as a CSV table: out to a spreadsheet, and back in as a draft."""

import uuid
from io import BytesIO

from flask import flash, render_template, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.curriculum import importing
from advocates.curriculum.forms import TableForm
from advocates.curriculum.queries import VersionWithModules
from advocates.curriculum.rules import CurriculumFileError, read_modules, write_modules
from advocates.curriculum.rules.module_table import COLUMNS
from advocates.curriculum.views import blueprint
from advocates.curriculum.views.curricula import load_version
from advocates.curriculum.views.problems import sentences
from advocates.idempotency import commit_and_redirect


@blueprint.get("/curriculum-versions/<uuid:version_id>/modules.csv")
@requires(Permission.VIEW_CURRICULA)
def export_modules(version_id: uuid.UUID) -> Response:
    found = load_version(version_id)
    # A spreadsheet reads UTF-8 as such only behind a byte order mark.
    return send_file(
        BytesIO(write_modules(found.document).encode("utf-8-sig")),
        mimetype="text/csv",
        as_attachment=True,
        download_name=f"{found.version.title} {found.version.number}.csv",
    )


@blueprint.route("/curriculum-versions/<uuid:version_id>/import-modules", methods=["GET", "POST"])
@requires(Permission.MANAGE_CURRICULA)
def import_modules(version_id: uuid.UUID) -> tuple[str, int] | Response:
    found, form = load_version(version_id), TableForm.of_request()
    if not form.is_submitted_and_valid():
        return _page(found, form, []), 422 if form.errors else 200
    try:
        document = read_modules(form.content(), found.document)
    except CurriculumFileError as error:
        return _page(found, form, sentences(error.problems)), 422
    imported = importing.import_modules(actor().person_id, version_id, document)
    if imported.is_new:
        flash(_("The modules were imported into a new draft. Check it, then publish it."))
    else:
        flash(_("This version already has exactly these modules. Nothing was changed."))
    return commit_and_redirect("curriculum.show_version", version_id=imported.version_id)


def _page(found: VersionWithModules, form: TableForm, problems: list[tuple[str, str]]) -> str:
    return render_template(
        "curriculum/import_modules.html", version=found.version, form=form, problems=problems, columns=COLUMNS
    )
