"""The public pages: which trainings take applications, and applying to one. No account."""

import uuid

from flask import abort, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, requires
from advocates.admissions import applying, queries
from advocates.admissions.forms import ApplyForm
from advocates.admissions.rules import Terms, WindowState, last_day
from advocates.admissions.views import blueprint
from advocates.cohorts.models import Cohort
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.messages.outbox import can_send_mail
from advocates.people import signing_in
from advocates.people.queries import agencies
from advocates.people.registering import EmailTaken


@blueprint.get("/apply")
@requires(Permission.PUBLIC)
def list_openings() -> str:
    return render_template("admissions/list_openings.html", openings=queries.openings())


@blueprint.route("/apply/<uuid:cohort_id>", methods=["GET", "POST"])
@requires(Permission.PUBLIC)
def apply(cohort_id: uuid.UUID) -> tuple[str, int] | Response:
    cohort, terms, state = _load(cohort_id)
    consent = queries.current_consent()
    if state is not WindowState.OPEN or consent is None:
        page = render_template("admissions/_not_open.html", cohort=cohort, terms=terms, state=state)
        return page, 200 if request.method == "GET" else 409
    form = ApplyForm.of_request().choose_from(agencies())
    problem = _apply(cohort_id, form) if form.is_submitted_and_valid() else None
    if form.is_noted:
        return commit_and_redirect("admissions.application_received", cohort_id=cohort_id)
    consent = queries.current_consent()
    page = render_template(
        "admissions/apply.html",
        cohort=cohort,
        last_day=last_day(terms.closes_at, cohort.time_zone),
        form=form,
        consent=consent,
        problem=problem,
        can_send_mail=can_send_mail(),
    )
    return page, 422 if form.errors or problem else 200


@blueprint.get("/apply/<uuid:cohort_id>/received")
@requires(Permission.PUBLIC)
def application_received(cohort_id: uuid.UUID) -> str:
    cohort, _terms, _state = _load(cohort_id)
    return render_template("admissions/application_received.html", cohort=cohort, can_send_mail=can_send_mail())


def _load(cohort_id: uuid.UUID) -> tuple[Cohort, Terms, WindowState]:
    """404 where the cohort takes no applications at all, as where there is none."""
    cohort = db.session.get(Cohort, cohort_id) or abort(404)
    terms = queries.terms_of(cohort_id)
    state = queries.state_of(terms, cohort)
    if state is WindowState.OFF:
        abort(404)
    return cohort, terms, state


def _apply(cohort_id: uuid.UUID, form: ApplyForm) -> str | None:
    """Note the application and mark the form so, or say what stands against it."""
    applicant = form.applicant()
    limits = signing_in.throttle("apply", applicant.email, request.remote_addr or "")
    if signing_in.is_throttled(limits):
        return _("Too many applications were sent. Wait five minutes, then send it again.")
    try:
        applying.apply(cohort_id, applicant, form.consented_to(), limits)
        form.is_noted = True
        return None
    except EmailTaken:  # the same person was quicker by a moment, on another page: the answer is the same
        db.session.rollback()
        form.is_noted = True
        return None
    except applying.ConsentChanged:
        problem = _("The text that you agree to has changed. Read it and send the form again.")
        form.consents.data = False
    except applying.NotOpen:
        problem = _("Applications have closed in the meantime. Nothing was stored.")
    db.session.rollback()
    return problem
