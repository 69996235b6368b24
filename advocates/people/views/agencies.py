"""The organizations that send trainees."""

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.people import queries, registering
from advocates.people.forms import AgencyForm
from advocates.people.views import blueprint


@blueprint.get("/agencies")
@requires(Permission.MANAGE_PEOPLE)
def list_agencies() -> str:
    return render_template("people/list_agencies.html", agencies=queries.agencies_with_people())


@blueprint.route("/agencies/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def add_agency() -> str | Response | tuple[str, int]:
    form = AgencyForm.of_request()
    if form.is_submitted_and_valid():
        try:
            registering.add_agency(actor().person_id, form.name.data or "", form.community_area.data)
        except registering.AgencyKnown:
            db.session.rollback()
            form.name.errors = [_("This agency is in the list already.")]
        else:
            flash(_("The agency is added."))
            return commit_and_redirect("people.list_agencies")
    return render_template("people/add_agency.html", form=form), 422 if form.errors else 200
