"""Watching a skill during role-plays: a form for each person."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import abort, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates import clock
from advocates.access import Permission, actor, requires
from advocates.assessments.queries import names_of
from advocates.cohorts.models import Cohort
from advocates.cohorts.scope import load_cohort
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.skills.forms import ObservationForm
from advocates.skills.labels import OUTCOME_LABELS, PROBLEMS, STATE_KINDS, STATE_LABELS
from advocates.skills.observing import Saved, Skill, observe
from advocates.skills.queries import Rubric, Skilled, Standing, authorizations_of, rubrics_of, skilled_of
from advocates.skills.rules import Outcome, Problem
from advocates.skills.views import blueprint
from advocates.skills.views.cohorts import signers_of
from advocates.skills.views.preparing import load_skill, load_version

Page = tuple[str, int] | Response
PERMISSION = Permission.RECORD_ASSESSMENTS


@dataclass
class Card:
    """One person on the page. `form` is None where nothing can be recorded of them here."""

    person: Skilled
    standing: Standing
    form: ObservationForm | None
    is_sent: bool = False
    is_conflict: bool = False


@dataclass
class Sheet:
    """Everybody whose version names the skill, and the rubric in force."""

    cohort: Cohort
    skill: Skill
    rubric: Rubric | None
    cards: Sequence[Card]
    problem: str | None = None

    @property
    def sent(self) -> Card | None:
        return next((card for card in self.cards if card.is_sent), None)

    @property
    def status(self) -> int:
        if request.method == "GET":
            return 200
        return 409 if self.sent and self.sent.is_conflict else 422


@blueprint.route("/cohorts/<uuid:cohort_id>/skills/<uuid:version_id>/<int:skill_number>", methods=["GET", "POST"])
@requires(PERMISSION)
def observe_skill(cohort_id: uuid.UUID, version_id: uuid.UUID, skill_number: int) -> Page:
    cohort = load_cohort(cohort_id, PERMISSION)
    skill = Skill(version_id, load_skill(load_version(version_id), skill_number))
    sheet = _sheet(cohort, skill)
    if request.method == "POST":
        outcome = _record(sheet)
        if outcome is not None:
            flash(_("The skill is signed.") if outcome is Outcome.DONE else _("Recorded: another try follows."))
            where = {"cohort_id": cohort_id, "version_id": version_id, "skill_number": skill_number}
            return commit_and_redirect("skills.observe_skill", **where)
        db.session.rollback()
        sheet = _again(sheet)
    return _page(sheet, skill_number), sheet.status


def _record(sheet: Sheet) -> Outcome | None:
    """What was stored of the form that was sent; None where it stands on the page with what is wrong."""
    card = sheet.sent
    if card is None or card.form is None:
        sheet.problem = str(PROBLEMS[Problem.OWN if card and _is_own(card) else Problem.NOT_ENROLLED])
        return None
    sent = request.form.get("outcome")
    if sent not in set(Outcome):
        sheet.problem = str(PROBLEMS[Problem.OUTCOME_MISSING])
    elif card.form.is_submitted_and_valid():
        entry = card.form.entry(card.person.id, Outcome(sent))
        if entry is None:
            sheet.problem = _("This form is no longer valid. Reload the page and record it again.")
            return None
        saved = observe(actor(), sheet.cohort, sheet.skill, [entry])
        if not saved.refused and not saved.conflicts:
            return entry.said.outcome
        _complain(sheet, card, saved)
    return None


def _complain(sheet: Sheet, card: Card, saved: Saved) -> None:
    assert card.form is not None  # noqa: S101 - something was sent with it
    for problem in saved.refused.values():
        sheet.problem = card.form.complain(problem)
    if saved.conflicts:
        card.is_conflict = True
        card.form.base_version.data = str(saved.standings[card.person.id].version)


def _sheet(cohort: Cohort, skill: Skill) -> Sheet:
    rubrics = rubrics_of([skill.version_id]).get((skill.version_id, skill.name), [])
    rubric = rubrics[0] if rubrics else None
    people = [person for person in skilled_of(cohort.id) if person.version_id == skill.version_id]
    if not people and cohort.curriculum_version_id != skill.version_id:
        abort(404)
    today = clock.today(cohort.time_zone)
    return Sheet(cohort, skill, rubric, [_card(person, skill, rubric, today) for person in people])


def _card(person: Skilled, skill: Skill, rubric: Rubric | None, today: date) -> Card:
    standing = person.standings[skill.name]
    card = Card(person, standing, None, is_sent=request.form.get("enrollment_id") == str(person.id))
    if rubric and person.person.is_enrolled and not _is_own(card) and (not standing.signed or card.is_sent):
        card.form = ObservationForm.of(standing, person.id, rubric, today, is_sent=card.is_sent)
    return card


def _again(sheet: Sheet) -> Sheet:
    """The same page as the database has it now: somebody else may have been quicker."""
    fresh = {person.id: person.standings[sheet.skill.name] for person in skilled_of(sheet.cohort.id)}
    for card in sheet.cards:
        card.standing = fresh.get(card.person.id, card.standing)
    return sheet


def _is_own(card: Card) -> bool:
    return card.person.person.row.person_id == actor().person_id


def _page(sheet: Sheet, number: int) -> str:
    granted = authorizations_of([sheet.skill.version_id])
    mine = [row for row in granted if row.granted.person_id == actor().person_id]
    signed = [card.standing.signed for card in sheet.cards if card.standing.signed]
    return render_template(
        "skills/observe_skill.html",
        sheet=sheet,
        number=number,
        may_sign=any(row.granted.covers(sheet.skill.name) for row in mine),
        signers=signers_of(granted, sheet.skill.version_id, sheet.skill.name),
        signer_names=names_of({each.signed_by for each in signed}),
        own_id=actor().person_id,
        state_labels=STATE_LABELS,
        state_kinds=STATE_KINDS,
        outcome_labels=OUTCOME_LABELS,
    )
