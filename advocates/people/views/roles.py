"""Roles: given and taken on the page of a person."""

import uuid
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import abort, current_app, flash
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates import clock
from advocates.access import Permission, Role, actor, requires
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.people import granting, queries
from advocates.people.forms import RoleForm
from advocates.people.models import Person, RoleGrant
from advocates.people.rules import LONGEST_AUDIT
from advocates.people.views import blueprint
from advocates.people.views.people import person_page


@blueprint.post("/people/<uuid:person_id>/roles")
@requires(Permission.MANAGE_PEOPLE)
def grant_role(person_id: uuid.UUID) -> Response | tuple[str, int]:
    db.session.get(Person, person_id) or abort(404)
    form = RoleForm.of_request().offer(queries.cohort_titles())
    if form.is_submitted_and_valid() and _is_sensible(form):
        try:
            granting.grant_role(actor().person_id, person_id, form.role.data, form.cohort(), _expires_at(form))
        except granting.AlreadyGranted:
            db.session.rollback()
            form.role.errors = [_("This person holds this role there already.")]
        else:
            flash(_given(form))
            return commit_and_redirect("people.show_person", person_id=person_id)
    return person_page(person_id, role_form=form), 422


@blueprint.post("/role-grants/<uuid:grant_id>/end")
@requires(Permission.MANAGE_PEOPLE)
def end_role(grant_id: uuid.UUID) -> Response | tuple[str, int]:
    grant = db.session.get(RoleGrant, grant_id) or abort(404)
    try:
        granting.end_role(actor().person_id, grant)
    except granting.LastAdministrator:
        db.session.rollback()
        problem = _("Nobody else can administer the program. First make another administrator, who has signed in.")
        return person_page(grant.person_id, problem=problem), 422
    flash(_("The role is taken back. It ended just now."))
    return commit_and_redirect("people.show_person", person_id=grant.person_id)


def _is_sensible(form: RoleForm) -> bool:
    """Say at the field what an auditor's role needs and what the other roles cannot have."""
    is_auditor, last_day = form.role.data is Role.AUDITOR, form.expires_on.data
    if form.cohort() is not None and form.role.data not in granting.COHORT_ROLES:
        form.cohort_id.errors = [_("Only trainers and auditors have a role in one cohort. Choose every cohort.")]
    if is_auditor and form.cohort() is None:
        form.cohort_id.errors = [_("Choose the cohort that the auditor may read.")]
    today = clock.today(_zone())
    if is_auditor and (last_day is None or not today <= last_day <= today + LONGEST_AUDIT):
        form.expires_on.errors = [_("Type the auditor's last day: from today to a year from now.")]
    if not is_auditor and last_day is not None:
        form.expires_on.errors = [_("Only an auditor's role ends on a day. Leave this empty.")]
    return not form.errors


def _given(form: RoleForm) -> str:
    if form.role.data is Role.TRAINER and form.cohort() is None:
        return _("The trainer role is given. Now assign the trainer to cohorts, on each cohort's page.")
    return _("The role is given. It holds from now on.")


def _expires_at(form: RoleForm) -> datetime | None:
    """The end of the last day, where the program is."""
    last_day = form.expires_on.data
    return datetime.combine(last_day + timedelta(days=1), time(), ZoneInfo(_zone())) if last_day else None


def _zone() -> str:
    return str(current_app.config["SETTINGS"].time_zone)
