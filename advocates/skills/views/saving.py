"""A skill as the page's script reads and saves it: person by person, each with a sentence of what became of it."""

import uuid
from typing import Any

from flask import abort, get_template_attribute, request
from flask_babel import gettext as _

from advocates.access import Permission, actor, requires
from advocates.assessments.queries import names_of
from advocates.cohorts.scope import load_cohort
from advocates.database import db
from advocates.form_token import form_token
from advocates.skills.labels import FIELDS, PROBLEMS, STATE_LABELS
from advocates.skills.observations_form import UnreadableObservations, entries_of
from advocates.skills.observing import Entry, Saved, Skill, observe
from advocates.skills.queries import Standing, skilled_of
from advocates.skills.views import blueprint
from advocates.skills.views.preparing import load_skill, load_version

PERMISSION = Permission.RECORD_ASSESSMENTS
ADDRESS = "/cohorts/<uuid:cohort_id>/skills/<uuid:version_id>/<int:skill_number>/observations"


@blueprint.get(ADDRESS)
@requires(PERMISSION)
def show_observations(cohort_id: uuid.UUID, version_id: uuid.UUID, skill_number: int) -> dict[str, Any]:
    cohort = load_cohort(cohort_id, PERMISSION)
    skill = load_skill(load_version(version_id), skill_number)
    people = [person for person in skilled_of(cohort.id) if person.version_id == version_id]
    standings = {person.id: person.standings[skill] for person in people}
    names = _names(standings.values())
    return {
        "by": str(actor().person_id),
        "form_token": form_token(),
        "marks": {str(key): _told(standing, names) for key, standing in standings.items()},
    }


@blueprint.post(ADDRESS)
@requires(PERMISSION)
def save_observations(
    cohort_id: uuid.UUID, version_id: uuid.UUID, skill_number: int
) -> dict[str, Any] | tuple[dict[str, Any], int]:
    """What can be stored is; one that cannot be does not keep back the others."""
    cohort = load_cohort(cohort_id, PERMISSION)
    skill = Skill(version_id, load_skill(load_version(version_id), skill_number))
    try:
        by, entries = entries_of(request.get_json(silent=True))
    except (UnreadableObservations, RecursionError):
        abort(400, _("This cannot be read. Reload the page and record it again."))
    if by != actor().person_id:
        return {"message": _("Somebody else recorded this: it waits until that person signs in.")}, 403
    saved = observe(actor(), cohort, skill, entries)
    names = _names(saved.standings.values())
    answer = {"results": [_result(saved, entry, names) for entry in entries]}
    db.session.commit()
    return answer


def _result(saved: Saved, entry: Entry, names: dict[uuid.UUID, str]) -> dict[str, Any]:
    """What became of one entry, and where the person stands now."""
    key = entry.enrollment_id
    problem, standing = saved.refused.get(key), saved.standings.get(key)
    return {
        "client_key": str(entry.client_key),
        "enrollment_id": str(key),
        "state": _state(saved, key),
        "field": FIELDS.get(problem) if problem else None,
        "message": str(PROBLEMS[problem]) if problem else None,
        "mark": _told(standing, names) if standing else None,
    }


def _state(saved: Saved, enrollment_id: uuid.UUID) -> str:
    if enrollment_id in saved.stored:
        return "saved"
    if enrollment_id in saved.conflicts:
        return "conflict"
    return "refused" if enrollment_id in saved.refused else "unchanged"


def _names(standings: Any) -> dict[uuid.UUID, str]:
    return names_of({standing.signed.signed_by for standing in standings if standing.signed})


def _told(standing: Standing, names: dict[uuid.UUID, str]) -> dict[str, Any]:
    """Where somebody stands, in words. Version 0 is somebody who was not seen yet."""
    latest = standing.latest
    note = get_template_attribute("skills/_standing.html", "note")
    by = names.get(standing.signed.signed_by) if standing.signed else latest.observer if latest else None
    return {
        "version": standing.version,
        "state": standing.state.value,
        "label": str(STATE_LABELS[standing.state]),
        "note": " ".join(note(standing, names).split()),
        "said": " ".join(note(standing, names).split()),
        "recorded_by": by,
        "is_signed": standing.signed is not None,
    }
