"""Enrolling: one person by form, many by list, with a preview before anything is written."""

import uuid

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.cohorts import enrolling, labels
from advocates.cohorts.enrolling import Enrolled, EnrollingRefused
from advocates.cohorts.forms import EnrollForm, PeopleListForm
from advocates.cohorts.models import Cohort
from advocates.cohorts.rules import Judgment, PeopleList, PeopleListError, Standing, read_people
from advocates.cohorts.scope import load_cohort
from advocates.cohorts.views import blueprint
from advocates.curriculum.rules import Problem
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.messages.outbox import can_send_mail
from advocates.people.queries import agencies


@blueprint.route("/cohorts/<uuid:cohort_id>/enroll", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def enroll_person(cohort_id: uuid.UUID) -> tuple[str, int] | str | Response:
    cohort = load_cohort(cohort_id, Permission.MANAGE_COHORTS)
    form = EnrollForm.of_request()
    if form.is_submitted_and_valid():
        try:
            enrolled = enrolling.enroll_newcomers(actor().person_id, cohort_id, [form.line()])
        except EnrollingRefused as refusal:
            db.session.rollback()
            _explain(form, refusal.judgment)
        else:
            if enrolled.enrollment_ids:
                return after_enrolling(cohort, enrolled)
            _say_enrolled_already(form)
    page = render_template("cohorts/enroll_person.html", form=form, cohort=cohort, agencies=agencies())
    return page, 422 if form.errors else 200


@blueprint.route("/cohorts/<uuid:cohort_id>/enroll-list", methods=["GET", "POST"])
@requires(Permission.MANAGE_COHORTS)
def enroll_list(cohort_id: uuid.UUID) -> tuple[str, int] | str | Response:
    cohort = load_cohort(cohort_id, Permission.MANAGE_COHORTS)
    form = PeopleListForm.of_request()
    people = _read(form) if form.is_submitted_and_valid() else None
    if people is None:
        return render_template("cohorts/enroll_list.html", form=form, cohort=cohort), 422 if form.errors else 200
    if not form.is_confirmed:
        return _preview(cohort, form, people, enrolling.judge_newcomers(actor().person_id, cohort, people.lines))
    try:
        enrolled = enrolling.enroll_newcomers(actor().person_id, cohort_id, people.lines)
    except EnrollingRefused as refusal:
        db.session.rollback()
        return _preview(cohort, form, people, refusal.judgment)
    return after_enrolling(cohort, enrolled)


def after_enrolling(cohort: Cohort, enrolled: Enrolled) -> str | Response:
    """Commit. Where no mail can be sent, the links are shown this once: only their hashes are kept."""
    if not enrolled.links or can_send_mail():
        said = _("Enrolled. Invitations are on their way by e-mail.") if enrolled.links else _("Enrolled.")
        flash(said if enrolled.enrollment_ids else _("Everyone was in the cohort already. Nothing was changed."))
        return commit_and_redirect("cohorts.show_cohort", cohort_id=cohort.id)
    commit_and_redirect("cohorts.show_cohort", cohort_id=cohort.id)
    return render_template("cohorts/_invitation_links.html", cohort=cohort, links=enrolled.links)


def _read(form: PeopleListForm) -> PeopleList | None:
    try:
        return read_people(form.people.data or "")
    except PeopleListError as error:
        form.people.errors = [sentence(error.problem)]
        return None


def _preview(cohort: Cohort, form: PeopleListForm, people: PeopleList, judgment: Judgment) -> tuple[str, int]:
    page = render_template(
        "cohorts/enroll_list.html",
        form=form,
        cohort=cohort,
        people=people,
        judgment=judgment,
        Standing=Standing,
        labels=labels,
        sentence=sentence,
    )
    return page, 200 if judgment.may_enroll else 422


def _explain(form: EnrollForm, judgment: Judgment) -> None:
    """Put each refusal at its field."""
    for row in judgment.of(Standing.WRONG):
        for problem in row.line.problems:
            form[problem.path].errors = [sentence(problem)]
    if judgment.seats_missing:
        form.chosen_name.errors = [_("All seats of this cohort are taken. Give it more seats or use another cohort.")]


def _say_enrolled_already(form: EnrollForm) -> None:
    if form.email.data:
        form.email.errors = [_("The person with this address is in this cohort already.")]
    else:
        form.chosen_name.errors = [
            _("Somebody of this name is in this cohort already. Add an e-mail address or tell the two names apart.")
        ]


def sentence(problem: Problem) -> str:
    """A rule's finding in the reader's language."""
    return str(_(problem.message)) % problem.values
