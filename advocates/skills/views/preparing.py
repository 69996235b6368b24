"""What an administrator prepares for a version's skills: the rubrics, and who may sign."""

import uuid

from flask import abort, flash, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from advocates import clock
from advocates.access import Permission, actor, requires
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.seen import ChangedMeanwhile
from advocates.skills import authorizing, writing
from advocates.skills.forms import AuthorizationForm, RubricForm
from advocates.skills.models import SkillAuthorization
from advocates.skills.queries import authorizations_of, rubrics_of, skills_of, staff
from advocates.skills.views import blueprint

Page = tuple[str, int] | Response
PERMISSION = Permission.MANAGE_CURRICULA


@blueprint.get("/curriculum-versions/<uuid:version_id>/skills")
@requires(PERMISSION)
def prepare_skills(version_id: uuid.UUID) -> str:
    version = load_version(version_id)
    skills, rubrics = skills_of(version), rubrics_of([version_id])
    missing = [skill for skill in skills if (version_id, skill) not in rubrics]
    return render_template(
        "skills/prepare_skills.html",
        version=version,
        skills=skills,
        rubrics=rubrics,
        missing=missing,
        may_ship=any(skill in writing.shipped_rubrics() for skill in missing),
        granted=authorizations_of([version_id]),
        today=clock.today(),
    )


@blueprint.post("/curriculum-versions/<uuid:version_id>/skills/shipped")
@requires(PERMISSION)
def use_shipped_rubrics(version_id: uuid.UUID) -> Response:
    version = load_version(version_id)
    count = writing.use_shipped_rubrics(actor().person_id, version.id)
    if count:
        flash(ngettext("%(num)d rubric was added.", "%(num)d rubrics were added.", count))
    else:
        flash(_("Nothing was added: every skill that is known has its rubric."), "info")
    return commit_and_redirect("skills.prepare_skills", version_id=version.id)


@blueprint.route("/curriculum-versions/<uuid:version_id>/skills/<int:skill_number>/rubric", methods=["GET", "POST"])
@requires(PERMISSION)
def write_rubric(version_id: uuid.UUID, skill_number: int) -> Page:
    version = load_version(version_id)
    skill = load_skill(version, skill_number)
    editions = rubrics_of([version_id]).get((version_id, skill), [])
    form = RubricForm.editing(writing.shown_of(editions[0].criteria if editions else ()))
    if form.is_submitted_and_valid():
        try:
            written = writing.write_rubric(actor().person_id, version_id, skill, form.criteria, form.shown)
        except ChangedMeanwhile as changed:
            form.show_both(changed)
        else:
            if written:
                flash(_("The rubric is in force."))
            else:
                flash(_("Nothing was changed."), "info")
            return commit_and_redirect("skills.prepare_skills", version_id=version_id)
    shipped = writing.shipped_rubrics().get(skill)
    page = render_template(
        "skills/write_rubric.html", version=version, skill=skill, form=form, editions=editions, shipped=shipped
    )
    return page, form.status


@blueprint.route("/curriculum-versions/<uuid:version_id>/skills/authorize", methods=["GET", "POST"])
@requires(PERMISSION)
def authorize_person(version_id: uuid.UUID) -> Page:
    version = load_version(version_id)
    form = AuthorizationForm.of_request(from_on=clock.today()).choose_from(staff(), skills_of(version))
    if form.is_submitted_and_valid():
        try:
            authorizing.authorize_person(actor().person_id, version.id, form.grant)
        except authorizing.DaysOutOfOrder:
            form.until_on.errors = [_("The last day comes before the first.")]
        except authorizing.AlreadyAuthorized:
            form.person.errors = [_("This person may sign this on all of these days already.")]
        except authorizing.AuthorizingRefused:
            form.person.errors = [_("This person is no trainer or administrator any more.")]
        else:
            flash(_("The authorization is recorded."))
            return commit_and_redirect("skills.prepare_skills", version_id=version.id, _anchor="signers")
    return render_template("skills/authorize_person.html", version=version, form=form), form.status


@blueprint.post("/skill-authorizations/<uuid:authorization_id>/end")
@requires(PERMISSION)
def end_authorization(authorization_id: uuid.UUID) -> Response:
    row = db.session.get(SkillAuthorization, authorization_id) or abort(404)
    try:
        authorizing.end_authorization(actor().person_id, row.id)
    except authorizing.AlreadyEnded:
        abort(409, _("This authorization was ended before."))
    flash(_("The authorization is ended. What was signed before stands."))
    return commit_and_redirect("skills.prepare_skills", version_id=row.version_id, _anchor="signers")


def load_version(version_id: uuid.UUID) -> CurriculumVersion:
    """The version, or 404."""
    return db.session.get(CurriculumVersion, version_id) or abort(404)


def load_skill(version: CurriculumVersion, number: int) -> str:
    """The version's skill with this number, from 1, or 404."""
    skills = skills_of(version)
    return skills[number - 1] if 1 <= number <= len(skills) else abort(404)
