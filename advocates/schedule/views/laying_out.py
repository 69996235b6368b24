"""Laying sessions out from a pattern: shown first, then written as shown."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.cohorts.models import Cohort
from advocates.cohorts.scope import load_cohort
from advocates.curriculum.labels import DELIVERY_LABELS
from advocates.form_token import FIELD
from advocates.idempotency import KEY_FIELD, commit_and_redirect
from advocates.schedule import planning, scheduling
from advocates.schedule.forms import LayOutForm
from advocates.schedule.forms.rows import complain
from advocates.schedule.overlaps import SessionsOverlap
from advocates.schedule.queries import SessionRow, sessions_of_cohort
from advocates.schedule.rules import Preset, taught_slices
from advocates.schedule.views import blueprint
from advocates.schedule.views.refusals import overlap_sentence

SHOWN = "shown"


SENTENCES: dict[type[Exception], tuple[str, str]] = {
    planning.AlreadyLaidOut: (
        "only_missing",
        _l("This cohort already has sessions. Tick this to add sessions only for what they leave out."),
    ),
    planning.NothingMissing: ("pattern", _l("Every minute of the curriculum is scheduled already.")),
    planning.NothingFits: ("first_day", _l("No meeting of this pattern falls between the first and the last day.")),
}
REFUSED = (planning.AlreadyLaidOut, planning.NothingMissing, planning.NothingFits, SessionsOverlap)


@blueprint.route("/cohorts/<uuid:cohort_id>/schedule/lay-out", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def lay_out(cohort_id: uuid.UUID) -> str | tuple[str, int] | Response:
    """`shown` is the digest of the plan the person saw: with it that plan is written, without it one is shown."""
    cohort = load_cohort(cohort_id, Permission.MANAGE_COHORTS)
    existing = [row for row in sessions_of_cohort(cohort_id) if row.cancelled_at is None]
    form = LayOutForm.of_request(time_zone=cohort.time_zone, **_proposal(cohort, existing))
    if not form.is_submitted_and_valid():
        return _page(cohort, existing, form), 422 if form.errors else 200
    chosen: dict[str, Any] = {"pattern": form.weekly_pattern(), "only_missing": form.data["only_missing"]}
    try:
        if shown := request.form.get(SHOWN):
            place = form.data["place"].strip()
            scheduling.lay_out_sessions(actor().person_id, cohort_id, place=place, shown=shown, **chosen)
            flash(_("The sessions are laid out."))
            return commit_and_redirect("schedule.show_schedule", cohort_id=cohort_id)
        plan = planning.plan_layout(cohort, **chosen)
    except scheduling.PlanChanged as changed:
        return _page(cohort, existing, form, changed.plan, _("The schedule changed meanwhile. Look again.")), 409
    except REFUSED as refusal:
        _explain(form, refusal, cohort.time_zone)
        return _page(cohort, existing, form), 422
    return _page(cohort, existing, form, plan)


def _proposal(cohort: Cohort, existing: Sequence[SessionRow]) -> dict[str, object]:
    """The cohort's first day, or the day after its last session."""
    proposal: dict[str, object] = {
        "pattern": Preset.EVENINGS_AND_SATURDAYS,
        "first_day": cohort.starts_on,
        "place": cohort.place,
    }
    if existing:
        last = max(row.planned_end for row in existing).astimezone(ZoneInfo(cohort.time_zone)).date()
        proposal |= {"first_day": last + timedelta(days=1), "only_missing": True}
    return proposal


def _explain(form: LayOutForm, refusal: Exception, time_zone: str) -> None:
    if isinstance(refusal, SessionsOverlap):
        complain(form.first_day, overlap_sentence(refusal, time_zone))
        return
    name, sentence = SENTENCES[type(refusal)]
    complain(form[name], sentence)


def _page(
    cohort: Cohort,
    existing: Sequence[SessionRow],
    form: LayOutForm,
    plan: planning.Plan | None = None,
    problem: str | None = None,
) -> str:
    return render_template(
        "schedule/lay_out.html",
        cohort=cohort,
        has_sessions=bool(existing),
        form=form,
        plan=plan,
        problem=problem,
        outside=planning.outside_cohort(cohort, [session.start for session in plan.sessions]) if plan else 0,
        posted=[(name, text) for name, text in request.form.items(multi=True) if name not in {FIELD, KEY_FIELD, SHOWN}],
        delivery_labels=DELIVERY_LABELS,
        taught_slices=taught_slices,
    )
