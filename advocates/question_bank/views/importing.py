"""Files of questions: read one in after a look at what it would do, use the shipped bank, write all formats."""

import uuid
from io import BytesIO
from typing import Any

from flask import abort, flash, render_template, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.curriculum.queries import VersionWithModules
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.question_bank import labels
from advocates.question_bank.forms import QuestionsFileForm
from advocates.question_bank.images import image_contents
from advocates.question_bank.importing import NotAsShown, Plan, plan_for, prepare, take_questions
from advocates.question_bank.queries import current_questions
from advocates.question_bank.rules import formats
from advocates.question_bank.rules.exchange import Problem, Unreadable, Written
from advocates.question_bank.rules.formats import Format
from advocates.question_bank.shipped_bank import shipped_questions
from advocates.question_bank.views import blueprint
from advocates.question_bank.views.loading import load_bank
from advocates.uploads import takes_files_up_to


@blueprint.route("/curriculum-versions/<uuid:version_id>/questions/import", methods=["GET", "POST"])
@requires(Permission.WRITE_QUESTIONS)
@takes_files_up_to("largest_material_bytes", comes_back=True)
def import_questions(version_id: uuid.UUID) -> tuple[str, int] | Response:
    found = load_bank(version_id, to_write=True)
    form = QuestionsFileForm.of_request().choose_from(found.modules)
    if not form.is_submitted_and_valid():
        return _page(found, form), form.status
    try:
        file_format = formats.format_of(form.content)
        reading = formats.read(form.content, file_format, form.module.data)
    except Unreadable as refusal:
        form.file.errors = [_said(refusal.problem)]
        form.held.data = ""
        return _page(found, form), 422
    prepared = prepare(version_id, reading, form.module.data)
    if form.confirm.data:
        try:
            plan = take_questions(
                actor().person_id, version_id, prepared.questions, prepared.images, form.seen.data or ""
            )
            return _done(plan, found)
        except NotAsShown:
            db.session.rollback()
    plan = plan_for(version_id, prepared.questions)
    page = _page(found, form, plan=plan, problems=prepared.problems, file_format=file_format)
    return page, 409 if form.confirm.data else 200


@blueprint.post("/curriculum-versions/<uuid:version_id>/questions/shipped")
@requires(Permission.WRITE_QUESTIONS)
def use_shipped_bank(version_id: uuid.UUID) -> Response:
    found = load_bank(version_id, to_write=True)
    if not {question.module for question in shipped_questions()} <= {module.key for module in found.modules}:
        abort(409, _("The shipped questions are on modules that this version does not have."))
    known = {stored.row.key for stored in current_questions(version_id)}
    fresh = [question for question in shipped_questions() if question.key not in known]
    return _done(take_questions(actor().person_id, version_id, fresh), found)


@blueprint.get("/curriculum-versions/<uuid:version_id>/questions/files")
@requires(Permission.VIEW_QUESTIONS)
def list_exports(version_id: uuid.UUID) -> str:
    found = load_bank(version_id)
    written = {each: _written(found, each, {}) for each in Format}
    left_out = {each: [p for p in file.left_out if "image" not in p.message] for each, file in written.items()}
    return render_template(
        "question_bank/list_exports.html",
        version=found.version,
        count=sum(stored.row.retired_at is None for stored in current_questions(version_id)),
        left_out=left_out,
        labels=labels,
        said=_said,
    )


@blueprint.get("/curriculum-versions/<uuid:version_id>/questions/files/<file_format>")
@requires(Permission.VIEW_QUESTIONS)
def export_questions(version_id: uuid.UUID, file_format: str) -> Response:
    found = load_bank(version_id)
    if file_format not in set(Format):
        abort(404)
    wanted = Format(file_format)
    return send_file(
        BytesIO(_written(found, wanted, image_contents(version_id)).text.encode()),
        mimetype=labels.MEDIA_TYPES[wanted],
        as_attachment=True,
        download_name=f"questions {found.version.number}.{labels.EXTENSIONS[wanted]}",
    )


def _written(found: VersionWithModules, file_format: Format, images: dict[str, bytes] | Any) -> Written:
    """The questions in use, in the order of the modules."""
    places = {module.module_id: module.position for module in found.modules}
    stored = [each for each in current_questions(found.version.id) if each.row.retired_at is None]
    stored.sort(key=lambda each: (places[each.row.module_id], each.row.key))
    return formats.write(file_format, [each.question for each in stored], images, found.version.title)


def _done(plan: Plan, found: VersionWithModules) -> Response:
    if plan.new or plan.changed:
        counts = {"new": len(plan.new), "changed": len(plan.changed)}
        flash(_("The questions were taken: %(new)s new, %(changed)s with a new version.", **counts))
    else:
        flash(_("The bank says all of this already. Nothing was changed."), "info")
    return commit_and_redirect("question_bank.list_questions", version_id=found.version.id)


def _page(found: VersionWithModules, form: QuestionsFileForm, **preview: Any) -> str:
    return render_template(
        "question_bank/import_questions.html",
        version=found.version,
        form=form,
        labels=labels,
        said=_said,
        is_changed=bool(preview) and form.confirm.data,
        **{"plan": None, "problems": (), "file_format": None, **preview},
    )


def _said(problem: Problem) -> str:
    """What could not be taken or written, in the reader's language."""
    return str(_(problem.message)) % problem.values
