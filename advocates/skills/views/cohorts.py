"""The skills of a cohort: how far everybody is, who may sign, and the next tries."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import flash, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from advocates import clock
from advocates.access import Permission, actor, requires
from advocates.assessments.queries import names_of
from advocates.cohorts.scope import load_cohort
from advocates.idempotency import commit_and_redirect
from advocates.skills import authorizing
from advocates.skills.labels import STATE_KINDS, STATE_LABELS
from advocates.skills.queries import AuthorizationRow, Rubric, Skilled, authorizations_of, rubrics_of, skilled_of
from advocates.skills.rules import State
from advocates.skills.views import blueprint

PERMISSION = Permission.RECORD_ASSESSMENTS


@dataclass(frozen=True)
class SkillLine:
    """One skill of a version: how many of the cohort are signed, and who may sign today."""

    version_id: uuid.UUID
    number: int
    name: str
    rubric: Rubric | None
    people: int
    signed: int
    not_yet: int
    signers: Sequence[str]

    @property
    def is_ready(self) -> bool:
        return self.rubric is not None and bool(self.signers)


@blueprint.get("/cohorts/<uuid:cohort_id>/skills")
@requires(PERMISSION)
def show_skills(cohort_id: uuid.UUID) -> str:
    cohort = load_cohort(cohort_id, PERMISSION)
    people = skilled_of(cohort.id)
    lines = _lines(people)
    signers = {each.signed.signed_by for person in people for each in person.standings.values() if each.signed}
    return render_template(
        "skills/show_skills.html",
        cohort=cohort,
        people=people,
        lines=lines,
        signer_names=names_of(signers),
        next_tries=_next_tries(people),
        own_id=actor().person_id,
        state_labels=STATE_LABELS,
        state_kinds=STATE_KINDS,
    )


@blueprint.post("/cohorts/<uuid:cohort_id>/skills/authorize")
@requires(Permission.MANAGE_CURRICULA)
def authorize_trainers(cohort_id: uuid.UUID) -> Response:
    cohort = load_cohort(cohort_id, Permission.MANAGE_CURRICULA)
    count = authorizing.authorize_trainers(actor().person_id, cohort)
    if count:
        said = ngettext("%(num)d trainer may sign from today on.", "%(num)d trainers may sign from today on.", count)
        flash(said)
    else:
        flash(_("Nobody was added: assign trainers to the cohort first, or all of them may sign already."), "info")
    return commit_and_redirect("skills.show_skills", cohort_id=cohort.id)


def _lines(people: Sequence[Skilled]) -> list[SkillLine]:
    """Every skill of the versions that the cohort's people are in. Two statements."""
    versions = list(dict.fromkeys(person.version_id for person in people))
    rubrics, granted = rubrics_of(versions), authorizations_of(versions)
    lines = []
    for version_id in versions:
        room = [person for person in people if person.version_id == version_id]
        for number, name in enumerate(room[0].person.rules.skills, 1):
            states = [person.standings[name].state for person in room]
            lines.append(
                SkillLine(
                    version_id,
                    number,
                    name,
                    next(iter(rubrics.get((version_id, name), ())), None),
                    len(room),
                    states.count(State.SIGNED),
                    states.count(State.NOT_YET),
                    signers_of(granted, version_id, name),
                )
            )
    return lines


def signers_of(granted: Sequence[AuthorizationRow], version_id: uuid.UUID, skill: str) -> list[str]:
    """Who may sign the skill today, by name."""
    today = clock.today()
    rows = (row for row in granted if row.version_id == version_id and row.granted.covers(skill))
    return list(dict.fromkeys(row.name for row in rows if row.granted.holds_on(today)))


def _next_tries(people: Sequence[Skilled]) -> list[tuple[Skilled, str, date | None]]:
    """Who tries which skill again, the nearest day first, and last those for whom there is none yet."""
    found = [
        (person, standing.skill, standing.latest.said.next_try_on)
        for person in people
        for standing in person.standings.values()
        if standing.state is State.NOT_YET and standing.latest and person.person.is_enrolled
    ]
    return sorted(found, key=lambda each: each[2] or date.max)
