"""Ask the supervisors of graduates who agreed to it."""

import uuid

from flask import abort, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.database import db
from advocates.evaluations import inviting, queries
from advocates.evaluations.forms import SupervisorForm
from advocates.evaluations.rules import SurveyKind
from advocates.evaluations.views import blueprint
from advocates.evaluations.views.rounds import load_round
from advocates.idempotency import commit_and_redirect
from advocates.messages.outbox import can_send_mail


@blueprint.route("/survey-rounds/<uuid:round_id>/supervisors", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def ask_supervisor(round_id: uuid.UUID) -> tuple[str, int] | Response:
    row, cohort, _questions = load_round(round_id, Permission.MANAGE_COHORTS)
    if row.round.kind is not SurveyKind.FOLLOW_UP_SUPERVISOR:
        abort(404)
    form, graduates = SupervisorForm.of_request(), queries.graduates_without_supervisor(row.round)
    form.offer(graduates)
    if form.is_submitted_and_valid() and _ask(form, round_id):
        flash(_("The supervisor is asked. The address is kept until the survey closes."))
        return commit_and_redirect("evaluations.ask_supervisor", round_id=round_id)
    page = render_template(
        "evaluations/ask_supervisor.html",
        row=row,
        cohort=cohort,
        form=form,
        graduates=graduates,
        asked=queries.supervisors_of(round_id) if row.is_open else (),
        link_of=None if can_send_mail() else inviting.link_of,
    )
    return page, form.status


def _ask(form: SupervisorForm, round_id: uuid.UUID) -> bool:
    """Whether it was done; else the sentence is at the field."""
    try:
        inviting.ask_supervisor(actor().person_id, round_id, uuid.UUID(form.graduate.data), form.email.data or "")
    except inviting.RoundOver:
        form.email.errors = [_("This survey is closed. Nobody was asked.")]
    except inviting.AddressAsked:
        form.email.errors = [_("This address is asked already, and each person is asked once.")]
    else:
        return True
    db.session.rollback()
    return False
