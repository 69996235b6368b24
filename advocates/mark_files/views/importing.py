"""Marks from a file: every person in it is shown with what would change, and nothing is written till confirmed."""

import uuid
from typing import Any

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.attendance.marking import MarksRefused
from advocates.attendance.open_register import RegisterClosed, is_open, opens_at
from advocates.attendance.views.refusals import refuse_cancelled, sentence_of
from advocates.cohorts.models import Cohort
from advocates.curriculum.rules import Problem
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.mark_files.forms import MarksFileForm
from advocates.mark_files.importing import NotAsShown, judge_file
from advocates.mark_files.importing import import_marks as write_marks
from advocates.mark_files.rules import Judgment, Kind, MarksFile, Standing, zone_named
from advocates.mark_files.views import blueprint
from advocates.schedule.models import TrainingSession
from advocates.schedule.scope import load_session

Refusal = NotAsShown | RegisterClosed | MarksRefused


@blueprint.route("/sessions/<uuid:session_id>/marks-from-file", methods=["GET", "POST"])
@requires(Permission.TAKE_ATTENDANCE)
def import_marks(session_id: uuid.UUID) -> tuple[str, int] | str | Response:
    session, cohort = load_session(session_id, Permission.TAKE_ATTENDANCE)
    refuse_cancelled(session)
    form = MarksFileForm.of_request().choose_from(session)
    if not form.is_submitted_and_valid() or form.read is None:
        return _page(session, cohort, form), form.status
    zone, shown = zone_named(form.time_zone.data), form.seen.data or ""
    if not form.confirm.data:
        return _preview(session, cohort, form, form.read)
    try:
        taken = form.ticked("save") | form.ticked("replace")
        count = write_marks(actor().person_id, session_id, form.read, zone, form.choices(), taken, shown)
    except (NotAsShown, RegisterClosed, MarksRefused) as refusal:
        db.session.rollback()
        return _preview(session, cohort, form, form.read, refusal)
    if not count:
        return _preview(session, cohort, form, form.read, problem=_("Nobody is ticked, so there is nothing to save."))
    flash(ngettext("%(num)s mark saved from the file.", "%(num)s marks saved from the file.", count))
    return commit_and_redirect("attendance.take_attendance", session_id=session_id)


def _preview(
    session: TrainingSession,
    cohort: Cohort,
    form: MarksFileForm,
    file: MarksFile,
    refusal: Refusal | None = None,
    problem: str | None = None,
) -> tuple[str, int]:
    """What the file would change, as things are now."""
    zone = zone_named(form.time_zone.data)
    judgment = judge_file(actor().person_id, session, file, zone, form.choices())
    errors = refusal.errors if isinstance(refusal, MarksRefused) else {}
    page = _page(
        session,
        cohort,
        form,
        problem=sentence_of(refusal) if isinstance(refusal, RegisterClosed) else problem,
        file=file,
        judgment=judgment,
        is_changed=isinstance(refusal, NotAsShown),
        refused={key: _(error.message, **error.values) for key, error in errors.items()},
        ticked=_ticked(form, judgment, isinstance(refusal, NotAsShown)),
    )
    return page, 409 if isinstance(refusal, NotAsShown | RegisterClosed) else 422 if refusal or problem else 200


def _ticked(form: MarksFileForm, judgment: Judgment, is_changed: bool) -> set[uuid.UUID]:
    """As they were sent. Shown for the first time, new marks are ticked; what would replace another mark never is."""
    shown = set(request.form.getlist("shown"))
    fresh = {row.person.enrollment_id for row in judgment.of(Standing.NEW) if row.person}
    kept = {each for each in fresh if each in form.ticked("save") or str(each) not in shown}
    return kept if is_changed else kept | form.ticked("replace")


def _page(session: TrainingSession, cohort: Cohort, form: MarksFileForm, **preview: Any) -> str:
    return render_template(
        "mark_files/import_marks.html",
        session=session,
        cohort=cohort,
        form=form,
        is_open=is_open(session),
        opens_at=opens_at(session),
        Standing=Standing,
        Kind=Kind,
        sentence=_sentence,
        **{"judgment": None, "problem": None, **preview},
    )


def _sentence(problem: Problem) -> str:
    """A rule's finding in the reader's language."""
    return str(_(problem.message)) % problem.values
