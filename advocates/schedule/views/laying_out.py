"""Laying sessions out from a pattern: shown first, then written as shown."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.cohorts.models import Cohort
from advocates.cohorts.scope import load_cohort
from advocates.curriculum.labels import DELIVERY_LABELS
from advocates.database import db
from advocates.form_token import FIELD
from advocates.idempotency import KEY_FIELD, commit_and_redirect
from advocates.schedule import planning, scheduling
from advocates.schedule.forms import LayOutForm
from advocates.schedule.forms.rows import complain
from advocates.schedule.overlaps import SessionsOverlap
from advocates.schedule.queries import SessionRow, closed_between, saved_patterns, sessions_of_cohort
from advocates.schedule.rules import Fit, Preset, taught_slices
from advocates.schedule.rules.pattern import LONGEST_PROGRAM
from advocates.schedule.saving import PatternTitleTaken
from advocates.schedule.views import blueprint
from advocates.schedule.views.refusals import closing_names, overlap_sentence, taken_sentence

SHOWN = "shown"
NOT_ECHOED = {FIELD, KEY_FIELD, SHOWN}

SENTENCES: dict[type[Exception], tuple[str, str]] = {
    planning.AlreadyLaidOut: (
        "only_missing",
        _l("This cohort already has sessions. Tick this to add sessions only for what they leave out."),
    ),
    planning.NothingMissing: ("pattern", _l("Every minute of the curriculum is scheduled already.")),
    planning.NothingFits: ("first_day", _l("No meeting of this pattern falls between the first and the last day.")),
    PatternTitleTaken: ("save_as", _l("Another saved pattern has this name. Choose a different one.")),
}
REFUSED: tuple[type[Exception], ...] = (*SENTENCES, SessionsOverlap)


@blueprint.route("/cohorts/<uuid:cohort_id>/schedule/lay-out", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def lay_out(cohort_id: uuid.UUID) -> str | tuple[str, int] | Response:
    """`shown` is the digest of the plan the person saw: with it that plan is written, without it one is shown."""
    cohort = load_cohort(cohort_id, Permission.MANAGE_COHORTS)
    existing = [row for row in sessions_of_cohort(cohort_id) if row.cancelled_at is None]
    form = LayOutForm.of_request(time_zone=cohort.time_zone, saved=saved_patterns(), **_proposal(cohort, existing))
    if not form.is_submitted_and_valid():
        return _page(cohort, existing, form), 422 if form.errors else 200
    try:
        if shown := request.form.get(SHOWN):
            _write(cohort, form, shown)
            flash(_("The sessions are laid out."))
            return commit_and_redirect("schedule.show_schedule", cohort_id=cohort_id)
        plan = planning.plan_layout(cohort, _wish(form))
    except scheduling.PlanChanged as changed:
        return _page(cohort, existing, form, changed.plan, _("The schedule changed meanwhile. Look again.")), 409
    except REFUSED as refusal:
        db.session.rollback()
        _explain(form, refusal, cohort.time_zone)
        return _page(cohort, existing, form), 422
    return _page(cohort, existing, form, plan)


def _write(cohort: Cohort, form: LayOutForm, shown: str) -> None:
    more = {"shown": shown, "save_as": form.title_to_save}
    scheduling.lay_out_sessions(actor().person_id, cohort.id, _wish(form), _placing(form), **more)


def _placing(form: LayOutForm) -> scheduling.Placing:
    typed = form.data
    return scheduling.Placing(typed["place"].strip(), None, typed["room"], typed["link"])


def _wish(form: LayOutForm) -> planning.Wish:
    """What was chosen, and the days that are closed in the time it may take."""
    pattern = form.weekly_pattern()
    closed = closed_between(pattern.first_day, pattern.first_day + LONGEST_PROGRAM)
    return planning.Wish(pattern, form.data["only_missing"], closed, form.held_days, form.chosen_fit)


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
        doubts=plan.doubts if plan else None,
        modules=plan.modules if plan else {},
        taken=scheduling.taken_by_others(plan, _placing(form)) if plan else (),
        taken_sentence=taken_sentence,
        problem=problem,
        outside=planning.outside_cohort(cohort, [session.start for session in plan.sessions]) if plan else 0,
        posted=[(name, text) for name, text in request.form.items(multi=True) if name not in NOT_ECHOED],
        Fit=Fit,
        closing_names=closing_names,
        delivery_labels=DELIVERY_LABELS,
        taught_slices=taught_slices,
    )
