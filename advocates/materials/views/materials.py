"""The materials of a version, for those whom it is given to; adding and retiring them."""

import re
import uuid
from io import BytesIO

from flask import abort, current_app, flash, render_template, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.curriculum.models import MaterialKind, ModuleMaterial
from advocates.curriculum.queries import VersionWithModules, version_with_modules
from advocates.database import db
from advocates.files.models import StoredFile
from advocates.files.rules import BY_MEDIA_TYPE
from advocates.idempotency import commit_and_redirect
from advocates.materials import adding
from advocates.materials.forms import MaterialForm
from advocates.materials.queries import given_to, materials_of
from advocates.materials.rules import TAKEN
from advocates.materials.views import blueprint
from advocates.uploads import takes_files_up_to


@blueprint.get("/curriculum-versions/<uuid:version_id>/materials")
@requires(Permission.VIEW_MATERIALS)
def show_materials(version_id: uuid.UUID) -> str:
    found = version_with_modules(version_id) or abort(404)
    given = given_to(actor(), version_id)
    modules = [module for module in found.modules if given.has(module.module_id)]
    if not modules and not given.is_all:
        abort(404)
    return render_template(
        "materials/show_materials.html",
        version=found.version,
        modules=modules,
        materials=materials_of(version_id),
        types=BY_MEDIA_TYPE,
    )


@blueprint.get("/materials/<uuid:material_id>")
@requires(Permission.VIEW_MATERIALS)
def download_material(material_id: uuid.UUID) -> Response:
    material = db.session.get(ModuleMaterial, material_id) or abort(404)
    if material.kind is not MaterialKind.FILE or not given_to(actor(), material.version_id).has(material.module_id):
        abort(404)
    if material.retired_at is not None and not actor().may(Permission.MANAGE_CURRICULA):
        abort(404)
    stored = db.session.get_one(StoredFile, material.file_id)
    name = re.sub(r'[\\/:*?"<>|]+', "-", material.title)
    return send_file(
        BytesIO(stored.content),
        mimetype=stored.media_type,
        as_attachment=True,
        download_name=f"{name}.{BY_MEDIA_TYPE[stored.media_type].extension}",
    )


@blueprint.route(
    "/curriculum-versions/<uuid:version_id>/modules/<uuid:module_id>/materials/add", methods=["GET", "POST"]
)
@requires(Permission.MANAGE_CURRICULA)
@takes_files_up_to("largest_material_bytes")
def add_material(version_id: uuid.UUID, module_id: uuid.UUID) -> tuple[str, int] | Response:
    found = version_with_modules(version_id) or abort(404)
    module = next((row for row in found.modules if row.module_id == module_id), None) or abort(404)
    form = MaterialForm.of_request()
    if form.is_submitted_and_valid():
        _add(form, found, module_id)
        flash(_("The material was added."))
        return commit_and_redirect("materials.show_materials", version_id=version_id, _anchor=f"module-{module_id}")
    most = current_app.config["SETTINGS"].largest_material_bytes // 1024**2
    page = render_template(
        "materials/add_material.html", version=found.version, module=module, form=form, most=most, types=TAKEN
    )
    return page, form.status


@blueprint.post("/materials/<uuid:material_id>/retire")
@requires(Permission.MANAGE_CURRICULA)
def retire_material(material_id: uuid.UUID) -> Response:
    material = db.session.get(ModuleMaterial, material_id) or abort(404)
    adding.retire_material(actor().person_id, material_id)
    flash(_("The material was retired. It is given to nobody any more."))
    return commit_and_redirect("materials.show_materials", version_id=material.version_id)


def _add(form: MaterialForm, found: VersionWithModules, module_id: uuid.UUID) -> None:
    where = (actor().person_id, found.version.id, module_id, str(form.title.data))
    if form.file_type is not None:
        adding.add_file(*where, form.content, form.file_type.media_type)
    else:
        adding.add_link(*where, str(form.url.data))
