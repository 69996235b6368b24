"""One enrollment's record: for its person, the staff of its cohort, and auditors."""

import uuid
from typing import Any

from flask import render_template

from advocates.access import Permission, actor, requires
from advocates.cohorts.history import status_history
from advocates.cohorts.labels import STATUS_LABELS, reason_words
from advocates.cohorts.rules import EnrollmentStatus, may_become
from advocates.cohorts.scope import load_enrollment
from advocates.credentials.queries import waivers_of
from advocates.credentials.telling import requirement_label
from advocates.curriculum.labels import AGREEMENT_LABELS, DELIVERY_LABELS, ROUTE_LABELS
from advocates.overview import queries
from advocates.overview.views import blueprint
from advocates.skills.labels import OUTCOME_LABELS
from advocates.skills.queries import observations_of
from advocates.transfers.labels import REASON_LABELS
from advocates.transfers.queries import transfers_of

LABELS: dict[str, Any] = {
    "agreement_labels": AGREEMENT_LABELS,
    "delivery_labels": DELIVERY_LABELS,
    "route_labels": ROUTE_LABELS,
}


@blueprint.get("/enrollments/<uuid:enrollment_id>")
@requires(Permission.VIEW_ENROLLMENTS)
def show_enrollment(enrollment_id: uuid.UUID) -> str:
    """Nobody acts for themself: staff see their own record as a trainee does."""
    row = load_enrollment(enrollment_id, Permission.VIEW_ENROLLMENTS, own_allowed=True)
    is_own = row.enrollment.person_id == actor().person_id
    is_staff = not is_own and actor().may_in(Permission.PROPOSE_MAKE_UPS, row.cohort.id)
    return render_template(
        "overview/show_enrollment.html",
        row=row,
        progress=queries.progress_of(enrollment_id),
        is_own=is_own,
        is_staff=is_staff,
        shows_slices=is_own or is_staff,
        **_skills(enrollment_id, is_shown=is_own or is_staff),
        waivers=waivers_of([enrollment_id])[enrollment_id] if is_staff else [],
        may_move=row.enrollment.status is EnrollmentStatus.ENROLLED,
        may_withdraw=may_become(row.enrollment.status, EnrollmentStatus.WITHDRAWN),
        history=status_history(enrollment_id),
        transfers=transfers_of(enrollment_id),
        move_reasons=REASON_LABELS,
        reason_words=reason_words,
        requirement_label=requirement_label,
        statuses=STATUS_LABELS,
        **LABELS,
    )


def _skills(enrollment_id: uuid.UUID, *, is_shown: bool) -> dict[str, Any]:
    """What was seen of each skill: auditors see signatures, never tries."""
    return {"seen": observations_of([enrollment_id]) if is_shown else {}, "outcome_labels": OUTCOME_LABELS}
