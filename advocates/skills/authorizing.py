"""Say who may sign which skill, from when to when. An authorization is ended, never deleted."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from advocates import clock
from advocates.audit.recording import record
from advocates.cohorts.models import Cohort
from advocates.cohorts.queries import roster, trainers
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db, new_id
from advocates.skills.models import SkillAuthorization
from advocates.skills.queries import granted_of, skills_of, staff


class AuthorizingRefused(Exception):
    """Nothing was changed."""


class NotStaff(AuthorizingRefused):
    """Only trainers and administrators sign skills."""


class UnknownSkill(AuthorizingRefused):
    """The version names no such skill."""


class DaysOutOfOrder(AuthorizingRefused):
    """It would end before it begins."""


class AlreadyAuthorized(AuthorizingRefused):
    """The person may sign this on every one of these days already."""


class AlreadyEnded(AuthorizingRefused):
    """It was ended before."""


@dataclass(frozen=True)
class Grant:
    """Who may sign what: every skill of the version where `skill` is None."""

    person_id: uuid.UUID
    skill: str | None
    from_on: date
    until_on: date | None = None


def authorize_person(actor_id: uuid.UUID, version_id: uuid.UUID, grant: Grant) -> None:
    """Raises AuthorizingRefused."""
    version = db.session.get_one(CurriculumVersion, version_id, with_for_update=True)
    if grant.person_id not in {person_id for person_id, _name in staff()}:
        raise NotStaff
    if grant.skill is not None and grant.skill not in skills_of(version):
        raise UnknownSkill
    if grant.until_on is not None and grant.until_on < grant.from_on:
        raise DaysOutOfOrder
    if not _add(actor_id, version_id, [grant]):
        raise AlreadyAuthorized


def authorize_trainers(actor_id: uuid.UUID, cohort: Cohort) -> int:
    """Every trainer of the cohort for all skills of its people's versions, from today; how many were added."""
    versions = {cohort.curriculum_version_id, *(row.curriculum_version_id for row in roster(cohort.id))}
    today, people = clock.today(), [person_id for person_id, _name in trainers(cohort.id)]
    count = 0
    for version_id in sorted(versions):
        db.session.get_one(CurriculumVersion, version_id, with_for_update=True)
        count += _add(actor_id, version_id, [Grant(person_id, None, today) for person_id in people])
    return count


def end_authorization(actor_id: uuid.UUID, authorization_id: uuid.UUID) -> SkillAuthorization:
    """What is seen from today on, this person no longer signs. Raises AlreadyEnded."""
    row = db.session.get_one(SkillAuthorization, authorization_id, with_for_update=True, populate_existing=True)
    if row.ended_at is not None:
        raise AlreadyEnded
    row.ended_at, row.ended_by = clock.now(), actor_id
    record(actor_id, "end_authorization", authorization_id=row.id, person_id=row.person_id, version_id=row.version_id)
    return row


def _add(actor_id: uuid.UUID, version_id: uuid.UUID, grants: Iterable[Grant]) -> int:
    """Those that give anybody a day more; the version is locked."""
    held = db.session.scalars(select(SkillAuthorization).filter_by(version_id=version_id, ended_at=None)).all()
    added = [
        SkillAuthorization(
            id=new_id(),
            version_id=version_id,
            person_id=grant.person_id,
            skill=grant.skill,
            from_on=grant.from_on,
            until_on=grant.until_on,
            granted_by=actor_id,
            granted_at=clock.now(),
        )
        for grant in grants
        if not any(_holds(row, grant) for row in held)
    ]
    if added:
        db.session.add_all(added)
        ids = [row.id for row in added]
        people = [row.person_id for row in added]
        record(actor_id, "authorize_for_skills", version_id=version_id, person_ids=people, authorization_ids=ids)
    return len(added)


def _holds(row: SkillAuthorization, grant: Grant) -> bool:
    granted = granted_of(row)
    covers = granted.person_id == grant.person_id and granted.skill in (None, grant.skill)
    lasts = granted.until_on is None or (grant.until_on is not None and grant.until_on <= granted.until_on)
    return covers and granted.from_on <= grant.from_on and lasts
