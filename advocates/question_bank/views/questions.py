"""The questions of a curriculum version, one of them as a taker sees it, and the images."""

import uuid
from collections import Counter
from collections.abc import Sequence
from io import BytesIO
from itertools import pairwise
from typing import Any

from flask import abort, render_template, request, send_file
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.question_bank import labels
from advocates.question_bank.images import image_file
from advocates.question_bank.queries import Stored, current_questions, may_write, versions_of, writers_of
from advocates.question_bank.rules import Difficulty, Kind, question_of
from advocates.question_bank.rules.differences import Line, differences
from advocates.question_bank.shipped_bank import shipped_questions
from advocates.question_bank.views import blueprint
from advocates.question_bank.views.loading import load_bank, load_question


@blueprint.get("/curriculum-versions/<uuid:version_id>/questions")
@requires(Permission.VIEW_QUESTIONS)
def list_questions(version_id: uuid.UUID) -> str:
    found = load_bank(version_id)
    stored = current_questions(version_id)
    shown = _chosen(stored)
    return render_template(
        "question_bank/list_questions.html",
        version=found.version,
        modules=found.modules,
        in_use=Counter(each.row.module_id for each in stored if not each.row.retired_at),
        all=len(stored),
        shown=[(m, rows) for m in found.modules if (rows := [e for e in shown if e.row.module_id == m.module_id])],
        filters=_filters(),
        Kind=Kind,
        Difficulty=Difficulty,
        labels=labels,
        may_write=may_write(actor(), version_id),
        fits_shipped={question.module for question in shipped_questions()} <= {m.key for m in found.modules},
    )


@blueprint.get("/questions/<uuid:question_id>")
@requires(Permission.VIEW_QUESTIONS)
def show_question(question_id: uuid.UUID) -> str:
    stored, found = load_question(question_id)
    versions = versions_of(question_id)
    said = [question_of(version.content) for version in versions]
    return render_template(
        "question_bank/show_question.html",
        version=found.version,
        stored=stored,
        question=said[0],
        module=next(m for m in found.modules if m.module_id == stored.row.module_id),
        versions=versions,
        changes=[differences(old, new) for new, old in pairwise(said)],
        names=writers_of(versions),
        labels=labels,
        line_of=_line,
        may_write=may_write(actor(), found.version.id),
    )


@blueprint.get("/curriculum-versions/<uuid:version_id>/question-images/<sha256>")
@requires(Permission.VIEW_QUESTIONS)
def show_image(version_id: uuid.UUID, sha256: str) -> Response:
    load_bank(version_id)
    stored = image_file(version_id, sha256) or abort(404)
    return send_file(BytesIO(stored.content), mimetype=stored.media_type)


def _filters() -> dict[str, str]:
    names = ("module", "kind", "difficulty", "retired")
    return {name: request.args.get(name, "") for name in names}


def _chosen(stored: Sequence[Stored]) -> list[Stored]:
    wanted = _filters()
    return [
        each
        for each in stored
        if bool(each.row.retired_at) == (wanted["retired"] == "yes")
        and wanted["module"] in {"", str(each.row.module_id)}
        and wanted["kind"] in {"", each.current.kind}
        and wanted["difficulty"] in {"", each.current.difficulty}
    ]


def _line(line: Line) -> str:
    """Part of a question in the reader's language."""
    known: dict[str, Any] = {"True": _("True"), "False": _("False")}
    known |= {kind.value: label for kind, label in labels.KINDS.items()}
    known |= {difficulty.value: label for difficulty, label in labels.DIFFICULTIES.items()}
    return _("%(what)s: %(text)s", what=_(line.label), text=known.get(line.text, line.text))
