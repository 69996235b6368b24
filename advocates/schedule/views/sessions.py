"""One session: adding it, its agenda, moving and cancelling it."""

import uuid
from dataclasses import replace
from zoneinfo import ZoneInfo

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.cohorts.models import Cohort
from advocates.cohorts.scope import load_cohort
from advocates.curriculum.queries import modules_of
from advocates.form import Form
from advocates.idempotency import commit_and_redirect
from advocates.messages.outbox import can_send_mail
from advocates.schedule import changing, scheduling
from advocates.schedule.forms import AgendaForm, CancelForm, EditAgendaForm, MoveForm, SessionForm
from advocates.schedule.forms.rows import complain
from advocates.schedule.holding import OnlyKnowingly
from advocates.schedule.models import TrainingSession
from advocates.schedule.overlaps import SessionsOverlap
from advocates.schedule.queries import current_segments
from advocates.schedule.rules import CancelReason, Part, PlannedSession, instant_of
from advocates.schedule.scope import load_session
from advocates.schedule.views import blueprint
from advocates.schedule.views.refusals import OBSTACLES, explain_holding, overlap_sentence

Answer = str | tuple[str, int] | Response


@blueprint.route("/cohorts/<uuid:cohort_id>/sessions/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def add_session(cohort_id: uuid.UUID) -> Answer:
    cohort = load_cohort(cohort_id, Permission.MANAGE_COHORTS)
    form = SessionForm.of_request(modules=modules_of(cohort.curriculum_version_id), place=cohort.place)
    if form.is_submitted_and_valid():
        typed = form.data
        start = instant_of(typed["day"], typed["starts"], cohort.time_zone)
        planned = replace(form.planned(typed["day"], start, cohort.time_zone), room=typed["room"], link=typed["link"])
        placing = scheduling.Placing(typed["place"].strip(), (typed["title"] or "").strip() or None)
        held = {"is_held_anyway": typed["is_held_anyway"]}
        try:
            scheduling.add_session(actor().person_id, cohort_id, planned, placing, **held)
        except OnlyKnowingly as refusal:
            explain_holding(refusal, form.day, form.room)
        except (scheduling.AgendaRefused, SessionsOverlap) as refusal:
            _explain(form, refusal, cohort.time_zone)
        else:
            flash(_("The session is added."))
            return commit_and_redirect("schedule.show_schedule", cohort_id=cohort_id)
    return render_template("schedule/add_session.html", cohort=cohort, form=form), 422 if form.errors else 200


@blueprint.route("/sessions/<uuid:session_id>/agenda", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def edit_agenda(session_id: uuid.UUID) -> Answer:
    session, cohort = load_session(session_id, Permission.MANAGE_COHORTS)
    form = EditAgendaForm.of_request(modules=modules_of(cohort.curriculum_version_id), **_typed_before(session))
    problem = None
    if form.is_submitted_and_valid():
        day = session.planned_start.astimezone(ZoneInfo(session.time_zone)).date()
        planned = form.planned(day, session.planned_start, session.time_zone)
        try:
            told = _edit(session, form, planned)
        except OnlyKnowingly as refusal:
            explain_holding(refusal, form.ends, form.ends)
        except (scheduling.AgendaRefused, SessionsOverlap) as refusal:
            _explain(form, refusal, session.time_zone)
        except changing.SessionLocked as refusal:
            problem = OBSTACLES[refusal.obstacle]
        else:
            return done(_("The agenda is changed."), told, cohort)
    return session_page("schedule/edit_agenda.html", session, cohort, form, problem)


def _edit(session: TrainingSession, form: EditAgendaForm, planned: PlannedSession) -> int:
    return changing.edit_agenda(
        actor().person_id,
        session.id,
        form.data["seen_version"],
        planned,
        (form.title.data or "").strip() or None,
        is_held_anyway=form.data["is_held_anyway"],
    )


@blueprint.route("/sessions/<uuid:session_id>/move", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def move_session(session_id: uuid.UUID) -> Answer:
    session, cohort = load_session(session_id, Permission.MANAGE_COHORTS)
    form = MoveForm.of_request(**typed_where(session), **typed_when(session))
    problem = None
    if form.is_submitted_and_valid():
        try:
            told = _move(session, form)
        except SessionsOverlap as refusal:
            complain(form.starts, overlap_sentence(refusal, session.time_zone))
        except OnlyKnowingly as refusal:
            explain_holding(refusal, form.day, form.room)
        except changing.SessionLocked as refusal:
            problem = OBSTACLES[refusal.obstacle]
        else:
            return done(_("The session is moved."), told, cohort)
    return session_page("schedule/move_session.html", session, cohort, form, problem)


def _move(session: TrainingSession, form: MoveForm) -> int:
    return changing.move_session(
        actor().person_id,
        session.id,
        form.data["seen_version"],
        form.starts_at(session.time_zone),
        where_typed(form),
        is_held_anyway=form.data["is_held_anyway"],
    )


def where_typed(form: MoveForm) -> changing.Where:
    typed = form.data
    return changing.Where(typed["place"].strip(), typed["room"] or None, typed["link"] or None)


def typed_where(session: TrainingSession) -> dict[str, object]:
    """Where a session takes place, the way it would be typed."""
    return {"place": session.place, "room": session.room, "link": session.link, "seen_version": session.agenda_version}


def typed_when(session: TrainingSession) -> dict[str, object]:
    """When a session starts, the way it would be typed."""
    local = session.planned_start.astimezone(ZoneInfo(session.time_zone))
    return {"day": local.date(), "starts": local.time()}


@blueprint.route("/sessions/<uuid:session_id>/cancel", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def cancel_session(session_id: uuid.UUID) -> Answer:
    session, cohort = load_session(session_id, Permission.MANAGE_COHORTS)
    form = CancelForm.of_request()
    problem = None
    if form.is_submitted_and_valid():
        try:
            told = changing.cancel_session(actor().person_id, session_id, CancelReason(form.reason.data))
        except changing.SessionLocked as refusal:
            problem = OBSTACLES[refusal.obstacle]
        else:
            return done(_("The session is canceled. Its minutes are not scheduled any more."), told, cohort)
    return session_page("schedule/cancel_session.html", session, cohort, form, problem)


def _typed_before(session: TrainingSession) -> dict[str, object]:
    """The agenda as it is, the way it would be typed."""
    zone = ZoneInfo(session.time_zone)
    start, end = session.planned_start.astimezone(zone), session.planned_end.astimezone(zone)
    return {
        "title": session.title,
        "mode": session.delivery_mode,
        "ends": end.time(),
        "next_day": start.date() < end.date(),
        "seen_version": session.agenda_version,
        "parts": [
            Part(segment.minutes, segment.module_id, segment.from_minute)
            for segment in current_segments([session.id])[session.id]
        ],
    }


def _explain(form: AgendaForm, refusal: scheduling.AgendaRefused | SessionsOverlap, time_zone: str) -> None:
    if isinstance(refusal, SessionsOverlap):
        complain(form.ends, overlap_sentence(refusal, time_zone))
    else:
        form.show(refusal.problems)


def done(sentence: str, told: int, cohort: Cohort) -> Response:
    """Say what was done and who hears of it, and go back to the schedule."""
    flash(sentence)
    if told:
        flash(_("Those who attend it are told by e-mail."))
    elif not can_send_mail():
        flash(_("No mail server is set: tell those who attend it yourself."), "warning")
    return commit_and_redirect("schedule.show_schedule", cohort_id=cohort.id)


def session_page(
    template: str, session: TrainingSession, cohort: Cohort, form: Form, problem: object, **more: object
) -> tuple[str, int]:
    """The page of a change to one session, and why it cannot be made."""
    obstacle = changing.find_obstacle(session)
    problem = OBSTACLES[obstacle] if obstacle else problem
    page = render_template(
        template, session=session, cohort=cohort, form=form, problem=problem, is_locked=obstacle is not None, **more
    )
    return page, 409 if problem else 422 if form.errors else 200
