"""Who may sign a session off, who did, and who took it back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, exists, not_, or_, select
from sqlalchemy.orm import aliased

from advocates.access import Role
from advocates.attendance.models import SessionReopening
from advocates.database import db
from advocates.people.models import PersonProfile, RoleGrant
from advocates.schedule.models import TrainingSession
from advocates.staffing.models import GuestSpeaker, SessionStaff


@dataclass(frozen=True)
class SignOff:
    """Who signed, and whether in place of a trainer who was away."""

    name: str | None
    is_for_absent_trainer: bool


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


def sign_off_of(session: TrainingSession) -> SignOff | None:
    """Who signed the session off, None before that. One statement."""
    if session.signed_off_by is None:
        return None
    name, was_trainer = db.session.execute(
        select(
            PersonProfile.chosen_name,
            exists().where(
                RoleGrant.person_id == session.signed_off_by,
                RoleGrant.role == Role.TRAINER,
                RoleGrant.cohort_id == session.cohort_id,
                RoleGrant.granted_at <= session.signed_off_at,
                or_(RoleGrant.ended_at.is_(None), RoleGrant.ended_at > session.signed_off_at),
            ),
        )
        .select_from(TrainingSession)
        .outerjoin(PersonProfile, PersonProfile.person_id == TrainingSession.signed_off_by)
        .where(TrainingSession.id == session.id)
    ).one()
    return SignOff(name, not was_trainer)


def reopenings_of(session_id: uuid.UUID) -> Sequence[Row[SessionReopening, str, str]]:
    """Each time the sign-off was taken back, the names of who opened it and of who had signed. One statement."""
    opener, signer = aliased(PersonProfile), aliased(PersonProfile)
    return db.session.execute(
        select(SessionReopening, opener.chosen_name, signer.chosen_name)
        .outerjoin(opener, opener.person_id == SessionReopening.reopened_by)
        .outerjoin(signer, signer.person_id == SessionReopening.signed_off_by)
        .where(SessionReopening.session_id == session_id)
        .order_by(SessionReopening.reopened_at)
    ).all()
