"""Importing a curriculum, and publishing or discarding what was imported."""

import uuid

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.curriculum import importing, publishing
from advocates.curriculum.forms import ImportForm
from advocates.curriculum.rules import CurriculumFileError
from advocates.curriculum.shipped import shipped_documents
from advocates.curriculum.views import blueprint
from advocates.curriculum.views.curricula import load_version, version_page
from advocates.curriculum.views.problems import sentences
from advocates.idempotency import commit_and_redirect


@blueprint.route("/curricula/import", methods=["GET", "POST"])
@requires(Permission.MANAGE_CURRICULA)
def import_curriculum() -> tuple[str, int] | Response:
    form = ImportForm.of_request()
    if not form.is_submitted_and_valid():
        return _import_page(form), 422 if form.errors else 200
    try:
        document = form.document()
    except CurriculumFileError as error:
        return _import_page(form, sentences(error.problems, error.module_keys)), 422
    imported = importing.import_curriculum(actor().person_id, document)
    if imported.is_new:
        flash(_("The curriculum was imported as a draft. Check it, then publish it."))
    else:
        flash(_("This version already says exactly what the file says. Nothing was changed."))
    return commit_and_redirect("curriculum.show_version", version_id=imported.version_id)


@blueprint.post("/curriculum-versions/<uuid:version_id>/copy")
@requires(Permission.MANAGE_CURRICULA)
def copy_version(version_id: uuid.UUID) -> Response:
    load_version(version_id)
    copied_id = importing.copy_version(actor().person_id, version_id)
    flash(_("A new draft was made that says the same. Change it, then publish it."))
    return commit_and_redirect("curriculum.show_version", version_id=copied_id)


@blueprint.post("/curriculum-versions/<uuid:version_id>/publish")
@requires(Permission.MANAGE_CURRICULA)
def publish_version(version_id: uuid.UUID) -> tuple[str, int] | Response:
    found = load_version(version_id)
    try:
        publishing.publish_version(actor().person_id, version_id)
    except publishing.NotReadyToPublish:
        return version_page(found), 422
    except publishing.AlreadyPublished:
        return version_page(found), 409
    flash(_("The version is published. It can no longer change; cohorts can use it."))
    return commit_and_redirect("curriculum.show_version", version_id=version_id)


@blueprint.post("/curriculum-versions/<uuid:version_id>/discard")
@requires(Permission.MANAGE_CURRICULA)
def discard_draft(version_id: uuid.UUID) -> tuple[str, int] | Response:
    found = load_version(version_id)
    try:
        publishing.discard_draft(actor().person_id, version_id)
    except publishing.AlreadyPublished:
        return version_page(found), 409
    flash(_("The draft was discarded."))
    return commit_and_redirect("curriculum.list_curricula")


def _import_page(form: ImportForm, problems: list[tuple[str, str]] | None = None) -> str:
    return render_template(
        "curriculum/import_curriculum.html", form=form, problems=problems or [], shipped=shipped_documents()
    )
