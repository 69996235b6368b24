"""Taking the sign-off of a skill back."""

import uuid

from flask import abort, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.assessments import voiding
from advocates.assessments.forms import VoidForm
from advocates.assessments.models import SkillSignOff
from advocates.assessments.rules import VoidReason
from advocates.assessments.views import blueprint
from advocates.cohorts.scope import load_enrollment
from advocates.database import db
from advocates.idempotency import commit_and_redirect

Page = tuple[str, int] | Response
PERMISSION = Permission.RECORD_ASSESSMENTS


@blueprint.route("/skill-sign-offs/<uuid:sign_off_id>/void", methods=["GET", "POST"])
@requires(PERMISSION)
def void_sign_off(sign_off_id: uuid.UUID) -> Page:
    sign_off = db.session.get(SkillSignOff, sign_off_id) or abort(404)
    person = load_enrollment(sign_off.enrollment_id, PERMISSION)
    form = VoidForm.of_request()
    if not form.is_submitted_and_valid():
        page = render_template("assessments/void_sign_off.html", form=form, sign_off=sign_off, person=person)
        return page, 422 if form.errors else 200
    try:
        voiding.void_sign_off(actor(), sign_off.id, VoidReason(form.reason.data))
    except voiding.VoidRefused:
        abort(409, _("This signature was taken back already, or it is about you."))
    flash(_("The signature is taken back."))
    return commit_and_redirect("skills.show_skills", cohort_id=person.cohort.id)
