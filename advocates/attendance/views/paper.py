"""The sign-in sheet on paper: printed before a session, typed in after it."""

import uuid
from collections.abc import Collection
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response as PdfResponse
from flask import abort, current_app, flash, render_template, request, send_file
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.attendance.marking import Entry
from advocates.attendance.open_register import is_open, opens_at
from advocates.attendance.paper import NoWitness, SheetConflicts
from advocates.attendance.paper import enter_paper_sheet as enter_sheet
from advocates.attendance.paper_forms import PaperForm
from advocates.attendance.queries import load_register, roster
from advocates.attendance.queries.sheets import find_scan, sheets_of
from advocates.attendance.queries.witnesses import witnesses
from advocates.attendance.register_rows import build_rows, load_teaching
from advocates.attendance.rules import Typed
from advocates.attendance.sheet import Sheet, render_sheet
from advocates.attendance.views import blueprint
from advocates.attendance.views.refusals import REFUSALS, Refusal, explain, refuse_cancelled, status_of
from advocates.cohorts.models import Cohort
from advocates.database import db, new_id
from advocates.files.rules import BY_MEDIA_TYPE
from advocates.formatting import clock_span, day
from advocates.idempotency import commit_and_redirect
from advocates.schedule.models import TrainingSession
from advocates.schedule.scope import load_session
from advocates.uploads import takes_files_up_to


@blueprint.get("/sessions/<uuid:session_id>/sheet.pdf")
@requires(Permission.TAKE_ATTENDANCE)
def print_sheet(session_id: uuid.UUID) -> Response:
    session, cohort = load_session(session_id, Permission.TAKE_ATTENDANCE)
    refuse_cancelled(session)
    sheet = Sheet(
        cohort=cohort.title,
        title=session.title,
        day=day(session.planned_start, session.time_zone),
        span=clock_span(session.planned_start, session.planned_end, session.time_zone),
        place=session.place,
        names=tuple(person.name for person in roster(session)),
        language=str(get_locale()),
        direction=get_locale().text_direction,
        is_large="large" in request.args,
    )
    return PdfResponse(
        render_sheet(sheet, _),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{_file_name(session, "pdf")}"'},
    )


@blueprint.route("/sessions/<uuid:session_id>/paper", methods=["GET", "POST"])
@requires(Permission.TAKE_ATTENDANCE)
@takes_files_up_to("largest_material_bytes")
def enter_paper_sheet(session_id: uuid.UUID) -> str | tuple[str, int] | Response:
    session, cohort = load_session(session_id, Permission.TAKE_ATTENDANCE)
    refuse_cancelled(session)
    if request.method == "GET":
        return _page(session, cohort)
    form = PaperForm.of_request()
    if form.errors:
        return _page(session, cohort, form), 422
    try:
        count = enter_sheet(actor().person_id, session, form.entries, form.witness_id, form.scan)
    except (*REFUSALS, NoWitness, SheetConflicts) as refusal:
        db.session.rollback()
        return _refused(session, cohort, form, refusal)
    if not count:
        return _page(session, cohort, form, problem=_("There is nothing new to save. Type what the sheet says.")), 422
    flash(_("The sheet is saved."))
    return commit_and_redirect("attendance.take_attendance", session_id=session_id)


@blueprint.get("/paper-sheets/<uuid:sheet_id>/scan")
@requires(Permission.TAKE_ATTENDANCE)
def download_scan(sheet_id: uuid.UUID) -> Response:
    """For those who take attendance here: signatures and times are nobody else's to see."""
    sheet, stored = find_scan(sheet_id) or abort(404)
    session, _cohort = load_session(sheet.session_id, Permission.TAKE_ATTENDANCE)
    return send_file(
        BytesIO(stored.content),
        mimetype=stored.media_type,
        as_attachment=True,
        download_name=_file_name(session, BY_MEDIA_TYPE[stored.media_type].extension),
    )


def _file_name(session: TrainingSession, extension: str) -> str:
    """By the day on the session's own calendar."""
    return f"sign-in-sheet-{session.planned_start.astimezone(ZoneInfo(session.time_zone)):%Y-%m-%d}.{extension}"


def _refused(
    session: TrainingSession, cohort: Cohort, form: PaperForm, refusal: Refusal | NoWitness | SheetConflicts
) -> tuple[str, int]:
    """The sheet as it was typed, and what is the matter with it."""
    if isinstance(refusal, SheetConflicts):
        problem = _(
            "Some people were recorded otherwise in the meantime. Compare them with the sheet, then save again."
        )
        return _page(session, cohort, form, problem=problem, conflicts=refusal.enrollment_ids), 409
    if isinstance(refusal, NoWitness):
        form.note("witness_id", _("Witness"), _("Choose somebody on the list as the witness."))
        return _page(session, cohort, form), 422
    problem = explain(refusal, form, load_register(session))
    return _page(session, cohort, form, problem=problem), status_of(refusal)


def _open_state(session: TrainingSession) -> dict[str, Any]:
    return {"is_open": is_open(session), "opens_at": opens_at(session)}


def _page(
    session: TrainingSession,
    cohort: Cohort,
    form: PaperForm | None = None,
    *,
    problem: str | None = None,
    conflicts: Collection[uuid.UUID] = (),
) -> str:
    """Empty fields beside what is recorded so far: an empty row leaves its person as they are."""
    register = load_register(session)
    blank = [Entry(key, register.version(key), new_id(), Typed()) for key in register.people]
    form = form or PaperForm((), fills_unmarked=False)
    return render_template(
        "attendance/enter_paper_sheet.html",
        session=session,
        cohort=cohort,
        form=form,
        rows=build_rows(register, load_teaching(register), actor().person_id, form.entries or blank, conflicts),
        witnesses=witnesses(session, actor().person_id),
        problem=problem,
        **_open_state(session),
        sheets=sheets_of(session),
        kinds=BY_MEDIA_TYPE,
        most=current_app.config["SETTINGS"].largest_material_bytes // 1024**2,
    )
