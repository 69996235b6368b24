"""What is on its way by mail, what arrived at the mail server, and what was given up."""

import uuid

from flask import Blueprint, abort, current_app, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.idempotency import commit_and_redirect
from advocates.messages import labels, queries, resending
from advocates.messages.models import MessageState
from advocates.messages.outbox import can_send_mail

blueprint = Blueprint("messages", __name__)


@blueprint.get("/messages")
@requires(Permission.MANAGE_PEOPLE)
def list_messages() -> str:
    wanted = request.args.get("state")
    state = MessageState(wanted) if wanted in set(MessageState) else None
    return render_template(
        "messages/list_messages.html",
        page=queries.messages_page(state, request.args.get("page", 1, int)),
        state=state,
        states=MessageState,
        labels=labels,
        can_send_mail=can_send_mail(),
        zone=current_app.config["SETTINGS"].time_zone,
    )


@blueprint.post("/messages/<uuid:message_id>/resend")
@requires(Permission.MANAGE_PEOPLE)
def resend_message(message_id: uuid.UUID) -> Response:
    try:
        resending.resend_message(actor().person_id, message_id)
    except LookupError:
        abort(404)
    except resending.NothingToResend:
        abort(409, _("This mail is on its way or was sent. To write again, make a new link on the person's page."))
    flash(_("The mail is tried again now."))
    return commit_and_redirect("messages.list_messages")
