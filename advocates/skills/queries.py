"""Reads of rubrics, authorizations and observations: whole sets, never one statement per person."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from advocates import clock
from advocates.access import Role
from advocates.assessments.queries import PersonRecord, people_of, rules_of
from advocates.assessments.rules import SignedSkill
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db
from advocates.people.models import PersonProfile, RoleGrant
from advocates.skills.models import SkillAuthorization, SkillObservation, SkillRubric
from advocates.skills.rules import (
    Authorization,
    Criterion,
    Observed,
    State,
    criteria_from_text,
    met_from_text,
    state_of,
    still_to_show,
)

Ids = Collection[uuid.UUID]
STAFF = (Role.ADMINISTRATOR, Role.TRAINER)


@dataclass(frozen=True)
class Rubric:
    """One edition of a skill's rubric."""

    id: uuid.UUID
    version_id: uuid.UUID
    skill: str
    number: int
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True)
class AuthorizationRow:
    """An authorization, and of whom."""

    id: uuid.UUID
    version_id: uuid.UUID
    name: str
    granted: Authorization


@dataclass(frozen=True)
class Observation:
    """One version of what was seen, with the rubric it was held against and by whom."""

    enrollment_id: uuid.UUID
    skill: str
    version: int
    said: Observed
    rubric: Rubric
    sign_off_id: uuid.UUID | None
    observed_by: uuid.UUID
    observer: str
    client_key: uuid.UUID

    @property
    def still_to_show(self) -> tuple[Criterion, ...]:
        """What a next try is about: the required criteria that were not met."""
        return tuple(c for c in still_to_show(self.rubric.criteria, self.said.met) if c.is_required)


@dataclass(frozen=True)
class Standing:
    """Where one person stands in one skill."""

    skill: str
    signed: SignedSkill | None
    latest: Observation | None

    @property
    def state(self) -> State:
        return state_of(self.latest.said.outcome if self.latest else None, is_signed=self.signed is not None)

    @property
    def version(self) -> int:
        return self.latest.version if self.latest else 0

    @property
    def signature(self) -> Observation | None:
        """The observation that the signature rests on; none for one from before a transfer or before rubrics."""
        is_it = self.latest and self.signed and self.latest.sign_off_id == self.signed.id
        return self.latest if is_it else None


@dataclass(frozen=True)
class Skilled:
    """A person of a cohort with their standing by skill, in the order of their version."""

    person: PersonRecord
    standings: Mapping[str, Standing]

    @property
    def id(self) -> uuid.UUID:
        return self.person.row.enrollment_id

    @property
    def version_id(self) -> uuid.UUID:
        return self.person.row.curriculum_version_id


def rubrics_of(version_ids: Ids) -> dict[tuple[uuid.UUID, str], list[Rubric]]:
    """Every edition of each skill's rubric, the newest first. One statement."""
    found: dict[tuple[uuid.UUID, str], list[Rubric]] = defaultdict(list)
    query = select(SkillRubric).where(SkillRubric.version_id.in_(version_ids)).order_by(SkillRubric.number.desc())
    for row in db.session.scalars(query):
        found[row.version_id, row.skill].append(_rubric(row))
    return dict(found)


def authorizations_of(version_ids: Ids) -> Sequence[AuthorizationRow]:
    """Who may sign, and who might until it ended; by name, those that hold longest first. One statement."""
    rows = db.session.execute(
        select(SkillAuthorization, PersonProfile.chosen_name)
        .join(PersonProfile, PersonProfile.person_id == SkillAuthorization.person_id)
        .where(SkillAuthorization.version_id.in_(version_ids))
        .order_by(func.lower(PersonProfile.chosen_name), SkillAuthorization.granted_at, SkillAuthorization.id)
    )
    return [AuthorizationRow(row.id, row.version_id, name, granted_of(row)) for row, name in rows]


def granted_of(row: SkillAuthorization) -> Authorization:
    """The row as the rules read it: an authorization ends on a day of the program's zone."""
    return Authorization(row.person_id, row.skill, row.from_on, row.until_on, _day(row.ended_at))


def _day(instant: datetime | None) -> date | None:
    return instant.astimezone(ZoneInfo(clock.program_zone())).date() if instant else None


def observations_of(enrollment_ids: Ids, skill: str | None = None) -> dict[tuple[uuid.UUID, str], list[Observation]]:
    """Every observation by enrollment and skill, the oldest first. One statement; none without ids."""
    found: dict[tuple[uuid.UUID, str], list[Observation]] = defaultdict(list)
    if not enrollment_ids:
        return found
    query = (
        select(SkillObservation, SkillRubric, PersonProfile.chosen_name)
        .join(SkillRubric, SkillRubric.id == SkillObservation.rubric_id)
        .join(PersonProfile, PersonProfile.person_id == SkillObservation.observed_by)
        .where(SkillObservation.enrollment_id.in_(enrollment_ids))
        .order_by(SkillObservation.version)
    )
    if skill is not None:
        query = query.where(SkillObservation.skill == skill)
    for row, rubric, name in db.session.execute(query):
        found[row.enrollment_id, row.skill].append(observation_of(row, _rubric(rubric), name))
    return found


def observation_of(row: SkillObservation, rubric: Rubric, observer: str) -> Observation:
    return Observation(
        row.enrollment_id,
        row.skill,
        row.version,
        Observed(row.outcome, met_from_text(row.criteria), row.observed_on, row.next_try_on),
        rubric,
        row.sign_off_id,
        row.observed_by,
        observer,
        row.client_key,
    )


def skilled_of(cohort_id: uuid.UUID) -> list[Skilled]:
    """Everyone in training or graduated in the cohort, with their standing in each skill. Seven statements."""
    people = people_of(cohort_id)
    seen = observations_of([person.row.enrollment_id for person in people])
    return [
        Skilled(person, standings_of(person.row.enrollment_id, person.rules.skills, person.facts.signed_skills, seen))
        for person in people
    ]


def standings_of(
    enrollment_id: uuid.UUID,
    skills: Sequence[str],
    signed: Sequence[SignedSkill],
    seen: Mapping[tuple[uuid.UUID, str], Sequence[Observation]],
) -> dict[str, Standing]:
    """One person's standing in these skills, in their order."""
    signatures = {each.skill: each for each in signed}
    return {
        skill: Standing(skill, signatures.get(skill), next(reversed(seen.get((enrollment_id, skill), ())), None))
        for skill in skills
    }


def skills_of(version: CurriculumVersion) -> tuple[str, ...]:
    """The skills that a version names, in its order."""
    return rules_of([version.id])[version.id].skills


def staff() -> list[tuple[uuid.UUID, str]]:
    """Every administrator and trainer by name: who may be authorized. One statement."""
    rows = db.session.execute(
        select(PersonProfile.person_id, PersonProfile.chosen_name, func.lower(PersonProfile.chosen_name))
        .join(RoleGrant, RoleGrant.person_id == PersonProfile.person_id)
        .where(RoleGrant.role.in_(STAFF), RoleGrant.ended_at.is_(None))
        .distinct()
        .order_by(func.lower(PersonProfile.chosen_name), PersonProfile.person_id)
    )
    return [(person_id, name) for person_id, name, _key in rows]


def _rubric(row: SkillRubric) -> Rubric:
    return Rubric(row.id, row.version_id, row.skill, row.number, criteria_from_text(row.criteria))
