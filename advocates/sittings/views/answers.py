"""Answers as the page's script saves them, each with what became of it; and the images of the questions."""

import uuid
from typing import Any

from flask import Response, abort, request
from flask_babel import gettext as _

from advocates import clock
from advocates.access import Permission, actor, requires
from advocates.database import db
from advocates.form_token import form_token
from advocates.question_bank.images import image_file
from advocates.question_bank.rules import images_of
from advocates.sittings import saving
from advocates.sittings.forms import UnreadableAnswers, sent_by_script
from advocates.sittings.queries import find_held, questions_of
from advocates.sittings.rules.showing import values_of
from advocates.sittings.views import blueprint
from advocates.sittings.views.loading import seconds_left


@blueprint.get("/sittings/<uuid:sitting_id>/answers")
@requires(Permission.TAKE_TESTS)
def show_answers(sitting_id: uuid.UUID) -> dict[str, Any]:
    """How the sitting stands, with a fresh token for whoever signed in again."""
    held = find_held(sitting_id, actor().person_id) or abort(404)
    return {
        "by": str(actor().person_id),
        "form_token": form_token(),
        "is_over": held.is_over(clock.now()),
        "seconds_left": seconds_left(held),
    }


@blueprint.post("/sittings/<uuid:sitting_id>/answers")
@requires(Permission.TAKE_TESTS)
def save_answers(sitting_id: uuid.UUID) -> tuple[dict[str, Any], int]:
    """What can be stored is; an answer that cannot be does not keep back the others."""
    try:
        by, sent = sent_by_script(request.get_json(silent=True))
    except (UnreadableAnswers, RecursionError):
        if find_held(sitting_id, actor().person_id) is None:
            abort(404)
        abort(400, _("These answers cannot be read. Reload the page and answer again."))
    if by != actor().person_id:
        abort(404 if find_held(sitting_id, actor().person_id) is None else 403)
    try:
        saved = saving.save_answers(actor().person_id, sitting_id, sent)
    except saving.NoSuchSitting:
        abort(404)
    answer = {
        "results": [_result(each) for each in saved.outcomes],
        "is_over": saved.is_late,
        "seconds_left": seconds_left(saved.held),
    }
    if saved.is_late:
        answer["message"] = _("The time is over: this came too late to be saved. What was saved before counts.")
    db.session.commit()
    return answer, 409 if saved.is_late else 200


@blueprint.get("/sittings/<uuid:sitting_id>/images/<digest>")
@requires(Permission.TAKE_TESTS)
def show_question_image(sitting_id: uuid.UUID, digest: str) -> Response:
    """Only an image of a question that this sitting asks."""
    held = find_held(sitting_id, actor().person_id) or abort(404)
    shown = {image.file for each in questions_of(sitting_id) for image in images_of(each.question)}
    file = image_file(held.assessment.version_id, digest) if digest in shown else None
    if file is None:
        abort(404)
    return Response(file.content, mimetype=file.media_type)


def _result(outcome: saving.Outcome) -> dict[str, Any]:
    """What became of one answer, and the fields as they are stored."""
    stands, asked = outcome.stands, outcome.asked
    fields = values_of(asked.shown(stands.content.answer)) if asked else {}
    if asked:
        fields[f"{asked.prefix}-mark"] = ["y"] if stands.content.is_marked else []
    state = outcome.verdict.value if outcome.verdict else "refused" if outcome.error else "late"
    return {
        "client_key": str(outcome.sent.client_key),
        "position": outcome.sent.position,
        "state": state,
        "version": stands.number,
        "fields": fields,
        "message": _(outcome.error.message, **outcome.error.values) if outcome.error else None,
    }
