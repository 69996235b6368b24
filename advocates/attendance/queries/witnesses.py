"""Who may witness a paper sheet."""

import uuid
from collections.abc import Sequence

from sqlalchemy import or_, select

from advocates import clock
from advocates.access import Role
from advocates.attendance.queries.register import roster
from advocates.database import db
from advocates.people.models import PersonProfile, RoleGrant
from advocates.schedule.models import TrainingSession


def witnesses(session: TrainingSession, actor_id: uuid.UUID) -> Sequence[tuple[uuid.UUID, str]]:
    """The cohort's other trainers and all administrators by name, without those on the register. Two statements."""
    attending = {person.person_id for person in roster(session)}
    rows = db.session.execute(
        select(PersonProfile.person_id, PersonProfile.chosen_name)
        .join(RoleGrant, RoleGrant.person_id == PersonProfile.person_id)
        .where(
            or_(
                RoleGrant.role == Role.ADMINISTRATOR,
                (RoleGrant.role == Role.TRAINER) & (RoleGrant.cohort_id == session.cohort_id),
            ),
            RoleGrant.ended_at.is_(None),
            or_(RoleGrant.expires_at.is_(None), RoleGrant.expires_at > clock.now()),
            RoleGrant.person_id != actor_id,
        )
        .distinct()
        .order_by(PersonProfile.chosen_name, PersonProfile.person_id)
    )
    return [(person_id, name) for person_id, name in rows if person_id not in attending]
