"""Who applied, who waits and in which order, who was offered a seat; and deciding about them."""

import uuid
from collections.abc import Sequence

from flask import flash, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.admissions import deciding, queries
from advocates.admissions.deciding import Decided, Decision
from advocates.admissions.forms import DecisionForm, LineForm
from advocates.admissions.labels import OFFER_LABELS, WINDOW_LABELS
from advocates.admissions.views import blueprint
from advocates.cohorts import waiting
from advocates.cohorts.enrolling import Link
from advocates.cohorts.labels import STATUS_LABELS
from advocates.cohorts.models import Cohort
from advocates.cohorts.moving import MoveRefused, OwnEnrollment
from advocates.cohorts.queries import count_seated
from advocates.cohorts.rules import EnrollmentStatus
from advocates.cohorts.scope import load_cohort, load_enrollment
from advocates.cohorts.seats import quotas_of
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.messages.outbox import can_send_mail

Answer = tuple[str, int] | str | Response


@blueprint.get("/cohorts/<uuid:cohort_id>/applications")
@requires(Permission.MANAGE_COHORTS)
def list_applications(cohort_id: uuid.UUID) -> str:
    return _page(load_cohort(cohort_id, Permission.MANAGE_COHORTS))


@blueprint.post("/cohorts/<uuid:cohort_id>/applications/decide")
@requires(Permission.MANAGE_COHORTS)
def decide_applications(cohort_id: uuid.UUID) -> Answer:
    cohort = load_cohort(cohort_id, Permission.MANAGE_COHORTS)
    form = DecisionForm.of_request()
    if not form.is_submitted_and_valid():
        return _page(cohort, " ".join(error for errors in form.errors.values() for error in errors)), 422
    try:
        decided = deciding.decide(
            actor().person_id, cohort_id, form.enrollment_ids.data or [], Decision(form.decision.data or "")
        )
    except OwnEnrollment as refusal:
        db.session.rollback()
        return _refused(cohort, refusal)
    flash(_told(decided), "warning" if decided.is_full and not decided.offered else "message")
    return _after(cohort, decided.links)


@blueprint.post("/enrollments/<uuid:enrollment_id>/waitlist-place")
@requires(Permission.MANAGE_COHORTS)
def move_in_line(enrollment_id: uuid.UUID) -> Answer:
    found = load_enrollment(enrollment_id, Permission.MANAGE_COHORTS)
    form = LineForm.of_request()
    if not form.is_submitted_and_valid():
        return _page(found.cohort, _("Say how far to move the person.")), 422
    try:
        waiting.move_in_line(actor().person_id, found.cohort.id, enrollment_id, form.steps.data or 0)
    except (MoveRefused, OwnEnrollment) as refusal:
        db.session.rollback()
        return _refused(found.cohort, refusal)
    flash(_("%(name)s was moved in the line.", name=found.chosen_name))
    return commit_and_redirect("admissions.list_applications", cohort_id=found.cohort.id, _anchor="waitlist")


@blueprint.post("/enrollments/<uuid:enrollment_id>/offer-link")
@requires(Permission.MANAGE_COHORTS)
def renew_offer(enrollment_id: uuid.UUID) -> Answer:
    found = load_enrollment(enrollment_id, Permission.MANAGE_COHORTS)
    try:
        links = deciding.renew_offer(actor().person_id, found.cohort.id, enrollment_id)
    except (MoveRefused, OwnEnrollment) as refusal:
        db.session.rollback()
        return _refused(found.cohort, refusal)
    flash(_("The link was made. Any earlier one no longer works."))
    return _after(found.cohort, links)


def _after(cohort: Cohort, links: Sequence[Link]) -> Answer:
    """Commit. Links of those who cannot be written to are shown this once: only their hashes are kept."""
    answer = commit_and_redirect("admissions.list_applications", cohort_id=cohort.id)
    return render_template("admissions/_offer_links.html", cohort=cohort, links=links) if links else answer


def _refused(cohort: Cohort, refusal: MoveRefused | OwnEnrollment) -> tuple[str, int]:
    if isinstance(refusal, OwnEnrollment):
        return _page(cohort, _("You cannot act for your own enrollment. Another administrator can.")), 409
    status = STATUS_LABELS[refusal.status]
    said = _("That cannot be done from the status “%(status)s”. Nothing was changed.", status=status)
    return _page(cohort, said), 409


def _page(cohort: Cohort, problem: str | None = None) -> str:
    """Six statements, however many people."""
    terms = queries.terms_of(cohort.id)
    people = queries.seekers(cohort.id)
    return render_template(
        "admissions/list_applications.html",
        cohort=cohort,
        terms=terms,
        state=queries.state_of(terms, cohort),
        seated=count_seated(cohort.id),
        quotas=quotas_of(cohort.id),
        by_status={status: [each for each in people if each.status is status] for status in queries.SEEKING},
        answered=queries.answered_offers(cohort.id),
        EnrollmentStatus=EnrollmentStatus,
        window_labels=WINDOW_LABELS,
        offer_labels=OFFER_LABELS,
        can_send_mail=can_send_mail(),
        problem=problem,
    )


def _waitlisted(decided: Decided) -> str:
    if not decided.is_full:
        return ngettext(
            "%(num)s person was put on the waitlist.", "%(num)s people were put on the waitlist.", decided.waitlisted
        )
    if not decided.offered:
        return ngettext(
            "No seat is free: %(num)s person was put on the waitlist.",
            "No seat is free: %(num)s people were put on the waitlist.",
            decided.waitlisted,
        )
    return ngettext(
        "No further seat is free: %(num)s person was put on the waitlist.",
        "No further seat is free: %(num)s people were put on the waitlist.",
        decided.waitlisted,
    )


def _told(decided: Decided) -> str:
    """What was done, in a sentence for each outcome."""
    said = []
    if count := decided.offered:
        said.append(ngettext("%(num)s seat was offered.", "%(num)s seats were offered.", count))
    if decided.waitlisted:
        said.append(_waitlisted(decided))
    if count := decided.turned_down:
        said.append(ngettext("%(num)s person was turned down.", "%(num)s people were turned down.", count))
    if count := decided.unchanged:
        said.append(
            ngettext(
                "%(num)s person stays as they were: no seat is free, or somebody decided meanwhile.",
                "%(num)s people stay as they were: no seat is free, or somebody decided meanwhile.",
                count,
            )
        )
    return " ".join(said) or _("Nothing was changed: somebody decided meanwhile.")
