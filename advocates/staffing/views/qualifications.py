"""What somebody is qualified for."""

import uuid

from flask import abort, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates import clock
from advocates.access import Permission, actor, requires
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.people.models import PersonProfile
from advocates.staffing import assigning
from advocates.staffing.forms import QualificationForm
from advocates.staffing.models import Qualification
from advocates.staffing.queries import qualifications_of
from advocates.staffing.views import blueprint


@blueprint.route("/people/<uuid:person_id>/qualifications", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def list_qualifications(person_id: uuid.UUID) -> tuple[str, int] | Response:
    profile = db.session.get(PersonProfile, person_id)
    if profile is None:
        abort(404)
    form = QualificationForm.of_request()
    if form.is_submitted_and_valid():
        assigning.add_qualification(actor().person_id, person_id, **form.data)
        flash(_("The qualification is added."))
        return commit_and_redirect("staffing.list_qualifications", person_id=person_id)
    rows = qualifications_of([person_id]).get(person_id, ())
    page = render_template(
        "staffing/list_qualifications.html", profile=profile, rows=rows, form=form, today=clock.today()
    )
    return page, 422 if form.errors else 200


@blueprint.post("/qualifications/<uuid:qualification_id>/remove")
@requires(Permission.MANAGE_PEOPLE)
def remove_qualification(qualification_id: uuid.UUID) -> Response:
    row = db.session.get(Qualification, qualification_id)
    if row is None:
        abort(404)
    assigning.remove_qualification(actor().person_id, row)
    flash(_("The qualification is removed."))
    return commit_and_redirect("staffing.list_qualifications", person_id=row.person_id)
