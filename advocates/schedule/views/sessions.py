"""One session: adding it, its agenda, moving and cancelling it."""

import uuid
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
from advocates.schedule.models import TrainingSession
from advocates.schedule.overlaps import SessionsOverlap
from advocates.schedule.queries import current_segments
from advocates.schedule.rules import CancelReason, Part, instant_of
from advocates.schedule.scope import load_session
from advocates.schedule.views import blueprint
from advocates.schedule.views.refusals import OBSTACLES, overlap_sentence

Answer = str | tuple[str, int] | Response


@blueprint.route("/cohorts/<uuid:cohort_id>/sessions/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def add_session(cohort_id: uuid.UUID) -> Answer:
    cohort = load_cohort(cohort_id, Permission.MANAGE_COHORTS)
    form = SessionForm.of_request(modules=modules_of(cohort.curriculum_version_id), place=cohort.place)
    if form.is_submitted_and_valid():
        typed = form.data
        start = instant_of(typed["day"], typed["starts"], cohort.time_zone)
        planned = form.planned(typed["day"], start, cohort.time_zone)
        placing = scheduling.Placing(typed["place"].strip(), (typed["title"] or "").strip() or None)
        try:
            scheduling.add_session(actor().person_id, cohort_id, planned, placing)
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
        title = (form.title.data or "").strip() or None
        try:
            told = changing.edit_agenda(actor().person_id, session_id, form.data["seen_version"], planned, title)
        except (scheduling.AgendaRefused, SessionsOverlap) as refusal:
            _explain(form, refusal, session.time_zone)
        except changing.SessionLocked as refusal:
            problem = OBSTACLES[refusal.obstacle]
        else:
            return _done(_("The agenda is changed."), told, cohort)
    return _page("schedule/edit_agenda.html", session, cohort, form, problem)


@blueprint.route("/sessions/<uuid:session_id>/move", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def move_session(session_id: uuid.UUID) -> Answer:
    session, cohort = load_session(session_id, Permission.MANAGE_COHORTS)
    local = session.planned_start.astimezone(ZoneInfo(session.time_zone))
    form = MoveForm.of_request(
        day=local.date(), starts=local.time(), place=session.place, seen_version=session.agenda_version
    )
    problem = None
    if form.is_submitted_and_valid():
        typed = form.data
        start, place = instant_of(typed["day"], typed["starts"], session.time_zone), typed["place"].strip()
        try:
            told = changing.move_session(actor().person_id, session_id, typed["seen_version"], start, place)
        except SessionsOverlap as refusal:
            complain(form.starts, overlap_sentence(refusal, session.time_zone))
        except changing.SessionLocked as refusal:
            problem = OBSTACLES[refusal.obstacle]
        else:
            return _done(_("The session is moved."), told, cohort)
    return _page("schedule/move_session.html", session, cohort, form, problem)


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
            return _done(_("The session is cancelled. Its minutes are not scheduled any more."), told, cohort)
    return _page("schedule/cancel_session.html", session, cohort, form, problem)


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


def _done(sentence: str, told: int, cohort: Cohort) -> Response:
    flash(sentence)
    if told:
        flash(_("Those who attend it are told by e-mail."))
    elif not can_send_mail():
        flash(_("No mail server is set: tell those who attend it yourself."))
    return commit_and_redirect("schedule.show_schedule", cohort_id=cohort.id)


def _page(template: str, session: TrainingSession, cohort: Cohort, form: Form, problem: object) -> tuple[str, int]:
    obstacle = changing.find_obstacle(session)
    problem = OBSTACLES[obstacle] if obstacle else problem
    page = render_template(
        template, session=session, cohort=cohort, form=form, problem=problem, is_locked=obstacle is not None
    )
    return page, 409 if problem else 422 if form.errors else 200
