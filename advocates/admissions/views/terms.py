"""Whether and when people may apply to a cohort, and the quotas of agencies."""

import uuid
from dataclasses import asdict

from flask import current_app, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.admissions import opening, queries
from advocates.admissions.forms import WindowForm, quotas_from
from advocates.admissions.rules import TermsDraft
from advocates.admissions.views import blueprint
from advocates.cohorts.scope import load_cohort
from advocates.cohorts.seats import quotas_of
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.people.queries import agencies
from advocates.seen import ChangedMeanwhile


@blueprint.route("/cohorts/<uuid:cohort_id>/application-window", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def edit_window(cohort_id: uuid.UUID) -> tuple[str, int] | Response:
    cohort = load_cohort(cohort_id, Permission.MANAGE_COHORTS)
    terms = queries.terms_of(cohort_id)
    form = WindowForm.editing(asdict(TermsDraft.of(terms, cohort.time_zone)))
    if form.is_submitted_and_valid():
        try:
            opening.set_terms(actor().person_id, cohort_id, form.draft(), form.shown)
        except ChangedMeanwhile as changed:
            form.show_both(changed)
            db.session.rollback()
        else:
            flash(_("The terms of applying were saved."))
            return commit_and_redirect("admissions.list_applications", cohort_id=cohort_id)
    address = f"{current_app.config['BASE_ADDRESS']}/apply/{cohort_id}"
    return render_template("admissions/edit_window.html", form=form, cohort=cohort, address=address), form.status


@blueprint.route("/cohorts/<uuid:cohort_id>/quotas", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def edit_quotas(cohort_id: uuid.UUID) -> tuple[str, int] | Response:
    cohort = load_cohort(cohort_id, Permission.MANAGE_COHORTS)
    known, quotas = agencies(), {quota.agency_id: quota for quota in quotas_of(cohort_id)}
    wrong: dict[uuid.UUID, str] = {}
    if request.method == "POST":
        wanted, wrong = quotas_from(known, request.form)
        if not wrong:
            opening.set_quotas(actor().person_id, cohort_id, wanted)
            flash(_("The quotas were saved."))
            return commit_and_redirect("admissions.list_applications", cohort_id=cohort_id)
    typed = {agency.id: request.form.get(f"seats-{agency.id}", "")[:20] for agency in known}
    stored = {agency_id: str(quota.seats) for agency_id, quota in quotas.items()}
    page = render_template(
        "admissions/edit_quotas.html",
        cohort=cohort,
        agencies=known,
        quotas=quotas,
        shown=typed if request.method == "POST" else stored,
        wrong=wrong,
    )
    return page, 422 if wrong else 200
