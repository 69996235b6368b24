"""Closing a cohort, and opening it again."""

import uuid

from flask import abort, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.cohorts.scope import load_cohort
from advocates.idempotency import commit_and_redirect
from advocates.overview import closing
from advocates.overview.forms import CloseForm, ReopenForm
from advocates.overview.views import blueprint


@blueprint.route("/cohorts/<uuid:cohort_id>/close", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def close_cohort(cohort_id: uuid.UUID) -> tuple[str, int] | Response:
    cohort = load_cohort(cohort_id, Permission.MANAGE_COHORTS)
    form, refused = CloseForm.of_request(), None
    if form.is_submitted_and_valid():
        try:
            closing.close_cohort(actor().person_id, cohort_id)
        except closing.ClosedAlready:
            abort(409, _("This cohort is closed already."))
        except closing.CannotClose as refusal:
            refused = refusal.hindrances
        else:
            flash(_("The cohort is closed. What was credited, signed and issued stays as it is."))
            return commit_and_redirect("cohorts.show_cohort", cohort_id=cohort_id)
    hindrances = refused or closing.hindrances_of(cohort_id)
    page = render_template("overview/close_cohort.html", cohort=cohort, form=form, hindrances=hindrances)
    return page, 409 if refused else 200


@blueprint.route("/cohorts/<uuid:cohort_id>/reopen", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def reopen_cohort(cohort_id: uuid.UUID) -> tuple[str, int] | Response:
    cohort = load_cohort(cohort_id, Permission.MANAGE_COHORTS)
    form = ReopenForm.of_request()
    if form.is_submitted_and_valid():
        try:
            closing.reopen_cohort(actor().person_id, cohort_id, form.data["reason"].strip())
        except closing.ClosedAlready:
            abort(409, _("This cohort is open already."))
        flash(_("The cohort is open again."))
        return commit_and_redirect("cohorts.show_cohort", cohort_id=cohort_id)
    return render_template("overview/reopen_cohort.html", cohort=cohort, form=form), 422 if form.errors else 200
