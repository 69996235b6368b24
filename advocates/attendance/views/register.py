"""Taking attendance: one screen for the whole room."""

import uuid
from collections.abc import Collection
from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.attendance.comparing import count_differing
from advocates.attendance.forms import RegisterForm
from advocates.attendance.marking import mark_attendance
from advocates.attendance.open_register import is_open, opens_at
from advocates.attendance.queries import load_register, reopenings_of, sign_off_of
from advocates.attendance.register_rows import build_rows, counts_of, load_teaching
from advocates.attendance.rules import ReopenReason
from advocates.attendance.signing_off import has_begun
from advocates.attendance.views import blueprint
from advocates.attendance.views.refusals import REFUSALS, Refusal, explain, refuse_cancelled, status_of
from advocates.cohorts.models import Cohort
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.schedule.models import TrainingSession
from advocates.schedule.scope import load_session


@blueprint.route("/sessions/<uuid:session_id>/attendance", methods=["GET", "POST"])
@requires(Permission.TAKE_ATTENDANCE)
def take_attendance(session_id: uuid.UUID) -> str | tuple[str, int] | Response:
    session, cohort = load_session(session_id, Permission.TAKE_ATTENDANCE)
    refuse_cancelled(session)
    if request.method == "GET":
        return _page(session, cohort, RegisterForm((), fills_unmarked=False))
    form = RegisterForm.of_request()
    try:
        sent = mark_attendance(actor().person_id, session_id, form.entries, fills_unmarked=form.fills_unmarked)
        saved = sent.or_refuse()
    except REFUSALS as refusal:
        db.session.rollback()
        return _page(session, cohort, form, refusal=refusal), status_of(refusal)
    if saved.conflicts:
        db.session.commit()
        return _page(session, cohort, form, conflicts=saved.conflicts), 409
    flash(_("Saved."))
    return commit_and_redirect("attendance.take_attendance", session_id=session_id)


def _page(session: TrainingSession, cohort: Cohort, form: RegisterForm, **outcome: Any) -> str:
    return render_template(
        "attendance/take_attendance.html",
        session=session,
        cohort=cohort,
        form=form,
        is_open=is_open(session),
        opens_at=opens_at(session),
        may_sign_off=has_begun(session),
        sign_off=sign_off_of(session),
        reopenings=reopenings_of(session.id),
        reopen_labels={reason.value: _(reason.label) for reason in ReopenReason},
        **_register(session, form, **outcome),
    )


def _register(
    session: TrainingSession,
    form: RegisterForm,
    refusal: Refusal | None = None,
    conflicts: Collection[uuid.UUID] = (),
) -> dict[str, Any]:
    """The rows. What was typed stays after a refusal; after a conflict only the undecided rows do."""
    register = load_register(session)
    kept = [entry for entry in form.entries if not conflicts or entry.enrollment_id in conflicts]
    teaching = load_teaching(register)
    rows = build_rows(register, teaching, actor().person_id, kept, conflicts)
    return {
        "modules": teaching.modules,
        "problem": explain(refusal, form, register),
        "conflicts": conflicts,
        "differing": count_differing(register),
        "window": register.window,
        "rows": rows,
        "counts": counts_of(row.typed.outcome for row in rows),
    }
