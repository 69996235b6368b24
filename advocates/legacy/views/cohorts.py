"""The list of legacy cohorts, one of them, and adding one."""

import uuid

from flask import abort, current_app, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.legacy import queries, recording
from advocates.legacy.forms import LegacyCohortForm
from advocates.legacy.models import LegacyCohort
from advocates.legacy.views import blueprint


@blueprint.get("/legacy-cohorts")
@requires(Permission.MANAGE_COHORTS)
def list_legacy_cohorts() -> str:
    return render_template("legacy/list_legacy_cohorts.html", rows=queries.legacy_cohorts())


@blueprint.route("/legacy-cohorts/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def add_legacy_cohort() -> tuple[str, int] | Response:
    form = LegacyCohortForm.of_request()
    if form.is_submitted_and_valid():
        try:
            cohort_id = recording.add_legacy_cohort(actor().person_id, **form.data)
        except recording.TitleTaken:
            db.session.rollback()
            form.title.errors = [_("A legacy cohort has this title already. Open it to add people.")]
        else:
            flash(_("The legacy cohort is there. Now say who was in it."))
            return commit_and_redirect("legacy.record_past_people", legacy_cohort_id=cohort_id)
    return render_template("legacy/add_legacy_cohort.html", form=form), 422 if form.errors else 200


@blueprint.get("/legacy-cohorts/<uuid:legacy_cohort_id>")
@requires(Permission.MANAGE_COHORTS)
def show_legacy_cohort(legacy_cohort_id: uuid.UUID) -> str:
    cohort = load_legacy_cohort(legacy_cohort_id)
    people = queries.people_of(legacy_cohort_id)
    zone = current_app.config["SETTINGS"].time_zone
    return render_template("legacy/show_legacy_cohort.html", cohort=cohort, people=people, zone=zone)


def load_legacy_cohort(legacy_cohort_id: uuid.UUID) -> LegacyCohort:
    return db.session.get(LegacyCohort, legacy_cohort_id) or abort(404)
