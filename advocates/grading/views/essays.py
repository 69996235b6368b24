"""Written answers that wait for a person, and grading one."""

import uuid

from flask import abort, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, check_scope, requires
from advocates.cohorts.scope import load_cohort
from advocates.grading import grading
from advocates.grading.forms import GradeForm, grade_form
from advocates.grading.labels import GRADE_PROBLEMS
from advocates.grading.queries import Essay, essays_waiting, find_essay
from advocates.grading.views import blueprint
from advocates.idempotency import commit_and_redirect
from advocates.question_bank.queries import is_asked, may_write
from advocates.sittings.queries import openings_of
from advocates.sittings.rules.grading import GradeProblem

Page = tuple[str, int] | Response
PERMISSION = Permission.RECORD_ASSESSMENTS


@blueprint.get("/cohorts/<uuid:cohort_id>/essays")
@requires(PERMISSION)
def list_essays(cohort_id: uuid.UUID) -> str:
    cohort = load_cohort(cohort_id, PERMISSION)
    waiting = essays_waiting(cohort.id)
    mine = [essay for essay in waiting if essay.may_be_graded_by(actor().person_id)]
    version_id = cohort.curriculum_version_id
    may_analyze = may_write(actor(), version_id) and not is_asked(actor(), version_id)
    return render_template(
        "grading/list_essays.html",
        cohort=cohort,
        essays=mine,
        others=len(waiting) - len(mine),
        tests={test.id: test for _opening, test in openings_of(cohort.id)} if may_analyze else {},
    )


@blueprint.route("/written-answers/<uuid:sitting_question_id>/grade", methods=["GET", "POST"])
@requires(PERMISSION)
def grade_answer(sitting_question_id: uuid.UUID) -> Page:
    essay = find_essay(sitting_question_id) or abort(404)
    check_scope(PERMISSION, essay.held.cohort.id)
    if essay.held.enrollment.person_id == actor().person_id:
        abort(404)
    form = grade_form(essay.taken.question)
    if not form.is_submitted_and_valid():
        return _page(essay, form, None, 422 if form.errors else 200)
    try:
        grading.grade_answer(actor(), sitting_question_id, form.lines)
    except grading.GradeRefused as refused:
        return _page(essay, form, refused.problem, 409)
    flash(_("The grade is saved."))
    left = [each for each in essays_waiting(essay.held.cohort.id) if each.may_be_graded_by(actor().person_id)]
    if left:
        return commit_and_redirect("grading.grade_answer", sitting_question_id=left[0].taken.id)
    return commit_and_redirect("grading.list_essays", cohort_id=essay.held.cohort.id)


def _page(essay: Essay, form: GradeForm, problem: GradeProblem | None, status: int) -> Page:
    parts = [essay.taken.question, *essay.taken.question.questions]
    answers = (essay.taken.answer or {}).get("answers", [])
    texts = [(essay.taken.answer or {}).get("text"), *((each or {}).get("text") for each in answers)]
    page = render_template(
        "grading/grade_answer.html",
        essay=essay,
        form=form,
        problem=GRADE_PROBLEMS[problem] if problem else None,
        written=[(part, text) for part, text in zip(parts, texts, strict=False) if part.rubric],
    )
    return page, status
