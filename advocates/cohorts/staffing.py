"""Who trains a cohort."""

import uuid
from collections.abc import Collection

from sqlalchemy import select

from advocates import clock
from advocates.access import Role
from advocates.audit.recording import record
from advocates.cohorts.seats import lock_open_cohort
from advocates.database import db
from advocates.people.granting import create_grants
from advocates.people.models import RoleGrant


def assign_trainers(actor_id: uuid.UUID, cohort_id: uuid.UUID, person_ids: Collection[uuid.UUID]) -> None:
    """Make these people the cohort's trainers: new ones get the role here, for others it ends at once."""
    lock_open_cohort(cohort_id)
    query = (
        select(RoleGrant)
        .filter_by(cohort_id=cohort_id, role=Role.TRAINER, ended_at=None)
        .order_by(RoleGrant.id)
        .with_for_update()
    )
    held = {grant.person_id: grant for grant in db.session.scalars(query)}
    ended = [person_id for person_id in held if person_id not in person_ids]
    for person_id in ended:
        held[person_id].ended_at = clock.now()
    added = [person_id for person_id in person_ids if person_id not in held]
    create_grants(added, Role.TRAINER, actor_id, cohort_id)
    if added or ended:
        record(actor_id, "assign_trainers", cohort_id=cohort_id, added=added, ended=ended)
