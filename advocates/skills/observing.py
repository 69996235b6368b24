"""Record what was seen of a skill, person by person. Who did it is signed for; "not yet" leads to another try."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from advocates import clock
from advocates.access import Actor
from advocates.assessments.models import SkillSignOff
from advocates.assessments.queries import assessment_facts, lock_enrolled
from advocates.audit.recording import record
from advocates.cohorts.models import Cohort, Enrollment
from advocates.database import db, new_id
from advocates.skills.models import SkillObservation
from advocates.skills.queries import (
    Observation,
    Rubric,
    Standing,
    authorizations_of,
    observation_of,
    observations_of,
    rubrics_of,
    standings_of,
)
from advocates.skills.rules import (
    Authorization,
    Observed,
    Outcome,
    Problem,
    Verdict,
    is_authorized,
    met_to_text,
    observed_problem,
    reconcile,
)


@dataclass(frozen=True)
class Skill:
    """A skill of a curriculum version."""

    version_id: uuid.UUID
    name: str


@dataclass(frozen=True)
class Entry:
    """What is said of one person, and the version that was shown before (0 where nothing was seen yet).

    `client_key` is one per shown form, so that one sent again is known; `device_at` is what the phone's clock said.
    """

    enrollment_id: uuid.UUID
    base_version: int
    client_key: uuid.UUID
    rubric_id: uuid.UUID
    said: Observed
    device_at: datetime | None = None


@dataclass(frozen=True)
class Saved:
    """What became of the entries: stored, differing from somebody else's, refused with the reason; the rest is as it
    was. `standings` are as they are now."""

    standings: Mapping[uuid.UUID, Standing]
    stored: Sequence[uuid.UUID] = ()
    conflicts: Sequence[uuid.UUID] = ()
    refused: Mapping[uuid.UUID, Problem] = field(default_factory=dict)


@dataclass(frozen=True)
class _Room:
    """What an entry is held against, everybody in it locked."""

    actor: Actor
    skill: Skill
    today: date
    time_zone: str
    enrolled: Mapping[uuid.UUID, Enrollment]
    rubrics: Mapping[uuid.UUID, Rubric]
    authorizations: Sequence[Authorization]
    seen: Mapping[tuple[uuid.UUID, str], Sequence[Observation]]
    standings: Mapping[uuid.UUID, Standing]


def observe(actor: Actor, cohort: Cohort, skill: Skill, entries: Sequence[Entry]) -> Saved:
    """Store what can be; nobody keeps back anybody else. Twelve statements, however many entries."""
    room = _room(actor, cohort, skill, [entry.enrollment_id for entry in entries])
    wanted, conflicts, refused = [], [], {}
    for entry in entries:
        verdict = _judge(room, entry)
        if isinstance(verdict, Problem):
            refused[entry.enrollment_id] = verdict
        elif verdict is Verdict.CONFLICT:
            conflicts.append(entry.enrollment_id)
        elif verdict is Verdict.SAVE:
            wanted.append(entry)
    standings = {**room.standings, **_store(room, cohort, wanted)}
    return Saved(standings, [entry.enrollment_id for entry in wanted], conflicts, refused)


def _room(actor: Actor, cohort: Cohort, skill: Skill, enrollment_ids: Sequence[uuid.UUID]) -> _Room:
    locked = lock_enrolled(cohort.id, enrollment_ids)
    enrolled = {key: row for key, row in locked.items() if row.curriculum_version_id == skill.version_id}
    facts = assessment_facts(enrolled)
    seen = observations_of(enrolled, skill.name)
    return _Room(
        actor=actor,
        skill=skill,
        today=clock.today(cohort.time_zone),
        time_zone=cohort.time_zone,
        enrolled=enrolled,
        rubrics={each.id: each for each in rubrics_of([skill.version_id]).get((skill.version_id, skill.name), [])},
        authorizations=[row.granted for row in authorizations_of([skill.version_id])],
        seen=seen,
        standings={
            key: standings_of(key, [skill.name], facts[key].signed_skills, seen)[skill.name] for key in enrolled
        },
    )


def _judge(room: _Room, entry: Entry) -> Verdict | Problem:
    enrollment, rubric = room.enrolled.get(entry.enrollment_id), room.rubrics.get(entry.rubric_id)
    if enrollment is None:
        return Problem.NOT_ENROLLED
    if enrollment.person_id == room.actor.person_id:
        return Problem.OWN
    standing = room.standings[enrollment.id]
    if _is_stored(room, entry):
        return Verdict.UNCHANGED
    if rubric is None:
        return Problem.NO_RUBRIC
    if not is_authorized(room.authorizations, room.actor.person_id, room.skill.name, entry.said.observed_on):
        return Problem.NOT_AUTHORIZED if entry.said.observed_on <= room.today else Problem.DAY_TO_COME
    problem = observed_problem(entry.said, rubric.criteria, room.today, _recorded_on(room, entry))
    if problem:
        return problem
    is_signed = standing.signed is not None
    current = standing.latest.said if standing.latest else None
    verdict = reconcile(entry.base_version, standing.version, current, entry.said.settled, is_signed=is_signed)
    # What is signed is taken back with a reason, never by the way.
    return Problem.SIGNED_ALREADY if verdict is Verdict.SAVE and is_signed else verdict


def _is_stored(room: _Room, entry: Entry) -> bool:
    """Sent a second time: it was done, whatever happened since."""
    return any(
        (each.observed_by, each.client_key) == (room.actor.person_id, entry.client_key)
        for each in room.seen.get((entry.enrollment_id, room.skill.name), ())
    )


def _recorded_on(room: _Room, entry: Entry) -> date:
    """The day it was typed: a phone without network sends it later."""
    if entry.device_at is None:
        return room.today
    return min(room.today, entry.device_at.astimezone(ZoneInfo(room.time_zone)).date())


def _store(room: _Room, cohort: Cohort, entries: Sequence[Entry]) -> dict[uuid.UUID, Standing]:
    """The observations, and a sign-off for each that is done; the standings that they make."""
    if not entries:
        return {}
    now, rows = clock.now(), []
    for entry in entries:
        sign_off = _sign_off(room, entry, now)
        rows.append(_row(room, entry, sign_off.id if sign_off else None, now))
        if sign_off:
            db.session.add(sign_off)
    signed = [row.sign_off_id for row in rows if row.sign_off_id]
    record(room.actor.person_id, "observe_skill", rows=rows, cohort_id=cohort.id, sign_off_ids=signed, people=len(rows))
    ids = {row.enrollment_id for row in rows}
    facts = assessment_facts(ids)
    made = {
        (row.enrollment_id, row.skill): [observation_of(row, room.rubrics[row.rubric_id], room.actor.name)]
        for row in rows
    }
    skill = room.skill.name
    return {key: standings_of(key, [skill], facts[key].signed_skills, made)[skill] for key in ids}


def _sign_off(room: _Room, entry: Entry, now: datetime) -> SkillSignOff | None:
    if entry.said.outcome is not Outcome.DONE:
        return None
    return SkillSignOff(
        id=new_id(),
        enrollment_id=entry.enrollment_id,
        skill=room.skill.name,
        rubric_number=room.rubrics[entry.rubric_id].number,
        signed_by=room.actor.person_id,
        signed_at=now,
        observed_on=entry.said.observed_on,
    )


def _row(room: _Room, entry: Entry, sign_off_id: uuid.UUID | None, now: datetime) -> SkillObservation:
    said = entry.said.settled
    return SkillObservation(
        id=new_id(),
        enrollment_id=entry.enrollment_id,
        skill=room.skill.name,
        version=room.standings[entry.enrollment_id].version + 1,
        rubric_id=entry.rubric_id,
        outcome=said.outcome,
        criteria=met_to_text(said.met),
        observed_on=said.observed_on,
        next_try_on=said.next_try_on,
        sign_off_id=sign_off_id,
        observed_by=room.actor.person_id,
        observed_at=now,
        device_at=entry.device_at,
        client_key=entry.client_key,
    )
