"""Take back an attempt or a sign-off, with a reason. The row stays."""

import uuid
from typing import TypeVar

from sqlalchemy import select

from advocates import clock
from advocates.access import Actor
from advocates.assessments.models import AssessmentAttempt, SkillSignOff
from advocates.assessments.rules import VoidReason
from advocates.audit.recording import record
from advocates.cohorts.models import Enrollment
from advocates.database import db
from advocates.equivalence.queries import links_of
from advocates.equivalence.rules import after

Row = TypeVar("Row", AssessmentAttempt, SkillSignOff)


class VoidRefused(Exception):
    """Nothing was taken back."""


class OwnRecord(VoidRefused):
    """Nobody changes what is recorded of themself."""


class AlreadyVoided(VoidRefused):
    """It was taken back before."""


def void_attempt(actor: Actor, attempt_id: uuid.UUID, reason: VoidReason) -> None:
    """The attempt no longer counts, neither its score nor toward the limit. Raises VoidRefused."""
    _void(actor, AssessmentAttempt, attempt_id, reason)
    record(actor.person_id, "void_attempt", attempt_id=attempt_id, reason=reason)


def void_sign_off(actor: Actor, sign_off_id: uuid.UUID, reason: VoidReason) -> None:
    """The skill is unsigned again. Raises VoidRefused."""
    _void(actor, SkillSignOff, sign_off_id, reason)
    record(actor.person_id, "void_sign_off", sign_off_id=sign_off_id, reason=reason)


def _void(actor: Actor, kind: type[Row], row_id: uuid.UUID, reason: VoidReason) -> None:
    """With the enrollment locked, and those that it was transferred to.

    A certificate that is being made stands on the row, or is refused without it.
    """
    enrollment_id = db.session.get_one(kind, row_id).enrollment_id
    enrollment = db.session.get_one(Enrollment, enrollment_id, with_for_update=True)
    if later := after(links_of([enrollment_id]), [enrollment_id]):
        query = select(Enrollment.id).where(Enrollment.id.in_(later)).order_by(Enrollment.id).with_for_update()
        db.session.scalars(query).all()
    row = db.session.get_one(kind, row_id, with_for_update=True, populate_existing=True)
    if enrollment.person_id == actor.person_id:
        raise OwnRecord
    if row.voided_at is not None:
        raise AlreadyVoided
    row.voided_at, row.voided_by, row.void_reason_code = clock.now(), actor.person_id, reason
