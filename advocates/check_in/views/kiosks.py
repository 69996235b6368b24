"""A kiosk is started on the tablet itself, and ended from anywhere."""

import uuid

from flask import abort, flash
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates import clock
from advocates.access import Permission, actor, requires
from advocates.check_in import kiosks
from advocates.check_in.guarding import KIOSK
from advocates.check_in.models import Kiosk
from advocates.check_in.rules import closes_at
from advocates.check_in.views import blueprint
from advocates.database import db
from advocates.form_token import SIGN_IN, delete_cookie, set_cookie
from advocates.idempotency import commit_and_redirect
from advocates.schedule.scope import load_session


@blueprint.post("/sessions/<uuid:session_id>/kiosk")
@requires(Permission.TAKE_ATTENDANCE)
def start_kiosk(session_id: uuid.UUID) -> Response:
    """The sign-in of this browser ends with it."""
    session, _cohort = load_session(session_id, Permission.TAKE_ATTENDANCE)
    try:
        token = kiosks.start_kiosk(actor().person_id, actor().sign_in_id, session)
    except kiosks.NoKioskNow:
        abort(409, _("A kiosk can be started on the day of the session, until 30 minutes after its end."))
    response = commit_and_redirect("check_in.kiosk")
    set_cookie(response, KIOSK, token, int((closes_at(session.planned_end) - clock.now()).total_seconds()))
    delete_cookie(response, SIGN_IN)
    return response


@blueprint.post("/kiosks/<uuid:kiosk_id>/end")
@requires(Permission.TAKE_ATTENDANCE)
def end_kiosk(kiosk_id: uuid.UUID) -> Response:
    kiosk = db.session.get(Kiosk, kiosk_id) or abort(404)
    load_session(kiosk.session_id, Permission.TAKE_ATTENDANCE)
    kiosks.end_kiosk(actor().person_id, kiosk_id)
    flash(_("The kiosk has ended. The tablet checks nobody in any more."))
    return commit_and_redirect("check_in.confirm_check_ins", session_id=kiosk.session_id)
