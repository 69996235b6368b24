"""Who signs a session off."""

import uuid

from sqlalchemy import exists, not_, or_, select

from advocates.access import Role
from advocates.database import db
from advocates.people.models import RoleGrant
from advocates.staffing.models import GuestSpeaker, SessionStaff


def may_sign_off(session_id: uuid.UUID, person_id: uuid.UUID) -> bool:
    """Its own trainers where some are named for it, else every trainer of its cohort; administrators in their place.

    Guest speakers do not sign. That the person may take attendance here is known. One statement.
    """
    named = exists().where(
        SessionStaff.session_id == session_id,
        SessionStaff.removed_at.is_(None),
        not_(exists().where(GuestSpeaker.person_id == SessionStaff.person_id)),
    )
    is_named = named.where(SessionStaff.person_id == person_id)
    is_administrator = exists().where(
        RoleGrant.person_id == person_id, RoleGrant.role == Role.ADMINISTRATOR, RoleGrant.ended_at.is_(None)
    )
    return bool(db.session.scalar(select(or_(is_named, not_(named), is_administrator))))
