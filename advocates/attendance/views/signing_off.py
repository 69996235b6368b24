"""Signing a session off: when each part was really delivered."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.attendance.comparing import count_differing
from advocates.attendance.forms import SignOffForm
from advocates.attendance.open_register import RegisterClosed, refuse_closed
from advocates.attendance.queries import Register, load_register
from advocates.attendance.register_rows import counts_of
from advocates.attendance.rules import DeliveredRefused, Window
from advocates.attendance.signing_off import Unmarked, is_running, preview_minutes, refuse_signing
from advocates.attendance.signing_off import sign_off as sign_session_off
from advocates.attendance.views import blueprint
from advocates.attendance.views.refusals import refuse_cancelled, sentence_of
from advocates.cohorts.models import Cohort
from advocates.curriculum.labels import DELIVERY_LABELS
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.schedule.models import TrainingSession
from advocates.schedule.queries import current_segments
from advocates.schedule.scope import load_session


@blueprint.route("/sessions/<uuid:session_id>/sign-off", methods=["GET", "POST"])
@requires(Permission.TAKE_ATTENDANCE)
def sign_off(session_id: uuid.UUID) -> str | tuple[str, int] | Response:
    session, cohort = load_session(session_id, Permission.TAKE_ATTENDANCE)
    refuse_cancelled(session)
    if request.method == "GET":
        return _page(session, cohort, SignOffForm({}, "", session.agenda_version))
    form = SignOffForm.of_request()
    if "preview" in request.form:
        return _preview(session, cohort, form)
    try:
        sign_session_off(actor().person_id, session_id, form.agenda_version, form.times, form.ended)
    except (RegisterClosed, Unmarked, DeliveredRefused) as refusal:
        db.session.rollback()
        status = 422 if isinstance(refusal, DeliveredRefused) else 409
        return _page(session, cohort, form, refusal), status
    flash(_("Signed off. The minutes are credited."))
    return commit_and_redirect("attendance.take_attendance", session_id=session_id)


def _preview(session: TrainingSession, cohort: Cohort, form: SignOffForm) -> str | tuple[str, int]:
    """What the typed times would deliver, with nothing signed yet."""
    try:
        window = Window(session.planned_start, session.planned_end, session.time_zone)
        minutes = preview_minutes(window, current_segments([session.id])[session.id], form.times, form.ended)
    except DeliveredRefused as refusal:
        return _page(session, cohort, form, refusal), 422
    return _page(session, cohort, form, minutes=minutes)


def _page(
    session: TrainingSession,
    cohort: Cohort,
    form: SignOffForm,
    refusal: Exception | None = None,
    minutes: Mapping[uuid.UUID, int] | None = None,
) -> str:
    """The parts with their times and, after a preview, their `minutes`; or why it cannot be signed off now."""
    segments = current_segments([session.id])[session.id]
    if isinstance(refusal, DeliveredRefused):
        titles = {str(segment.id): segment.module_title or _("Break") for segment in segments}
        for field_id, error in refusal.errors.items():
            label = titles.get(field_id.rpartition("-")[0], _("Class ended at"))
            form.note(field_id, label, _(error.message, **error.values))
    return render_template(
        "attendance/sign_off.html",
        session=session,
        cohort=cohort,
        form=form,
        segments=segments,
        minutes=minutes,
        is_running=is_running(session),
        problem=sentence_of(refusal) if isinstance(refusal, RegisterClosed) else None,
        **_marks(load_register(session)),
    )


def _marks(register: Register) -> dict[str, Any]:
    marks = (register.current(enrollment_id) for enrollment_id in register.people)
    return {
        "window": register.window,
        "counts": counts_of(mark.content.outcome if mark else None for mark in marks),
        "unmarked": register.unmarked,
        "obstacle": _obstacle(register),
        "differing": count_differing(register),
        "delivery_labels": DELIVERY_LABELS,
    }


def _obstacle(register: Register) -> str | None:
    """Why it cannot be signed off now, apart from the unmarked, who are listed by name."""
    try:
        refuse_closed(register.session)
        refuse_signing(actor().person_id, register)
    except RegisterClosed as refusal:
        return sentence_of(refusal)
    except Unmarked:
        return None
    return None
