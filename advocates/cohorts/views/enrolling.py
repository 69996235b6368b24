"""Enrolling one person by form, and what is said once people are enrolled."""

import uuid

from flask import flash, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.cohorts import enrolling, waiting
from advocates.cohorts.enrolling import Enrolled, EnrollingRefused
from advocates.cohorts.forms import EnrollForm
from advocates.cohorts.models import Cohort
from advocates.cohorts.rules import Judgment, Quota, Standing
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
    is_full = False
    if form.is_submitted_and_valid():
        try:
            if form.waitlist.data:
                return _put_on_waitlist(cohort, form)
            enrolled = enrolling.enroll_newcomers(actor().person_id, cohort_id, [form.line()], form.decisions())
        except EnrollingRefused as refusal:
            db.session.rollback()
            _explain(form, refusal.judgment)
            is_full = refusal.judgment.is_sound
        else:
            if enrolled.enrollment_ids:
                return after_enrolling(cohort, enrolled)
            _say_why_not(form, enrolled)
    page = render_template("cohorts/enroll_person.html", form=form, cohort=cohort, agencies=agencies(), is_full=is_full)
    return page, 422 if form.errors else 200


def _put_on_waitlist(cohort: Cohort, form: EnrollForm) -> Response:
    """What is left to choose where somebody else was quicker with the last seat. Raises EnrollingRefused."""
    if waiting.waitlist_newcomers(actor().person_id, cohort.id, [form.line()], form.decisions()):
        flash(_("%(name)s is on the waitlist and is offered the next free seat.", name=form.chosen_name.data))
    else:
        flash(_("The person is in this cohort already. Nothing was changed."), "info")
    return commit_and_redirect("cohorts.show_cohort", cohort_id=cohort.id)


def after_enrolling(cohort: Cohort, enrolled: Enrolled) -> str | Response:
    """Commit. Where no mail can be sent, the links are shown this once: only their hashes are kept."""
    if not enrolled.links or can_send_mail():
        said = _("Enrolled. Invitations are on their way by e-mail.") if enrolled.links else _("Enrolled.")
        flash(said if enrolled.enrollment_ids else _("Everyone was in the cohort already. Nothing was changed."))
        return commit_and_redirect("cohorts.show_cohort", cohort_id=cohort.id)
    commit_and_redirect("cohorts.show_cohort", cohort_id=cohort.id)
    return render_template("cohorts/_invitation_links.html", cohort=cohort, links=enrolled.links)


def _explain(form: EnrollForm, judgment: Judgment) -> None:
    """Put each refusal at its field."""
    for row in judgment.of(Standing.WRONG):
        for problem in row.line.problems:
            form[problem.path].errors = [sentence(problem)]
    if judgment.seats_missing:
        form.chosen_name.errors = [_("All seats of this cohort are taken. Give it more seats or use another cohort.")]
    for quota, _missing in judgment.beyond_quota:
        form.agency.errors = [quota_sentence(quota)]


def _say_why_not(form: EnrollForm, enrolled: Enrolled) -> None:
    if enrolled.left_out and (conflict := enrolled.left_out[0].conflict):
        form[conflict.path].errors = [sentence(conflict)]
    elif form.email.data:
        form.email.errors = [_("The person with this address is in this cohort already.")]
    else:
        form.chosen_name.errors = [
            _("Somebody of this name is in this cohort already. Add an e-mail address or tell the two names apart.")
        ]


def flash_untold(offers: int) -> None:
    """Say that a freed seat was offered to somebody who cannot be written to. No name: a flash is kept in a cookie."""
    if offers:
        said = _("A seat is offered to the next in line: hand over the link on the applications page.")
        flash(said, "warning")


def quota_sentence(quota: Quota) -> str:
    return ngettext(
        "%(agency)s has filled its one seat. Change its quota first.",
        "%(agency)s has filled all of its %(num)s seats. Change its quota first.",
        quota.seats,
        agency=quota.agency,
    )


def sentence(problem: Problem) -> str:
    """A rule's finding in the reader's language."""
    return str(_(problem.message)) % problem.values
