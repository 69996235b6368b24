"""Enrolling from a list: every line is shown with what would become of it, and nothing is written till confirmed."""

import uuid
from collections.abc import Mapping, Sequence

from flask import render_template, request
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.cohorts import enrolling, labels
from advocates.cohorts.enrolling import EnrollingRefused
from advocates.cohorts.forms import PeopleListForm
from advocates.cohorts.models import Cohort
from advocates.cohorts.rules import (
    MOST_PEOPLE,
    Decision,
    Judged,
    Judgment,
    PeopleList,
    PeopleListError,
    Standing,
    read_people,
)
from advocates.cohorts.scope import load_cohort
from advocates.cohorts.views import blueprint
from advocates.cohorts.views.enrolling import after_enrolling, sentence
from advocates.database import db

PREFIX = "decision-"


@blueprint.route("/cohorts/<uuid:cohort_id>/enroll-list", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def enroll_list(cohort_id: uuid.UUID) -> tuple[str, int] | str | Response:
    cohort = load_cohort(cohort_id, Permission.MANAGE_COHORTS)
    form = PeopleListForm.of_request()
    people = _read(form) if form.is_submitted_and_valid() else None
    if people is None:
        page = render_template("cohorts/enroll_list.html", form=form, cohort=cohort, most=MOST_PEOPLE)
        return page, 422 if form.errors else 200
    actor_id, decided = actor().person_id, decisions()
    if not form.is_confirmed:
        judgment = enrolling.judge_newcomers(actor_id, cohort, people.lines, decided)
        return _preview(cohort, form, people, judgment, 422 if judgment.of(Standing.WRONG) else 200)
    try:
        enrolled = enrolling.enroll_newcomers(actor_id, cohort_id, people.lines, decided, form.seen.data or "")
    except EnrollingRefused as refusal:
        db.session.rollback()
        return _preview(cohort, form, people, refusal.judgment, 409 if refusal.judgment.may_enroll else 422)
    return after_enrolling(cohort, enrolled)


def _read(form: PeopleListForm) -> PeopleList | None:
    try:
        return read_people(form.people.data or "")
    except PeopleListError as error:
        form.people.errors = [sentence(error.problem)]
        return None


def decisions() -> Mapping[str, Decision]:
    """What was chosen for conflicting lines, by the line's key."""
    chosen = {name.removeprefix(PREFIX): value for name, value in request.form.items() if name.startswith(PREFIX)}
    return {key: Decision(value) for key, value in chosen.items() if value in set(Decision)}


def by_attention(judgment: Judgment) -> tuple[Sequence[Judged], Sequence[Judged]]:
    """The lines that somebody must look at, in order, and the others."""
    attention = [row for row in judgment.rows if row.choices or row.standing is Standing.WRONG]
    keys = {row.line.number for row in attention}
    return attention, [row for row in judgment.rows if row.line.number not in keys]


def _preview(
    cohort: Cohort, form: PeopleListForm, people: PeopleList, judgment: Judgment, status: int
) -> tuple[str, int]:
    """`status` is 409 where what was shown is no longer so."""
    attention, others = by_attention(judgment)
    page = render_template(
        "cohorts/enroll_list.html",
        form=form,
        cohort=cohort,
        most=MOST_PEOPLE,
        people=people,
        judgment=judgment,
        attention=attention,
        others=others,
        is_changed=status == 409,
        is_asked=bool(form.confirm.data),
        Standing=Standing,
        labels=labels,
        sentence=sentence,
    )
    return page, status
