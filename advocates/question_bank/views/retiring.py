"""Retire a question, and bring it back."""

import uuid

from flask import flash
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.idempotency import commit_and_redirect
from advocates.question_bank import editing
from advocates.question_bank.views import blueprint
from advocates.question_bank.views.loading import load_question


@blueprint.post("/questions/<uuid:question_id>/retire")
@requires(Permission.WRITE_QUESTIONS)
def retire_question(question_id: uuid.UUID) -> Response:
    load_question(question_id, to_write=True)
    editing.retire_question(actor().person_id, question_id)
    flash(_("The question was retired. It is drawn no more; where it was used, it stays."))
    return commit_and_redirect("question_bank.show_question", question_id=question_id)


@blueprint.post("/questions/<uuid:question_id>/bring-back")
@requires(Permission.WRITE_QUESTIONS)
def bring_question_back(question_id: uuid.UUID) -> Response:
    load_question(question_id, to_write=True)
    editing.bring_question_back(actor().person_id, question_id)
    flash(_("The question is back. It can be drawn again."))
    return commit_and_redirect("question_bank.show_question", question_id=question_id)
