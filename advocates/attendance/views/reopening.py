"""Opening a signed-off session again."""

import uuid

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.attendance.open_register import RegisterClosed
from advocates.attendance.reopen_form import ReopenSessionForm
from advocates.attendance.reopening import refuse_reopening, resting_on
from advocates.attendance.reopening import reopen_session as reopen
from advocates.attendance.rules import ReopenReason
from advocates.attendance.views import blueprint
from advocates.attendance.views.refusals import refuse_cancelled
from advocates.cohorts.models import Cohort
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.schedule.models import TrainingSession
from advocates.schedule.scope import load_session


@blueprint.route("/sessions/<uuid:session_id>/reopen", methods=["GET", "POST"])
@requires(Permission.REOPEN_SESSIONS)
def reopen_session(session_id: uuid.UUID) -> tuple[str, int] | Response:
    session, cohort = load_session(session_id, Permission.REOPEN_SESSIONS)
    refuse_cancelled(session)
    form = ReopenSessionForm.of_request()
    if form.is_submitted_and_valid():
        try:
            reopen(actor().person_id, session_id, ReopenReason(form.data["reason"]))
        except RegisterClosed as refusal:
            db.session.rollback()
            return _page(session, cohort, form, refusal), 409
        flash(_("Opened again. Nothing of it is credited until it is signed off once more."), "warning")
        return commit_and_redirect("attendance.take_attendance", session_id=session_id)
    return _page(session, cohort, form), form.status


def _page(
    session: TrainingSession, cohort: Cohort, form: ReopenSessionForm, refusal: RegisterClosed | None = None
) -> str:
    try:
        refuse_reopening(actor().person_id, session, resting_on(session))
    except RegisterClosed as found:
        refusal = refusal or found
    obstacle = _(refusal.message) if refusal else None
    return render_template(
        "attendance/reopen_session.html", session=session, cohort=cohort, form=form, obstacle=obstacle
    )
