"""One person's mark at one session: its history, and its correction after sign-off."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import abort, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.attendance.correcting import MarkChanged
from advocates.attendance.correcting import correct_mark as correct
from advocates.attendance.forms import CorrectionForm
from advocates.attendance.models import MarkWay
from advocates.attendance.queries import Register, ledger_rows, load_register
from advocates.attendance.queries.sheets import EnteredSheet, sheets_of
from advocates.attendance.rules import CorrectionReason, typed_of
from advocates.attendance.views import blueprint
from advocates.attendance.views.refusals import REFUSALS, Refusal, explain, refuse_cancelled, status_of
from advocates.cohorts.models import Cohort
from advocates.cohorts.queries import find_enrollment
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
    except REFUSALS as refusal:
        db.session.rollback()
        return _page(session, cohort, enrollment_id, form, refusal), status_of(refusal)
    flash(_("Corrected."))
    return commit_and_redirect("attendance.correct_mark", session_id=session_id, enrollment_id=enrollment_id)


def _page(
    session: TrainingSession,
    cohort: Cohort,
    enrollment_id: uuid.UUID,
    form: CorrectionForm | None = None,
    refusal: Refusal | None = None,
) -> str:
    """The history, newest first, and the form once the session is signed off. 404 for somebody not on the register."""
    register = load_register(session)
    person = register.people.get(enrollment_id) or abort(404)
    form = form or _stored(register, enrollment_id)
    if isinstance(refusal, MarkChanged):
        form.base_version = register.version(enrollment_id)
    return render_template(
        "attendance/correct_mark.html",
        session=session,
        cohort=cohort,
        person=person,
        form=form,
        problem=explain(refusal, form, register),
        **_history(register, enrollment_id),
    )


def _stored(register: Register, enrollment_id: uuid.UUID) -> CorrectionForm:
    """The form filled with the mark as it stands."""
    current = register.current(enrollment_id)
    typed = typed_of(current.content if current else None, register.window)
    return CorrectionForm(register.version(enrollment_id), typed, None)


def _history(register: Register, enrollment_id: uuid.UUID) -> dict[str, Any]:
    """Each version with what its fields would show and why it was corrected, and what was posted from it."""
    labels = {reason.value: _(reason.label) for reason in CorrectionReason}
    labels["linked"] = _("A walk-in was linked to the person")
    versions = reversed(register.marks.get(enrollment_id, ()))
    entries = ledger_rows([enrollment_id])[enrollment_id]
    return {
        "history": [
            (stored, typed_of(stored.content, register.window), labels.get(stored.mark.reason_code or ""))
            for stored in versions
        ],
        "entries": [entry for entry in entries if entry.session_id == register.session.id],
        "sheets": _sheets(register, enrollment_id),
        "reasons": CorrectionReason,
        "may_see_record": _may_see_record(enrollment_id),
        "is_own": register.people[enrollment_id].person_id == actor().person_id,
    }


def _sheets(register: Register, enrollment_id: uuid.UUID) -> Mapping[int, EnteredSheet]:
    """The paper sheets by their event, which is that of the marks typed from them. One statement, none without."""
    if not any(stored.mark.way is MarkWay.PAPER for stored in register.marks.get(enrollment_id, ())):
        return {}
    return {each.sheet.audit_seq: each for each in sheets_of(register.session)}


def _may_see_record(enrollment_id: uuid.UUID) -> bool:
    """A visitor's record belongs to another cohort."""
    row = find_enrollment(enrollment_id)
    return row is not None and actor().may_in(Permission.VIEW_ENROLLMENTS, row.cohort.id)
