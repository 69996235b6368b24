"""Propose that a gate be set aside, and decide about it."""

import uuid

from flask import abort, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.cohorts.queries import EnrollmentRow
from advocates.cohorts.scope import load_enrollment
from advocates.credentials import waiving
from advocates.credentials.eligibility import assess_in_full
from advocates.credentials.forms import WAIVER_REFUSALS, DecisionForm, WaiverForm
from advocates.credentials.models import Waiver, WaiverState
from advocates.credentials.rules import WaiverReason
from advocates.credentials.views import blueprint
from advocates.credentials.views.graduation import graduation_page
from advocates.database import db
from advocates.idempotency import commit_and_redirect


@blueprint.route("/enrollments/<uuid:enrollment_id>/waivers", methods=["GET", "POST"])
@requires(Permission.PROPOSE_WAIVERS)
def propose_waiver(enrollment_id: uuid.UUID) -> tuple[str, int] | Response:
    row = load_enrollment(enrollment_id, Permission.PROPOSE_WAIVERS)
    form = WaiverForm.of_request().offer(_open_gates(enrollment_id))
    if not form.is_submitted_and_valid():
        return _page(form, row), 422 if form.errors else 200
    try:
        waiving.propose_waiver(actor().person_id, enrollment_id, form.requirement.data, WaiverReason(form.reason.data))
    except waiving.WaiverRefused as refused:
        form.requirement.errors = [str(WAIVER_REFUSALS[refused.refusal])]
        return _page(form, row), 422
    flash(_("The waiver is proposed. Somebody else, an administrator, decides about it."))
    return commit_and_redirect("credentials.show_graduation", cohort_id=row.cohort.id)


@blueprint.post("/waivers/<uuid:waiver_id>/decide")
@requires(Permission.APPROVE_WAIVERS)
def decide_waiver(waiver_id: uuid.UUID) -> tuple[str, int] | Response:
    waiver = db.session.get(Waiver, waiver_id) or abort(404)
    row = load_enrollment(waiver.enrollment_id, Permission.APPROVE_WAIVERS)
    form = DecisionForm.of_request()
    if not form.is_submitted_and_valid():
        return graduation_page(row.cohort, _("Choose whether to approve or to refuse the waiver.")), 422
    is_approved = form.decision.data == "approve"
    try:
        waiving.decide_waiver(actor().person_id, waiver, is_approved=is_approved)
    except waiving.WaiverRefused as refused:
        return graduation_page(row.cohort, str(WAIVER_REFUSALS[refused.refusal])), 409
    flash(_("The waiver is approved.") if is_approved else _("The waiver is refused."))
    return commit_and_redirect("credentials.show_graduation", cohort_id=row.cohort.id)


def _open_gates(enrollment_id: uuid.UUID) -> list[str]:
    """The keys of what may still be proposed."""
    assessment = assess_in_full([enrollment_id])
    standing = {w.requirement for w in assessment.waivers[enrollment_id] if w.state is not WaiverState.REFUSED}
    return [gate.key for gate in assessment.verdicts[enrollment_id].open_gates if gate.key not in standing]


def _page(form: WaiverForm, row: EnrollmentRow) -> str:
    is_own = row.enrollment.person_id == actor().person_id
    return render_template("credentials/propose_waiver.html", form=form, row=row, is_own=is_own)
