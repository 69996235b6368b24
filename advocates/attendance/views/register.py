"""Taking attendance: one screen for the whole room."""

import uuid
from collections.abc import Collection

from flask import abort, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.attendance.forms import RegisterForm
from advocates.attendance.marking import (
    MarksRefused,
    NotOnRegister,
    RegisterClosed,
    is_open,
    mark_attendance,
)
from advocates.attendance.queries import Register, load_register, sign_off_of
from advocates.attendance.signing_off import has_begun
from advocates.attendance.views import blueprint
from advocates.attendance.views.rows import build_rows, counts_of
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
        return _page(session, cohort)
    form = RegisterForm.of_request()
    try:
        saved = mark_attendance(actor().person_id, session_id, form.entries, fills_unmarked=form.fills_unmarked)
    except RegisterClosed as refusal:
        db.session.rollback()
        return _page(session, cohort, form, problem=_(refusal.message)), 409
    except NotOnRegister:
        db.session.rollback()
        return _page(session, cohort, form, problem=_("A mark was sent for somebody who is not in this session.")), 422
    except MarksRefused as refusal:
        db.session.rollback()
        return _page(session, cohort, form, refusal=refusal), 422
    if saved.conflicts:
        db.session.commit()
        return _page(session, cohort, form, conflicts=saved.conflicts), 409
    flash(_("Saved."))
    return commit_and_redirect("attendance.take_attendance", session_id=session_id)


def refuse_cancelled(session: TrainingSession) -> None:
    if session.cancelled_at is not None:
        abort(409, _("This session was cancelled, so it has no register."))


def note_refused(form: RegisterForm, register: Register, refusal: MarksRefused) -> None:
    """Put each person's error at their field, under their name."""
    for enrollment_id, error in refusal.errors.items():
        name = register.people[enrollment_id].name
        form.note(f"{enrollment_id}-{error.field}", name, _(error.message, **error.values))


def _page(
    session: TrainingSession,
    cohort: Cohort,
    form: RegisterForm | None = None,
    *,
    refusal: MarksRefused | None = None,
    problem: str | None = None,
    conflicts: Collection[uuid.UUID] = (),
) -> str:
    """The register. What was typed stays after a refusal; after a conflict only the undecided rows do."""
    form = form or RegisterForm((), fills_unmarked=False)
    register = load_register(session)
    if refusal:
        note_refused(form, register, refusal)
    kept = [entry for entry in form.entries if not conflicts or entry.enrollment_id in conflicts]
    rows = build_rows(register, actor().person_id, kept, conflicts)
    return render_template(
        "attendance/take_attendance.html",
        session=session,
        cohort=cohort,
        form=form,
        rows=rows,
        counts=counts_of(row.typed.outcome for row in rows),
        problem=problem,
        conflicts=conflicts,
        is_open=is_open(session),
        may_sign_off=has_begun(session),
        sign_off=sign_off_of(session),
    )
