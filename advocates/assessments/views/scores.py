"""The scores of a cohort's tests, and taking one back."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import cast

from flask import abort, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates import clock
from advocates.access import Permission, Role, actor, requires
from advocates.assessments import grading, voiding
from advocates.assessments.forms import ScoreHeaderForm, ScoreRowForm, ScoreSheet, VoidForm
from advocates.assessments.labels import SCORE_PROBLEMS, TEST_LABELS
from advocates.assessments.models import AssessmentAttempt
from advocates.assessments.queries import PersonRecord, people_of
from advocates.assessments.rules import (
    AssessmentKind,
    FurtherAttemptReason,
    Score,
    VoidReason,
    attempts_of,
    next_number,
    standing,
)
from advocates.assessments.views import blueprint
from advocates.cohorts.models import Cohort
from advocates.cohorts.scope import load_cohort, load_enrollment
from advocates.database import db
from advocates.idempotency import commit_and_redirect

Page = tuple[str, int] | Response
PERMISSION = Permission.RECORD_ASSESSMENTS


@blueprint.route("/cohorts/<uuid:cohort_id>/tests", methods=["GET", "POST"])
@requires(PERMISSION)
def record_scores(cohort_id: uuid.UUID) -> Page:
    cohort = load_cohort(cohort_id, PERMISSION)
    people = people_of(cohort.id)
    kind = _kind(people)
    sheet = _sheet(cohort, kind, people)
    if not sheet.is_submitted_and_valid():
        return _page(cohort, kind, people, sheet)
    scores = _scores(sheet)
    if not scores:
        return _page(cohort, kind, people, sheet, _("Type at least one score."))
    questions, taken_on = cast(int, sheet.header.questions.data), cast(date, sheet.header.taken_on.data)
    try:
        grading.record_scores(actor(), cohort, kind, questions, taken_on, scores)
    except grading.ScoresRefused as refused:
        for enrollment_id, problem in refused.problems.items():
            sheet.rows[enrollment_id].score.errors = [SCORE_PROBLEMS[problem]]
        return _page(cohort, kind, people, sheet)
    flash(_("The scores are saved."))
    return commit_and_redirect("assessments.record_scores", cohort_id=cohort.id, test=kind)


@blueprint.route("/attempts/<uuid:attempt_id>/void", methods=["GET", "POST"])
@requires(PERMISSION)
def void_attempt(attempt_id: uuid.UUID) -> Page:
    attempt = db.session.get(AssessmentAttempt, attempt_id) or abort(404)
    person = load_enrollment(attempt.enrollment_id, PERMISSION)
    form = VoidForm.of_request()
    if not form.is_submitted_and_valid():
        page = render_template(
            "assessments/void_attempt.html", form=form, attempt=attempt, person=person, test_labels=TEST_LABELS
        )
        return page, 422 if form.errors else 200
    try:
        voiding.void_attempt(actor(), attempt.id, VoidReason(form.reason.data))
    except voiding.VoidRefused:
        abort(409, _("This score was taken back already, or it is your own."))
    flash(_("The score is taken back."))
    return commit_and_redirect("assessments.record_scores", cohort_id=person.cohort.id, test=attempt.kind)


def _kind(people: Sequence[PersonRecord]) -> AssessmentKind:
    """The test asked for; else the one a class would take next."""
    asked = request.args.get("test")
    if asked in set(AssessmentKind):
        return AssessmentKind(asked)
    has_begun = any(person.facts.pre_test_taken for person in people)
    return AssessmentKind.POST_TEST if has_begun else AssessmentKind.PRE_TEST


def _sheet(cohort: Cohort, kind: AssessmentKind, people: Sequence[PersonRecord]) -> ScoreSheet:
    today = clock.today(cohort.time_zone)
    is_post_test = kind is AssessmentKind.POST_TEST
    questions = max((p.rules.post_test.questions_at_least for p in people), default=None) if is_post_test else None
    rows = {}
    for person in people:
        row = ScoreRowForm.of_request(
            prefix=f"p-{person.row.enrollment_id}", number=next_number(attempts_of(kind, person.facts))
        )
        row.score.label.text = person.row.chosen_name
        rows[person.row.enrollment_id] = row
    return ScoreSheet(ScoreHeaderForm.of_request(today=today, taken_on=today, questions=questions), rows)


def _scores(sheet: ScoreSheet) -> list[Score]:
    """What was typed; an empty row is nobody's score."""
    return [
        Score(
            enrollment_id,
            number=row.number.data or 0,
            score=row.score.data,
            reason=FurtherAttemptReason(row.reason.data) if row.reason.data else None,
        )
        for enrollment_id, row in sheet.rows.items()
        if row.score.data is not None
    ]


def _page(
    cohort: Cohort,
    kind: AssessmentKind,
    people: Sequence[PersonRecord],
    sheet: ScoreSheet,
    problem: str | None = None,
) -> Page:
    page = render_template(
        "assessments/record_scores.html",
        cohort=cohort,
        kind=kind,
        people=people,
        sheet=sheet,
        problem=problem,
        test_labels=TEST_LABELS,
        standings={p.row.enrollment_id: standing(kind, p.facts, p.rules.post_test) for p in people},
        own_id=actor().person_id,
        may_grant=actor().has(Role.ADMINISTRATOR),
    )
    return page, 422 if request.method == "POST" else 200
