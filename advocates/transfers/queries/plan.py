"""What moving people to a cohort would mean for each of them. A fixed number of statements, however many people."""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from advocates import clock
from advocates.assessments.queries import assessment_facts, rules_of
from advocates.attendance.queries import awaiting_and_upcoming, facts_of
from advocates.attendance.queries.facts import as_delivered
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.queries import count_seated
from advocates.cohorts.rules import OPEN_STATUSES, EnrollmentStatus
from advocates.cohorts.rules.line import Quota
from advocates.cohorts.seats import quotas_of
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db
from advocates.equivalence.queries import gates_of, lines_of, links_of, maps_in_force, outlines
from advocates.equivalence.rules import Equivalence, Outline
from advocates.hours.queries import version_hours
from advocates.hours.rules import Part, VersionHours, taught_parts
from advocates.people.models import PersonProfile
from advocates.schedule.models import TrainingSession
from advocates.schedule.queries import current_segments
from advocates.transfers.rules import Prospect, Record, Refusal, Standing, Terms, digest, prospect, refusal_of

Ids = Collection[uuid.UUID]


@dataclass(frozen=True)
class Mover:
    """An enrollment, whose it is, and the cohort of its open placement."""

    enrollment: Enrollment
    name: str
    email: str | None
    agency_id: uuid.UUID | None
    cohort_id: uuid.UUID
    cohort: str


@dataclass(frozen=True)
class PersonPlan:
    """What the move would mean for one person; `prospect` is None where it is refused."""

    mover: Mover
    refusal: Refusal | None
    map_id: uuid.UUID | None
    prospect: Prospect | None

    @property
    def enrollment_id(self) -> uuid.UUID:
        return self.mover.enrollment.id

    @property
    def is_transfer(self) -> bool:
        return self.map_id is not None

    @property
    def seen(self) -> str:
        """What the page showed of the person, to be sent back with the form."""
        figures = (self.prospect.before.credited_minutes, self.prospect.after.credited_minutes) if self.prospect else ()
        return digest(self.enrollment_id, self.mover.cohort_id, self.refusal, self.map_id, figures)


@dataclass(frozen=True)
class Plan:
    """The move of some people to a cohort. `outlines` are by version."""

    cohort: Cohort
    version: CurriculumVersion
    people: Sequence[PersonPlan]
    outlines: Mapping[uuid.UUID, Outline]
    free_seats: int
    quotas: Sequence[Quota]

    @property
    def movable(self) -> Sequence[PersonPlan]:
        return [person for person in self.people if person.refusal is None]

    def seats_missing(self, enrollment_ids: Ids) -> int:
        """How many of these people would find no seat; who changes the version within the cohort has one."""
        return max(0, len(self._coming(enrollment_ids)) - self.free_seats)

    def full_quotas(self, enrollment_ids: Ids) -> Sequence[Quota]:
        """The agencies that would fill more than their seats."""
        wanted = Counter(person.mover.agency_id for person in self._coming(enrollment_ids))
        return [quota for quota in self.quotas if wanted[quota.agency_id] > quota.left]

    def title(self, person: PersonPlan, module_id: uuid.UUID) -> str:
        """A module's title in the version that the person leaves, or in the new one."""
        for version_id in (person.mover.enrollment.curriculum_version_id, self.version.id):
            if module := self.outlines[version_id].by_id.get(module_id):
                return module.title
        raise LookupError(module_id)

    def _coming(self, enrollment_ids: Ids) -> Sequence[PersonPlan]:
        chosen = [person for person in self.people if person.enrollment_id in enrollment_ids]
        return [person for person in chosen if person.mover.cohort_id != self.cohort.id]


def people_in(cohort_id: uuid.UUID) -> Mapping[uuid.UUID, uuid.UUID]:
    """The enrollments in training in the cohort, by name, with the version of each. One statement."""
    query = (
        select(Enrollment.id, Enrollment.curriculum_version_id)
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .where(
            Placement.cohort_id == cohort_id,
            Placement.ended_at.is_(None),
            Enrollment.status == EnrollmentStatus.ENROLLED,
        )
        .order_by(func.lower(PersonProfile.chosen_name), Enrollment.id)
    )
    return {row.id: row.curriculum_version_id for row in db.session.execute(query)}


def load_plan(actor_id: uuid.UUID, enrollment_ids: Ids, cohort: Cohort) -> Plan:
    """What moving these people to the cohort, and so to its version, would mean; in the order of their names."""
    movers = _movers(enrollment_ids)
    version = db.session.get_one(CurriculumVersion, cohort.curriculum_version_id)
    left_ids = {mover.enrollment.curriculum_version_id for mover in movers}
    maps = maps_in_force(left_ids - {version.id}, version.id)
    standings = _standings(actor_id, movers, cohort, version, maps)
    refusals = {enrollment_id: refusal_of(standing) for enrollment_id, standing in standings.items()}
    may_go = [mover for mover in movers if refusals[mover.enrollment.id] is None]
    prospects = _prospects(may_go, cohort, maps)
    people = [
        PersonPlan(
            mover,
            refusals[mover.enrollment.id],
            maps.get(mover.enrollment.curriculum_version_id),
            prospects.get(mover.enrollment.id),
        )
        for mover in movers
    ]
    free = max(0, cohort.capacity - count_seated(cohort.id))
    return Plan(cohort, version, people, outlines({*left_ids, version.id}), free, quotas_of(cohort.id))


