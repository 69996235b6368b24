"""Write a question by hand, and change one: what is stored becomes its next version."""

import json
import uuid
from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.curriculum.queries import VersionWithModules
from advocates.idempotency import commit_and_redirect
from advocates.question_bank import editing, labels
from advocates.question_bank.images import known_images
from advocates.question_bank.queries import current_questions
from advocates.question_bank.question_form import Judged, QuestionForm, judge, spare_rows, stored_values
from advocates.question_bank.rules import Kind
from advocates.question_bank.views import blueprint
from advocates.question_bank.views.loading import load_bank, load_question
from advocates.uploads import takes_files_up_to


@blueprint.route("/curriculum-versions/<uuid:version_id>/questions/add", methods=["GET", "POST"])
@requires(Permission.WRITE_QUESTIONS)
@takes_files_up_to("largest_material_bytes")
def add_question(version_id: uuid.UUID) -> tuple[str, int] | Response:
    found = load_bank(version_id, to_write=True)
    kind = request.form.get("kind") or request.args.get("kind", "")
    form = QuestionForm.of_request(kind=kind, module=request.args.get("module"), difficulty="medium")
    form.prepare(found.modules)
    if kind not in set(Kind):
        return _page("add", found, form, None), 422 if request.method == "POST" else 200
    judged = _judged(form, found)
    if judged.question is not None:
        try:
            question_id = editing.write_question(actor().person_id, version_id, judged.question, judged.images)
        except editing.KeyKnown:
            judged.problems.append(("key", str(form.key.label.text), _("The bank has a question with this name.")))
        else:
            flash(_("The question is in the bank."))
            return commit_and_redirect("question_bank.show_question", question_id=question_id)
    return _page("add", found, form, judged), 422 if judged.problems else 200


@blueprint.route("/questions/<uuid:question_id>/edit", methods=["GET", "POST"])
@requires(Permission.WRITE_QUESTIONS)
@takes_files_up_to("largest_material_bytes")
def edit_question(question_id: uuid.UUID) -> tuple[str, int] | Response:
    stored, found = load_question(question_id, to_write=True)
    form = QuestionForm.of_request(**stored_values(stored.question), number=str(stored.current.number))
    form.prepare(found.modules).kind.data = stored.current.kind.value
    judged = _judged(form, found, stored.row.key)
    if judged.question is not None:
        try:
            is_new = editing.edit_question(
                actor().person_id, question_id, judged.question, judged.images, form.seen_number
            )
        except editing.NewerVersion as newer:
            form.number.data = str(newer.stored.current.number)
            return _page("edit", found, form, judged, stored=stored, newer=newer.stored), 409
        flash(_("The question has a new version.") if is_new else _("It says this already. Nothing was changed."))
        return commit_and_redirect("question_bank.show_question", question_id=question_id)
    return _page("edit", found, form, judged, stored=stored), 422 if judged.problems else 200


def _judged(form: QuestionForm, found: VersionWithModules, key: str = "") -> Judged:
    """Nothing where the form is only shown, or asks for another row."""
    if request.method != "POST":
        spare_rows(form)
        return Judged()
    if wanted := request.form.get("add"):
        form.add_rows(wanted)
        return Judged()
    keys = {stored.row.key for stored in current_questions(found.version.id)}
    judged = judge(form, keys, known_images(found.version.id), key)
    if judged.question is None:
        spare_rows(form)
    return judged


def _page(what: str, found: VersionWithModules, form: QuestionForm, judged: Judged | None, **more: Any) -> str:
    return render_template(
        f"question_bank/{what}_question.html",
        version=found.version,
        form=form,
        judged=judged,
        labels=labels,
        Kind=Kind,
        **{"stored": None, "newer": None, **more},
        objectives=sorted({text for module in found.modules for text in json.loads(module.objectives)}),
        has_lost_image=request.method == "POST" and any(file.filename for file in request.files.values()),
    )
