"""Ask for certificates, for a whole cohort or one person, and watch the worker make them."""

import uuid

from flask import abort, current_app, render_template
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from advocates.access import Permission, actor, requires
from advocates.cohorts.queries import roster
from advocates.cohorts.rules import EnrollmentStatus
from advocates.cohorts.scope import load_cohort, load_enrollment
from advocates.credentials.eligibility import assess_many
from advocates.credentials.issuing import NoLetterhead, retry_failed, start_batch
from advocates.credentials.models import IssuingBatch
from advocates.credentials.progress import progress_of
from advocates.credentials.queries import enrollments_with_credential
from advocates.credentials.refusals import refusal_sentences
from advocates.credentials.views import blueprint
from advocates.database import db
from advocates.idempotency import commit_and_redirect
from advocates.jobs import Nudge, nudge


@blueprint.post("/cohorts/<uuid:cohort_id>/graduation/issue")
@requires(Permission.ISSUE_CREDENTIALS)
def issue_cohort(cohort_id: uuid.UUID) -> Response:
    """The ready get theirs; the others are refused with their reasons."""
    cohort = load_cohort(cohort_id, Permission.ISSUE_CREDENTIALS)
    enrolled = [row.enrollment_id for row in roster(cohort.id) if row.status is EnrollmentStatus.ENROLLED]
    issued = enrollments_with_credential(enrolled)
    return _start(cohort_id, [enrollment_id for enrollment_id in enrolled if enrollment_id not in issued])


@blueprint.post("/enrollments/<uuid:enrollment_id>/credential")
@requires(Permission.ISSUE_CREDENTIALS)
def issue(enrollment_id: uuid.UUID) -> Response | tuple[str, int]:
    """One person's certificate. Refused with the reasons when a requirement falls short."""
    row = load_enrollment(enrollment_id, Permission.ISSUE_CREDENTIALS)
    if enrollments_with_credential([enrollment_id]):
        abort(409, _("A certificate is already issued for this enrollment."))
    verdict = assess_many([enrollment_id])[enrollment_id]
    if not verdict.is_ready:
        reasons = refusal_sentences(requirement.key for requirement in verdict.shortfalls)
        return render_template("credentials/issue.html", row=row, reasons=reasons), 409
    return _start(row.cohort.id, [enrollment_id])


@blueprint.get("/issuing/<uuid:batch_id>")
@requires(Permission.ISSUE_CREDENTIALS)
def show_issuing(batch_id: uuid.UUID) -> str:
    progress = progress_of(_load_batch(batch_id))
    return render_template("credentials/show_issuing.html", progress=progress, reasons_of=refusal_sentences)


@blueprint.post("/issuing/<uuid:batch_id>/retry")
@requires(Permission.ISSUE_CREDENTIALS)
def retry_issuing(batch_id: uuid.UUID) -> Response:
    retry_failed(actor().person_id, _load_batch(batch_id).id)
    response = commit_and_redirect("credentials.show_issuing", batch_id=batch_id)
    nudge(current_app, Nudge.ISSUING)
    return response


@blueprint.get("/issuing/<uuid:batch_id>/progress")
@requires(Permission.ISSUE_CREDENTIALS)
def issuing_progress(batch_id: uuid.UUID) -> dict[str, int | bool]:
    """For the page's own script: {"done", "total", "is_finished"}."""
    progress = progress_of(_load_batch(batch_id))
    return {"done": progress.done, "total": progress.total, "is_finished": progress.is_finished}


def _start(cohort_id: uuid.UUID, enrollment_ids: list[uuid.UUID]) -> Response:
    try:
        batch = start_batch(actor().person_id, cohort_id, assess_many(enrollment_ids))
    except NoLetterhead:
        abort(409, _("Name the issuer and at least one signatory first, on the page “Issuer”."))
    response = commit_and_redirect("credentials.show_issuing", batch_id=batch.id)
    nudge(current_app, Nudge.ISSUING)
    return response


def _load_batch(batch_id: uuid.UUID) -> IssuingBatch:
    batch = db.session.scalars(select(IssuingBatch).filter_by(id=batch_id)).one_or_none()
    if batch is None:
        abort(404)
    load_cohort(batch.cohort_id, Permission.ISSUE_CREDENTIALS)
    return batch
