"""The surveys of a cohort: which there are, opening one, closing one, and which open by themselves."""

import uuid

from flask import abort, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, check_scope, requires
from advocates.cohorts.models import Cohort
from advocates.cohorts.scope import load_cohort
from advocates.database import db
from advocates.evaluations import closing, opening, queries
from advocates.evaluations.forms import OpenRoundForm, PlanForm
from advocates.evaluations.labels import KIND_LABELS
from advocates.evaluations.queries import RoundRow
from advocates.evaluations.rules import Question, SurveyKind
from advocates.evaluations.views import blueprint
from advocates.idempotency import commit_and_redirect
from advocates.seen import ChangedMeanwhile


def load_round(
    round_id: uuid.UUID, permission: Permission = Permission.RUN_SURVEYS
) -> tuple[RoundRow, Cohort, tuple[Question, ...]]:
    """The round with its cohort and questions, or 404 out of the actor's cohorts."""
    found = queries.find_round(round_id) or abort(404)
    check_scope(permission, found[1].id)
    return found


@blueprint.get("/cohorts/<uuid:cohort_id>/surveys")
@requires(Permission.RUN_SURVEYS)
def list_rounds(cohort_id: uuid.UUID) -> str:
    cohort = load_cohort(cohort_id, Permission.RUN_SURVEYS)
    return render_template(
        "evaluations/list_rounds.html",
        cohort=cohort,
        rounds=queries.rounds_of(cohort_id),
        plan=queries.plan_of(cohort_id),
        labels=KIND_LABELS,
        SurveyKind=SurveyKind,
    )


@blueprint.route("/cohorts/<uuid:cohort_id>/surveys/new", methods=["GET", "POST"])
@requires(Permission.RUN_SURVEYS)
def open_round(cohort_id: uuid.UUID) -> tuple[str, int] | Response:
    cohort = load_cohort(cohort_id, Permission.RUN_SURVEYS)
    form, taken = OpenRoundForm.of_request(), {row.round.kind for row in queries.rounds_of(cohort_id)}
    form.offer(cohort, queries.sessions_to_ask_about(cohort_id), taken)
    if form.is_submitted_and_valid():
        try:
            opened = opening.open_round(actor().person_id, cohort_id, form.chosen(), form.closes_at())
        except opening.AskedAlready:
            form.about.errors = [_("This is asked about already: see the list of surveys.")]
            db.session.rollback()
        except opening.NobodyToAsk:
            form.about.errors = [_nobody(form.chosen().kind)]
            db.session.rollback()
        else:
            flash(_("The survey is open. It is on people's home, and they get a mail if they may be written to."))
            return commit_and_redirect("evaluations.show_results", round_id=opened.id)
    return render_template("evaluations/open_round.html", cohort=cohort, form=form), form.status


@blueprint.route("/cohorts/<uuid:cohort_id>/survey-plan", methods=["GET", "POST"])
@requires(Permission.RUN_SURVEYS)
def plan_surveys(cohort_id: uuid.UUID) -> tuple[str, int] | Response:
    cohort = load_cohort(cohort_id, Permission.RUN_SURVEYS)
    form = PlanForm.editing(opening.stored_plan(cohort))
    if form.is_submitted_and_valid():
        wanted = {name: bool(form[name].data) for name in opening.PLANNED}
        try:
            opening.set_plan(actor().person_id, cohort, wanted, form.shown)
        except ChangedMeanwhile as changed:
            form.show_both(changed)
            db.session.rollback()
        else:
            flash(_("Saved. Surveys that are open stay open."))
            return commit_and_redirect("evaluations.list_rounds", cohort_id=cohort_id)
    return render_template("evaluations/plan_surveys.html", cohort=cohort, form=form), form.status


@blueprint.post("/survey-rounds/<uuid:round_id>/closing")
@requires(Permission.RUN_SURVEYS)
def close_round(round_id: uuid.UUID) -> Response:
    load_round(round_id)
    if closing.close_round(actor().person_id, round_id):
        flash(_("The survey is closed. No reminder is sent any more."))
    else:
        flash(_("This survey was closed already."), "info")
    return commit_and_redirect("evaluations.show_results", round_id=round_id)


def _nobody(kind: SurveyKind) -> str:
    if kind is SurveyKind.SESSION:
        return _("Nobody is marked as present at this session yet. Take attendance first.")
    if kind is SurveyKind.END:
        return _("Nobody is in training in this cohort.")
    return _("Nobody of this cohort has completed the training yet.")
