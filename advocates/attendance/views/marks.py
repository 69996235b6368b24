"""The register as its script reads and saves it: person by person, each with a sentence of what became of it."""

import uuid
from typing import Any

from flask import abort, get_template_attribute, request
from flask_babel import gettext as _

from advocates.access import Permission, actor, requires
from advocates.attendance.marking import Entry, Saved, mark_in_session
from advocates.attendance.marks_form import UnreadableMarks, entries_of
from advocates.attendance.open_register import RegisterClosed, is_open
from advocates.attendance.queries import Register, RosterPerson, StoredMark, load_register
from advocates.attendance.queries.teaching import Teaching
from advocates.attendance.register_rows import counts_of, load_teaching
from advocates.attendance.rules import typed_of
from advocates.attendance.views import blueprint
from advocates.attendance.views.refusals import refuse_cancelled, sentence_of
from advocates.database import db
from advocates.form_token import form_token
from advocates.schedule.scope import load_session


@blueprint.get("/sessions/<uuid:session_id>/marks")
@requires(Permission.TAKE_ATTENDANCE)
def show_marks(session_id: uuid.UUID) -> dict[str, Any]:
    session, _cohort = load_session(session_id, Permission.TAKE_ATTENDANCE)
    refuse_cancelled(session)
    register = load_register(session)
    teaching = load_teaching(register)
    current = {key: register.current(key) for key in register.people}
    counts = counts_of(stored.content.outcome if stored else None for stored in current.values())
    return {
        "by": str(actor().person_id),
        "form_token": form_token(),
        "is_open": is_open(session),
        "marks": {str(key): _mark(register, teaching, register.people[key], current[key]) for key in current},
        "counts": {
            "present": counts.here,
            "absent": counts.not_here,
            "not_established": counts.not_established,
            "none": counts.unmarked,
        },
    }


@blueprint.post("/sessions/<uuid:session_id>/marks")
@requires(Permission.TAKE_ATTENDANCE)
def save_marks(session_id: uuid.UUID) -> dict[str, Any] | tuple[dict[str, Any], int]:
    """What can be stored is; a mark that cannot be does not keep back the others."""
    session, _cohort = load_session(session_id, Permission.TAKE_ATTENDANCE, for_update=True)
    try:
        by, entries = entries_of(request.get_json(silent=True))
    except (UnreadableMarks, RecursionError):
        abort(400, _("These marks cannot be read. Reload the register and record them again."))
    if by != actor().person_id:
        return {"message": _("Somebody else recorded these marks: they wait until that person signs in.")}, 403
    try:
        saved = mark_in_session(actor().person_id, session, entries)
    except RegisterClosed as refusal:
        return {"message": sentence_of(refusal), "is_open": False}, 409
    teaching = load_teaching(saved.register)
    answer = {"results": [_result(saved, teaching, entry) for entry in entries]}
    db.session.commit()
    return answer


def _result(saved: Saved, teaching: Teaching, entry: Entry) -> dict[str, Any]:
    """What became of one entry, and the mark as it stands now."""
    key = entry.enrollment_id
    person = saved.register.people.get(key)
    error = saved.refused.get(key)
    said = _(error.message, **error.values) if error else None
    if person is None:
        said = _("This person is no longer on the register.")
    return {
        "client_key": str(entry.client_key),
        "enrollment_id": str(key),
        "state": _state(saved, key),
        "field": error.field if error else None,
        "message": said,
        "mark": _mark(saved.register, teaching, person, saved.current(key, actor().name)) if person else None,
    }


def _state(saved: Saved, enrollment_id: uuid.UUID) -> str:
    if enrollment_id in saved.marks:
        return "saved"
    if enrollment_id in saved.conflicts:
        return "conflict"
    is_refused = enrollment_id in saved.refused or enrollment_id not in saved.register.people
    return "refused" if is_refused else "unchanged"


def _mark(register: Register, teaching: Teaching, person: RosterPerson, stored: StoredMark | None) -> dict[str, Any]:
    """A mark as the fields show it, in words, and its minutes by module. Version 0 is somebody unmarked."""
    typed = typed_of(stored.content if stored else None, register.window)
    minutes = teaching.minutes_of(stored, person.version_id)
    note, said = (get_template_attribute("attendance/_mark.html", name) for name in ("note", "said"))
    return {
        "version": stored.mark.version if stored else 0,
        "outcome": typed.outcome,
        "arrived": typed.arrived,
        "left": typed.left,
        "absences": typed.absences,
        "mode": typed.mode,
        "said": said(typed).strip() if stored else "",
        "note": note(typed, sum(minutes.values()), register.session).strip() if stored else "",
        "minutes": {str(module_id): count for module_id, count in minutes.items()},
        "recorded_by": stored.recorded_by_name if stored else None,
    }
