"""Moving an enrollment on: accepting an application, withdrawing."""

import uuid

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.cohorts import accepting, moving
from advocates.cohorts.forms import WithdrawForm
from advocates.cohorts.labels import STATUS_LABELS
from advocates.cohorts.queries import EnrollmentRow
from advocates.cohorts.scope import load_enrollment
from advocates.cohorts.seats import QuotaFull
from advocates.cohorts.views import blueprint
from advocates.cohorts.views.cohorts import cohort_page
from advocates.cohorts.views.enrolling import after_enrolling, flash_untold, quota_sentence
from advocates.database import db
from advocates.idempotency import commit_and_redirect


@blueprint.post("/enrollments/<uuid:enrollment_id>/accept")
@requires(Permission.MANAGE_COHORTS)
def accept_application(enrollment_id: uuid.UUID) -> tuple[str, int] | str | Response:
    found = load_enrollment(enrollment_id, Permission.MANAGE_COHORTS)
    try:
        enrolled = accepting.accept_application(actor().person_id, enrollment_id)
    except (moving.MoveRefused, moving.OwnEnrollment, accepting.CohortFull, QuotaFull) as refusal:
        db.session.rollback()
        return cohort_page(found.cohort, _sentence(refusal)), 409
    return after_enrolling(found.cohort, enrolled)


@blueprint.route("/enrollments/<uuid:enrollment_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def withdraw_enrollment(enrollment_id: uuid.UUID) -> tuple[str, int] | Response:
    found = load_enrollment(enrollment_id, Permission.MANAGE_COHORTS)
    form = WithdrawForm.of_request()
    if not form.is_submitted_and_valid():
        return _withdraw_page(found, form), 422 if form.errors else 200
    try:
        untold = moving.withdraw_enrollment(actor().person_id, enrollment_id, form.code())
    except (moving.MoveRefused, moving.OwnEnrollment) as refusal:
        db.session.rollback()
        return _withdraw_page(found, form, _sentence(refusal)), 409
    flash(_("The enrollment was withdrawn. What was credited stays."))
    flash_untold(untold)
    return commit_and_redirect("cohorts.show_cohort", cohort_id=found.cohort.id)


def _withdraw_page(found: EnrollmentRow, form: WithdrawForm, problem: str | None = None) -> str:
    return render_template("cohorts/withdraw_enrollment.html", form=form, found=found, problem=problem)


def _sentence(refusal: Exception) -> str:
    if isinstance(refusal, moving.MoveRefused):
        status = STATUS_LABELS[refusal.status]
        return _("That cannot be done from the status “%(status)s”. Nothing was changed.", status=status)
    if isinstance(refusal, moving.OwnEnrollment):
        return _("You cannot act for your own enrollment. Another administrator can.")
    if isinstance(refusal, QuotaFull):
        return quota_sentence(refusal.quota)
    return _("All seats of this cohort are taken. Give it more seats first.")
