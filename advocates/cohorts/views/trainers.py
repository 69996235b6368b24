"""Assigning a cohort's trainers."""

import uuid

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, Role, actor, requires
from advocates.cohorts import queries, staffing
from advocates.cohorts.forms import TrainersForm
from advocates.cohorts.scope import load_cohort
from advocates.cohorts.views import blueprint
from advocates.idempotency import commit_and_redirect
from advocates.people.queries import people_with_role


@blueprint.route("/cohorts/<uuid:cohort_id>/trainers", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def assign_trainers(cohort_id: uuid.UUID) -> tuple[str, int] | Response:
    cohort = load_cohort(cohort_id, Permission.MANAGE_COHORTS)
    people = people_with_role(Role.TRAINER)
    assigned = [person_id for person_id, _name in queries.trainers(cohort_id)]
    form = TrainersForm.of_request(person_ids=assigned).choose_from(people)
    if not form.is_submitted_and_valid():
        page = render_template("cohorts/assign_trainers.html", form=form, cohort=cohort, people=people)
        return page, 422 if form.errors else 200
    staffing.assign_trainers(actor().person_id, cohort_id, form.person_ids.data or [])
    flash(_("The trainers were saved."))
    return commit_and_redirect("cohorts.show_cohort", cohort_id=cohort_id)
