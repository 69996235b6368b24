"""Load the session that an address names, or answer 404: missing and out of the actor's scope look the same."""

import uuid

from flask import abort
from sqlalchemy import select

from advocates.access import Permission, check_scope
from advocates.cohorts.models import Cohort
from advocates.database import db
from advocates.schedule.models import TrainingSession


def load_session(
    session_id: uuid.UUID, permission: Permission, *, for_update: bool = False
) -> tuple[TrainingSession, Cohort]:
    """The session, locked for a write, and its cohort, for an actor who holds the permission there. One statement."""
    query = (
        select(TrainingSession, Cohort)
        .join(Cohort, Cohort.id == TrainingSession.cohort_id)
        .where(TrainingSession.id == session_id)
    )
    if for_update:
        query = query.with_for_update(of=TrainingSession).execution_options(populate_existing=True)
    row = db.session.execute(query).one_or_none()
    if row is None:
        abort(404)
    session, cohort = row
    check_scope(permission, cohort.id)
    return session, cohort
