"""The list of cohorts, one cohort, and planning it."""

import uuid

from flask import current_app, flash, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from advocates import clock
from advocates.access import Permission, actor, requires
from advocates.cohorts import labels, planning, queries
from advocates.cohorts.accepting import APPLYING
from advocates.cohorts.forms import CohortForm
from advocates.cohorts.models import Cohort
from advocates.cohorts.rules import SEATED_STATUSES, EnrollmentStatus, may_become
from advocates.cohorts.scope import load_cohort
from advocates.cohorts.views import blueprint
from advocates.cohorts.views.enrolling import flash_untold
from advocates.curriculum.models import CurriculumVersion
from advocates.curriculum.queries import published_versions
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.seen import ChangedMeanwhile


@blueprint.get("/cohorts")
@requires(Permission.VIEW_COHORTS)
def list_cohorts() -> str:
    cohorts = queries.list_cohorts(actor().cohort_ids(Permission.VIEW_COHORTS))
    return render_template("cohorts/list_cohorts.html", cohorts=cohorts, today=clock.today)


@blueprint.get("/cohorts/<uuid:cohort_id>")
@requires(Permission.VIEW_COHORTS)
def show_cohort(cohort_id: uuid.UUID) -> str:
    return cohort_page(load_cohort(cohort_id, Permission.VIEW_COHORTS))


@blueprint.route("/cohorts/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def create_cohort() -> tuple[str, int] | Response:
    form = CohortForm.of_request(time_zone=current_app.config["SETTINGS"].time_zone)
    versions = published_versions()
    form.choose_from(versions)
    if form.is_submitted_and_valid():
        try:
            cohort = planning.create_cohort(actor().person_id, form.draft())
        except planning.TitleTaken:
            db.session.rollback()
            form.title.errors = [_("Another cohort has this title. Choose a different one.")]
        else:
            flash(_("The cohort was created. Lay out its sessions and enroll people."))
            return commit_and_redirect("cohorts.show_cohort", cohort_id=cohort.id)
    return render_template("cohorts/create_cohort.html", form=form, versions=versions), 422 if form.errors else 200


@blueprint.route("/cohorts/<uuid:cohort_id>/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def edit_cohort(cohort_id: uuid.UUID) -> tuple[str, int] | Response:
    cohort = load_cohort(cohort_id, Permission.MANAGE_COHORTS)
    form = CohortForm.editing(vars(planning.draft_from(cohort)))
    _offer_versions(form, cohort)
    if form.is_submitted_and_valid() and _is_changed(cohort, form):
        flash(_("The cohort was changed."))
        return commit_and_redirect("cohorts.show_cohort", cohort_id=cohort_id)
    return render_template("cohorts/edit_cohort.html", form=form, cohort=cohort), form.status


def _offer_versions(form: CohortForm, cohort: Cohort) -> None:
    version = db.session.get_one(CurriculumVersion, cohort.curriculum_version_id)
    form.choose_from(published_versions(version.curriculum_id), cohort)


def _is_changed(cohort: Cohort, form: CohortForm) -> bool:
    """Change the cohort, or put the refusal at its field."""
    try:
        untold = planning.edit_cohort(actor().person_id, cohort.id, form.draft(), form.shown)
    except ChangedMeanwhile as changed:
        _offer_versions(form, cohort)
        form.show_both(changed)
    except planning.TitleTaken:
        form.title.errors = [_("Another cohort has this title. Choose a different one.")]
    except planning.TooFewSeats as refusal:
        form.capacity.errors = [
            ngettext("%(num)s person has a seat already.", "%(num)s people have a seat already.", refusal.seated)
        ]
    else:
        flash_untold(untold)
        return True
    db.session.rollback()
    return False


def cohort_page(cohort: Cohort, problem: str | None = None) -> str:
    """The page of one cohort. Four statements."""
    people = queries.roster(cohort.id, with_left=True)
    present = [row for row in people if row.left_at is None]
    here = {row.person_id for row in present}
    left = {row.person_id: row for row in people if row.left_at is not None and row.person_id not in here}
    visitors = [row for row in left.values() if row.status is EnrollmentStatus.VISITING]
    return render_template(
        "cohorts/show_cohort.html",
        cohort=cohort,
        version=db.session.get_one(CurriculumVersion, cohort.curriculum_version_id),
        people=present,
        enrolled=[row for row in present if row.status not in APPLYING],
        seeking=[row for row in present if row.status in APPLYING],
        left=[row for row in left.values() if row not in visitors],
        visitors=visitors,
        seated=sum(row.status in SEATED_STATUSES for row in present),
        trainers=queries.trainers(cohort.id),
        statuses=labels.STATUS_LABELS,
        reason_words=labels.reason_words,
        EnrollmentStatus=EnrollmentStatus,
        may_become=may_become,
        problem=problem,
    )
