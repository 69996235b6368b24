"""Give and take roles. A person may hold several; trainers and auditors hold theirs for named cohorts too."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from advocates import clock
from advocates.access import Role
from advocates.audit.recording import record
from advocates.database import db, new_id
from advocates.people.models import Account, RoleGrant

COHORT_ROLES = frozenset({Role.TRAINER, Role.AUDITOR})


class AlreadyGranted(Exception):
    """The person holds this role there already."""


class WrongScope(Exception):
    """An auditor's role needs a cohort and an end; an administrator or trainee has neither."""


class LastAdministrator(Exception):
    """Nobody else could administer the program."""


def grant_role(
    actor_id: uuid.UUID | None,
    person_id: uuid.UUID,
    role: Role,
    cohort_id: uuid.UUID | None = None,
    expires_at: datetime | None = None,
) -> uuid.UUID:
    """Give a role, everywhere or for one cohort, and return the grant's id. Raises AlreadyGranted, WrongScope."""
    is_auditor = role is Role.AUDITOR
    if (cohort_id is not None and role not in COHORT_ROLES) or is_auditor != (expires_at is not None):
        raise WrongScope
    if is_auditor and cohort_id is None:
        raise WrongScope
    _make_room(person_id, role, cohort_id)
    try:
        grant_id = create_grants([person_id], role, actor_id, cohort_id, expires_at)[0]
    except IntegrityError as error:  # somebody else was quicker by a moment
        raise AlreadyGranted from error
    record(actor_id, "grant_role", grant_id=grant_id, person_id=person_id, role=role.value, cohort_id=cohort_id)
    return grant_id


def create_grants(
    person_ids: Iterable[uuid.UUID],
    role: Role,
    actor_id: uuid.UUID | None,
    cohort_id: uuid.UUID | None = None,
    expires_at: datetime | None = None,
) -> list[uuid.UUID]:
    """The rows of new grants without an audit event, for an activity that records its own (enrolling many)."""
    now = clock.now()
    grants = [
        RoleGrant(
            id=new_id(),
            person_id=person_id,
            role=role,
            cohort_id=cohort_id,
            granted_by=actor_id,
            granted_at=now,
            expires_at=expires_at,
        )
        for person_id in person_ids
    ]
    db.session.add_all(grants)
    db.session.flush()
    return [grant.id for grant in grants]


def end_role(actor_id: uuid.UUID, grant: RoleGrant) -> None:
    """Take a role back, at once. One held everywhere takes its cohorts with it. Raises LastAdministrator."""
    if grant.ended_at is not None:
        return
    if grant.role is Role.ADMINISTRATOR and not _other_administrators(grant):
        raise LastAdministrator
    ending = [grant]
    if grant.cohort_id is None:
        ending = list(_open_grants(grant.person_id, grant.role))
    for each in ending:
        each.ended_at = clock.now()
    db.session.flush()
    record(actor_id, "end_role", person_id=grant.person_id, role=grant.role.value, cohort_id=grant.cohort_id)


def _make_room(person_id: uuid.UUID, role: Role, cohort_id: uuid.UUID | None) -> None:
    """End an expired grant of the same kind; refuse a second one."""
    now = clock.now()
    for held in _open_grants(person_id, role):
        if held.cohort_id != cohort_id:
            continue
        if held.expires_at is None or held.expires_at > now:
            raise AlreadyGranted
        held.ended_at = held.expires_at
    db.session.flush()


def _open_grants(person_id: uuid.UUID, role: Role) -> list[RoleGrant]:
    query = select(RoleGrant).filter_by(person_id=person_id, role=role, ended_at=None).order_by(RoleGrant.id)
    return list(db.session.scalars(query.with_for_update()))


def _other_administrators(grant: RoleGrant) -> bool:
    """Whether somebody else can administer. Locks all their grants, so that two cannot remove each other."""
    query = select(RoleGrant).filter_by(role=Role.ADMINISTRATOR, ended_at=None).order_by(RoleGrant.id).with_for_update()
    others = [held.person_id for held in db.session.scalars(query) if held.person_id != grant.person_id]
    able = select(Account.person_id).where(
        Account.person_id.in_(others), Account.password_hash.is_not(None), Account.disabled_at.is_(None)
    )
    return db.session.scalar(able.limit(1)) is not None
