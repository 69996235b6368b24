"""One person's mark at one session: its history, and its correction after sign-off."""

import uuid

from flask import abort, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.attendance.correcting import MarkChanged
from advocates.attendance.correcting import correct_mark as correct
from advocates.attendance.forms import CorrectionForm
from advocates.attendance.marking import MarksRefused, NotOnRegister, RegisterClosed
from advocates.attendance.queries import Register, ledger_rows, load_register
from advocates.attendance.rules import ClockError, CorrectionReason, typed_of
from advocates.attendance.views import blueprint
from advocates.attendance.views.register import refuse_cancelled
from advocates.cohorts.models import Cohort
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.schedule.models import TrainingSession
from advocates.schedule.scope import load_session


@blueprint.route("/sessions/<uuid:session_id>/attendance/<uuid:enrollment_id>", methods=["GET", "POST"])
@requires(Permission.CORRECT_ATTENDANCE)
def correct_mark(session_id: uuid.UUID, enrollment_id: uuid.UUID) -> str | tuple[str, int] | Response:
    session, cohort = load_session(session_id, Permission.CORRECT_ATTENDANCE)
    refuse_cancelled(session)
    if request.method == "GET":
        return _page(session, cohort, enrollment_id)
    form = CorrectionForm.of_request(enrollment_id)
    if form.reason is None:
        form.note("reason", _("Reason for the correction"), _("Choose a reason."))
        return _page(session, cohort, enrollment_id, form), 422
    try:
        correct(actor().person_id, session_id, enrollment_id, form.base_version, form.typed, form.reason)
    except (MarksRefused, MarkChanged, RegisterClosed, NotOnRegister) as refusal:
        db.session.rollback()
        status = 422 if isinstance(refusal, MarksRefused) else 409
        return _page(session, cohort, enrollment_id, form, refusal), status
    flash(_("Corrected."))
    return commit_and_redirect("attendance.correct_mark", session_id=session_id, enrollment_id=enrollment_id)


def _page(
    session: TrainingSession,
    cohort: Cohort,
    enrollment_id: uuid.UUID,
    form: CorrectionForm | None = None,
    refusal: Exception | None = None,
) -> str:
    """The history, newest first, and the form once the session is signed off. 404 for somebody not on the register."""
    register = load_register(session)
    person = register.people.get(enrollment_id) or abort(404)
    current = register.current(enrollment_id)
    form = form or CorrectionForm(
        register.version(enrollment_id), typed_of(current.content if current else None, register.window), None
    )
    if isinstance(refusal, MarkChanged):
        form.base_version = register.version(enrollment_id)
    entries = [row for row in ledger_rows([enrollment_id])[enrollment_id] if row.session_id == session.id]
    return render_template(
        "attendance/correct_mark.html",
        session=session,
        cohort=cohort,
        person=person,
        history=_history(register, enrollment_id),
        entries=entries,
        form=form,
        reasons=CorrectionReason,
        problem=_problem(form, enrollment_id, refusal),
        is_own=person.person_id == actor().person_id,
    )


def _history(register: Register, enrollment_id: uuid.UUID) -> list[tuple[object, object, object]]:
    """Each version with what its fields would show and the translated reason of a correction."""
    labels: dict[str | None, str] = {reason.value: _(reason.label) for reason in CorrectionReason}
    return [
        (stored, typed_of(stored.content, register.window), labels.get(stored.mark.reason_code))
        for stored in reversed(register.marks.get(enrollment_id, ()))
    ]


def _problem(form: CorrectionForm, enrollment_id: uuid.UUID, refusal: Exception | None) -> str | None:
    """Puts an error at its field, or returns a sentence about the whole form."""
    if isinstance(refusal, MarksRefused):
        error: ClockError = refusal.errors[enrollment_id]
        form.note(f"{enrollment_id}-{error.field}", _("Mark"), _(error.message, **error.values))
    if isinstance(refusal, MarkChanged):
        return _("Somebody corrected this mark in the meantime. Look at the history below, then decide again.")
    return _(refusal.message) if isinstance(refusal, RegisterClosed) else None
