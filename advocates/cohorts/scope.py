"""Load what an address names, or answer 404: missing and out of the actor's scope look the same."""

import uuid

from flask import abort

from advocates.access import Permission, actor, check_scope
from advocates.cohorts.models import Cohort
from advocates.cohorts.queries import EnrollmentRow, find_enrollment
from advocates.database import db


def load_cohort(cohort_id: uuid.UUID, permission: Permission) -> Cohort:
    """The cohort, for an actor who holds the permission in it."""
    check_scope(permission, cohort_id)
    return db.session.get(Cohort, cohort_id) or abort(404)


def load_enrollment(enrollment_id: uuid.UUID, permission: Permission, *, own_allowed: bool = False) -> EnrollmentRow:
    """The enrollment, for an actor who holds the permission in its cohort; where `own_allowed`, for its person too."""
    row = find_enrollment(enrollment_id) or abort(404)
    if not (own_allowed and row.enrollment.person_id == actor().person_id):
        check_scope(permission, row.cohort.id)
    return row
