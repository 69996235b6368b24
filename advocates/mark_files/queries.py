"""The people of a register as files may call them."""

import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import exists, or_, select

from advocates import clock
from advocates.access import Role
from advocates.attendance.queries import load_register
from advocates.database import db
from advocates.mark_files.rules import Around, Known
from advocates.people.models import PersonProfile, RoleGrant
from advocates.schedule.models import TrainingSession


def around(session: TrainingSession, actor_id: uuid.UUID) -> Around:
    """The session with everybody on its register and what is recorded of them, and who teaches. Four statements."""
    register = load_register(session)
    profiles = _profiles({person.person_id for person in register.people.values()})
    people = {}
    for enrollment_id, person in register.people.items():
        profile, current = profiles[person.person_id], register.current(enrollment_id)
        people[enrollment_id] = Known(
            enrollment_id,
            person.name,
            (profile.certificate_name,) if profile.certificate_name else (),
            profile.email,
            register.version(enrollment_id),
            current.content if current else None,
            person.brief_absence_minutes,
            person.person_id == actor_id,
        )
    return Around(register.window, session.delivery_mode, clock.now(), people, _staff(session, actor_id))


def _profiles(person_ids: set[uuid.UUID]) -> Mapping[uuid.UUID, PersonProfile]:
    rows = db.session.scalars(select(PersonProfile).where(PersonProfile.person_id.in_(person_ids)))
    return {profile.person_id: profile for profile in rows}


def _staff(session: TrainingSession, actor_id: uuid.UUID) -> Sequence[tuple[str, str | None]]:
    """The cohort's trainers and the actor, by name and address."""
    trains = exists().where(
        RoleGrant.person_id == PersonProfile.person_id,
        RoleGrant.role == Role.TRAINER,
        RoleGrant.cohort_id == session.cohort_id,
        RoleGrant.ended_at.is_(None),
    )
    wanted = or_(PersonProfile.person_id == actor_id, trains)
    return [
        (name, email)
        for name, email in db.session.execute(select(PersonProfile.chosen_name, PersonProfile.email).where(wanted))
    ]