def _movers(enrollment_ids: Ids) -> Sequence[Mover]:
    rows = db.session.execute(
        select(
            Enrollment, PersonProfile.chosen_name, PersonProfile.email, PersonProfile.agency_id, Cohort.id, Cohort.title
        )
        .join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
        .join(Placement, (Placement.enrollment_id == Enrollment.id) & Placement.ended_at.is_(None))
        .join(Cohort, Cohort.id == Placement.cohort_id)
        .where(Enrollment.id.in_(enrollment_ids))
        .order_by(func.lower(PersonProfile.chosen_name), Enrollment.id)
    )
    return [Mover(*row) for row in rows]


def _standings(
    actor_id: uuid.UUID,
    movers: Sequence[Mover],
    cohort: Cohort,
    version: CurriculumVersion,
    maps: Mapping[uuid.UUID, uuid.UUID],
) -> dict[uuid.UUID, Standing]:
    """One statement."""
    others = _others(movers, version.curriculum_id)
    found = {}
    for mover in movers:
        enrollment = mover.enrollment
        statuses = others.get(enrollment.person_id, set())
        found[enrollment.id] = Standing(
            is_own=enrollment.person_id == actor_id,
            is_enrolled=enrollment.status is EnrollmentStatus.ENROLLED,
            is_in_cohort=mover.cohort_id == cohort.id,
            is_same_version=enrollment.curriculum_version_id == version.id,
            enrolled_there=bool(statuses & OPEN_STATUSES),
            completed_there=EnrollmentStatus.COMPLETED in statuses,
            has_map=enrollment.curriculum_version_id in maps,
        )
    return found


def _others(movers: Sequence[Mover], curriculum_id: uuid.UUID) -> dict[uuid.UUID, set[EnrollmentStatus]]:
    """The states of these people's further enrollments in the curriculum."""
    rows = db.session.execute(
        select(Enrollment.person_id, Enrollment.status).where(
            Enrollment.person_id.in_([mover.enrollment.person_id for mover in movers]),
            Enrollment.id.not_in([mover.enrollment.id for mover in movers]),
            Enrollment.curriculum_id == curriculum_id,
        )
    )
    found: dict[uuid.UUID, set[EnrollmentStatus]] = {}
    for person_id, status in rows:
        found.setdefault(person_id, set()).add(status)
    return found


def _prospects(
    movers: Sequence[Mover], cohort: Cohort, maps: Mapping[uuid.UUID, uuid.UUID]
) -> dict[uuid.UUID, Prospect]:
    version_of = {mover.enrollment.id: mover.enrollment.curriculum_version_id for mover in movers}
    terms = _terms({*version_of.values(), cohort.curriculum_version_id})
    there = terms[cohort.curriculum_version_id]
    to_come = _to_come(cohort, there.hours)
    said = _said(maps)
    records = _records({key: terms[version_id].hours for key, version_id in version_of.items()})
    return {
        enrollment_id: prospect(records[enrollment_id], terms[version_id], there, said.get(version_id), to_come)
        for enrollment_id, version_id in version_of.items()
    }


def _terms(version_ids: Ids) -> dict[uuid.UUID, Terms]:
    hours, rules = version_hours(version_ids), rules_of(version_ids)
    return {version_id: Terms(hours[version_id], rules[version_id]) for version_id in version_ids}


def _said(maps: Mapping[uuid.UUID, uuid.UUID]) -> dict[uuid.UUID, Equivalence]:
    """What the map says, by the version that is left."""
    lines, gates = lines_of(maps.values()), gates_of(maps.values())
    return {version_id: Equivalence(lines[map_id], gates[map_id]) for version_id, map_id in maps.items()}


def _records(versions: Mapping[uuid.UUID, VersionHours]) -> dict[uuid.UUID, Record]:
    links = links_of(versions.keys())
    facts, ahead = facts_of(versions, links=links), awaiting_and_upcoming(versions, links)
    assessments = assessment_facts(versions.keys(), links)
    return {
        enrollment_id: Record(
            version.earning(facts[enrollment_id]), ahead[enrollment_id].awaiting, assessments[enrollment_id]
        )
        for enrollment_id, version in versions.items()
    }


def _to_come(cohort: Cohort, hours: VersionHours) -> Sequence[Part]:
    """What the cohort's sessions that are not over teach. Two statements."""
    sessions: Any = db.session.scalars(
        select(TrainingSession.id).where(
            TrainingSession.cohort_id == cohort.id,
            TrainingSession.cancelled_at.is_(None),
            TrainingSession.signed_off_at.is_(None),
            TrainingSession.planned_end > clock.now(),
        )
    ).all()
    segments = current_segments(sessions)
    return [
        part
        for rows in segments.values()
        for part in hours.earning(taught_parts(as_delivered(rows), hours.module_minutes))
    ]
