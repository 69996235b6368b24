"""The browsers in which somebody is signed in: seen and ended by that person alone."""

import uuid

from flask import abort, current_app, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.audit.recording import record
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.people import queries, signing_in
from advocates.people.models import SignIn
from advocates.people.views import blueprint


@blueprint.get("/profile/sign-ins")
@requires(Permission.SIGNED_IN)
def list_sign_ins() -> str:
    return render_template(
        "people/list_sign_ins.html",
        sign_ins=queries.open_sign_ins(actor().person_id),
        here=actor().sign_in_id,
        zone=current_app.config["SETTINGS"].time_zone,
    )


@blueprint.post("/sign-ins/<uuid:sign_in_id>/end")
@requires(Permission.SIGNED_IN)
def end_sign_in(sign_in_id: uuid.UUID) -> Response:
    sign_in = db.session.get(SignIn, sign_in_id)
    if sign_in is None or sign_in.person_id != actor().person_id:
        abort(404)
    signing_in.end_sign_in(sign_in_id)
    record(actor().person_id, "end_sign_in", sign_in_id=sign_in_id)
    flash(_("That browser is signed out."))
    return commit_and_redirect("people.list_sign_ins")
