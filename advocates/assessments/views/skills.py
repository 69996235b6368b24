"""The skills of a cohort, and taking a sign-off back."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import cast

from flask import abort, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectChoice  # type: ignore[attr-defined]

from advocates import clock
from advocates.access import Permission, actor, requires
from advocates.assessments import observing, voiding
from advocates.assessments.forms import SkillRowForm, SkillsHeaderForm, SkillSheet, VoidForm
from advocates.assessments.models import SkillSignOff
from advocates.assessments.queries import PersonRecord, names_of, people_of
from advocates.assessments.rules import VoidReason
from advocates.assessments.views import blueprint
from advocates.cohorts.models import Cohort
from advocates.cohorts.scope import load_cohort, load_enrollment
from advocates.database import db
from advocates.idempotency import commit_and_redirect

Page = tuple[str, int] | Response
PERMISSION = Permission.RECORD_ASSESSMENTS


@blueprint.route("/cohorts/<uuid:cohort_id>/skills", methods=["GET", "POST"])
@requires(PERMISSION)
def sign_skills(cohort_id: uuid.UUID) -> Page:
    cohort = load_cohort(cohort_id, PERMISSION)
    people = people_of(cohort.id)
    sheet = _sheet(cohort, people)
    if not sheet.is_submitted_and_valid():
        return _page(cohort, people, sheet)
    observed = {enrollment_id: row.skills.data for enrollment_id, row in sheet.rows.items() if row.skills.data}
    if not observed:
        return _page(cohort, people, sheet, _("Tick at least one skill."))
    try:
        observing.sign_skills(actor(), cohort, observed, cast(date, sheet.header.observed_on.data))
    except observing.SkillsRefused:
        return _page(cohort, people, sheet, _("Somebody on this page cannot be signed by you. Reload the page."))
    flash(_("The skills are signed."))
    return commit_and_redirect("assessments.sign_skills", cohort_id=cohort.id)


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
    return commit_and_redirect("assessments.sign_skills", cohort_id=person.cohort.id)


def _sheet(cohort: Cohort, people: Sequence[PersonRecord]) -> SkillSheet:
    today = clock.today(cohort.time_zone)
    rows = {}
    for person in people:
        signed = {skill.skill for skill in person.facts.signed_skills}
        row = SkillRowForm.of_request(prefix=f"p-{person.row.enrollment_id}")
        row.skills.choices = [SelectChoice(skill, skill) for skill in person.rules.skills if skill not in signed]
        row.skills.label.text = person.row.chosen_name
        rows[person.row.enrollment_id] = row
    return SkillSheet(SkillsHeaderForm.of_request(today=today, observed_on=today), rows)


def _page(cohort: Cohort, people: Sequence[PersonRecord], sheet: SkillSheet, problem: str | None = None) -> Page:
    signers = {skill.signed_by for person in people for skill in person.facts.signed_skills}
    page = render_template(
        "assessments/sign_skills.html",
        cohort=cohort,
        people=people,
        sheet=sheet,
        problem=problem,
        signer_names=names_of(signers),
        own_id=actor().person_id,
    )
    return page, 422 if request.method == "POST" else 200
