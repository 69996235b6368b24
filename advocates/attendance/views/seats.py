"""Seats at other cohorts' sessions, booked and given up on the page of a person's make-ups."""

import uuid
from collections.abc import Callable

from flask import flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.attendance import booking
from advocates.attendance.make_up_forms import ProposalForm
from advocates.attendance.proposing import ProposalRefused
from advocates.attendance.views import blueprint
from advocates.attendance.views.make_ups import make_up_page
from advocates.cohorts.queries import EnrollmentRow
from advocates.cohorts.scope import load_enrollment
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.people.forms import id_or_none


@blueprint.post("/enrollments/<uuid:enrollment_id>/seats")
@requires(Permission.PROPOSE_MAKE_UPS)
def book_seat(enrollment_id: uuid.UUID) -> tuple[str, int] | Response:
    row = load_enrollment(enrollment_id, Permission.PROPOSE_MAKE_UPS)
    try:
        session_id = id_or_none(request.form.get("session_id"))
    except ValueError:
        session_id = None
    if session_id is None:
        return make_up_page(row, ProposalForm(None), problem=_("Choose a session from the list.")), 422
    return _done(booking.book_seat, row, session_id, _("Booked. The person sees where to go; nothing says why."))


@blueprint.post("/enrollments/<uuid:enrollment_id>/seats/<uuid:session_id>/cancel")
@requires(Permission.PROPOSE_MAKE_UPS)
def cancel_seat(enrollment_id: uuid.UUID, session_id: uuid.UUID) -> tuple[str, int] | Response:
    row = load_enrollment(enrollment_id, Permission.PROPOSE_MAKE_UPS)
    return _done(booking.cancel_seat, row, session_id, _("Canceled. The seat is free again."))


def _done(
    act: Callable[[uuid.UUID, EnrollmentRow, uuid.UUID], None], row: EnrollmentRow, session_id: uuid.UUID, said: str
) -> tuple[str, int] | Response:
    try:
        act(actor().person_id, row, session_id)
    except ProposalRefused as refusal:
        db.session.rollback()
        return make_up_page(row, ProposalForm(None), problem=_(refusal.message)), 409
    flash(said)
    return commit_and_redirect("attendance.propose_make_up", enrollment_id=row.enrollment.id)
