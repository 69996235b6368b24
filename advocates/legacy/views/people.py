"""Recording who was in a legacy cohort: every line is shown first, and nothing is written till confirmed."""

import uuid

from flask import flash, render_template
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from advocates import clock
from advocates.access import Permission, actor, requires
from advocates.cohorts import labels
from advocates.cohorts.rules import MOST_PEOPLE, Judgment, PeopleListError, Standing
from advocates.cohorts.views.enrolling import sentence
from advocates.cohorts.views.roster import by_attention, decisions
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.legacy import recording
from advocates.legacy.forms import PastPeopleForm
from advocates.legacy.models import LegacyCohort
from advocates.legacy.recording import RecordingRefused
from advocates.legacy.rules import PastList, read_past_people
from advocates.legacy.views import blueprint
from advocates.legacy.views.cohorts import load_legacy_cohort

COLUMN_LABELS = {**labels.COLUMN_LABELS, "completed_on": _l("Completed"), "stated_minutes": _l("Hours")}


@blueprint.route("/legacy-cohorts/<uuid:legacy_cohort_id>/people", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def record_past_people(legacy_cohort_id: uuid.UUID) -> tuple[str, int] | Response:
    cohort = load_legacy_cohort(legacy_cohort_id)
    form = PastPeopleForm.of_request()
    people = _read(form) if form.is_submitted_and_valid() else None
    if people is None:
        page = render_template("legacy/record_past_people.html", form=form, cohort=cohort, most=MOST_PEOPLE)
        return page, 422 if form.errors else 200
    if not form.is_confirmed:
        judgment = recording.judge_past_people(legacy_cohort_id, people.lines, decisions())
        return _preview(cohort, form, people, judgment, 422 if judgment.of(Standing.WRONG) else 200)
    try:
        recorded = recording.record_past_people(
            actor().person_id, legacy_cohort_id, people.lines, decisions(), form.seen.data or ""
        )
    except RecordingRefused as refusal:
        db.session.rollback()
        return _preview(cohort, form, people, refusal.judgment, 409 if refusal.judgment.may_enroll else 422)
    flash(ngettext("%(num)s person recorded.", "%(num)s people recorded.", recorded))
    return commit_and_redirect("legacy.show_legacy_cohort", legacy_cohort_id=legacy_cohort_id)


def _read(form: PastPeopleForm) -> PastList | None:
    try:
        return read_past_people(form.people.data or "", clock.today())
    except PeopleListError as error:
        form.people.errors = [sentence(error.problem)]
        return None


def _preview(
    cohort: LegacyCohort, form: PastPeopleForm, people: PastList, judgment: Judgment, status: int
) -> tuple[str, int]:
    attention, others = by_attention(judgment)
    page = render_template(
        "legacy/record_past_people.html",
        form=form,
        cohort=cohort,
        most=MOST_PEOPLE,
        people=people,
        judgment=judgment,
        attention=attention,
        others=others,
        is_changed=status == 409,
        Standing=Standing,
        labels=labels,
        columns=COLUMN_LABELS,
        sentence=sentence,
    )
    return page, status
