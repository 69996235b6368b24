"""Reading curricula and their versions."""

import uuid
from io import BytesIO
from itertools import accumulate

from flask import abort, render_template, send_file
from werkzeug.wrappers import Response

from advocates.access import Permission, requires
from advocates.curriculum import labels
from advocates.curriculum.queries import (
    VersionWithModules,
    comparable_versions,
    framework,
    list_versions,
    version_with_modules,
)
from advocates.curriculum.rules import (
    modules_by_competency,
    publishing_problems,
    required_minutes_total,
    rule_sentences,
    write_document,
)
from advocates.curriculum.views import blueprint
from advocates.curriculum.views.problems import sentences
from advocates.curriculum.wording import items_of, said


@blueprint.get("/curricula")
@requires(Permission.VIEW_CURRICULA)
def list_curricula() -> str:
    return render_template("curriculum/list_curricula.html", versions=list_versions())


@blueprint.get("/curriculum-versions/<uuid:version_id>")
@requires(Permission.VIEW_CURRICULA)
def show_version(version_id: uuid.UUID) -> str:
    return version_page(load_version(version_id))


@blueprint.get("/curriculum-versions/<uuid:version_id>/export")
@requires(Permission.VIEW_CURRICULA)
def export_version(version_id: uuid.UUID) -> Response:
    found = load_version(version_id)
    return send_file(
        BytesIO(write_document(found.document).encode()),
        mimetype="application/json",
        as_attachment=True,
        download_name=f"{found.version.title} {found.version.number}.json",
    )


def load_version(version_id: uuid.UUID) -> VersionWithModules:
    """The version, or 404."""
    return version_with_modules(version_id) or abort(404)


def version_page(found: VersionWithModules) -> str:
    document = found.document
    competencies = framework()
    keys = [competency.key for competency in competencies]
    return render_template(
        "curriculum/show_version.html",
        version=found.version,
        document=document,
        running=list(accumulate(m.contact_minutes if m.required else 0 for m in document.modules)),
        total=required_minutes_total(document),
        problems=[sentence for _, sentence in sentences(publishing_problems(document, keys))],
        labels=labels,
        rules=rule_sentences(document),
        said=said,
        items_of=items_of,
        competencies=competencies,
        naming=modules_by_competency(document),
        others=comparable_versions(found.version),
    )
