"""The modules of a draft: add one, change one, remove one."""

import uuid

from flask import abort, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.curriculum.models import VersionModule
from advocates.curriculum.queries import VersionWithModules, framework, module_document
from advocates.drafting import editing
from advocates.drafting.forms import ModuleForm, NewModuleForm
from advocates.drafting.rules import module_values
from advocates.drafting.views import blueprint
from advocates.drafting.views.drafts import Total, load_draft
from advocates.idempotency import commit_and_redirect
from advocates.seen import ChangedMeanwhile


@blueprint.route("/curriculum-versions/<uuid:version_id>/modules/add", methods=["GET", "POST"])
@requires(Permission.MANAGE_CURRICULA)
def add_module(version_id: uuid.UUID) -> tuple[str, int] | Response:
    found = load_draft(version_id)
    form = NewModuleForm.of_request(required=True)
    form.choose_from(found.document, framework(), "")
    if form.is_submitted_and_valid():
        try:
            module_id = editing.add_module(actor().person_id, version_id, form.module)
        except editing.KeyKnown:
            form.key.errors = [_("This draft has a module with this key. Choose another.")]
        except editing.TooManyModules:
            form.key.errors = [_("A curriculum has at most 200 modules.")]
        else:
            flash(_("The module was added at the end."))
            return commit_and_redirect("drafting.edit_draft", version_id=version_id, _anchor=f"module-{module_id}")
    return _page("add", found, form), form.status


@blueprint.route("/curriculum-versions/<uuid:version_id>/modules/<uuid:module_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_CURRICULA)
def edit_module(version_id: uuid.UUID, module_id: uuid.UUID) -> tuple[str, int] | Response:
    found = load_draft(version_id)
    row = _row(found, module_id)
    form = ModuleForm.editing(module_values(module_document(row)))
    form.choose_from(found.document, framework(), row.key)
    if form.is_submitted_and_valid():
        try:
            editing.edit_module(actor().person_id, version_id, module_id, form.module, form.shown)
        except ChangedMeanwhile as changed:
            form.show_both(changed)
        except editing.ModuleGone:
            abort(404)
        else:
            flash(_("The module was changed."))
            return commit_and_redirect("drafting.edit_draft", version_id=version_id, _anchor=f"module-{module_id}")
    return _page("edit", found, form, row), form.status


@blueprint.post("/curriculum-versions/<uuid:version_id>/modules/<uuid:module_id>/remove")
@requires(Permission.MANAGE_CURRICULA)
def remove_module(version_id: uuid.UUID, module_id: uuid.UUID) -> Response:
    _row(load_draft(version_id), module_id)
    try:
        editing.remove_module(actor().person_id, version_id, module_id)
    except editing.ModuleGone:
        abort(404)
    flash(_("The module was removed."))
    return commit_and_redirect("drafting.edit_draft", version_id=version_id)


def _row(found: VersionWithModules, module_id: uuid.UUID) -> VersionModule:
    return next((row for row in found.modules if row.module_id == module_id), None) or abort(404)


def _page(what: str, found: VersionWithModules, form: ModuleForm, row: VersionModule | None = None) -> str:
    return render_template(
        f"drafting/{what}_module.html",
        version=found.version,
        form=form,
        row=row,
        bar=Total.of(found.document, row.key if row else ""),
        hours_pattern=_("{h} h {m} min"),
    )
