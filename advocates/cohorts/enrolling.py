"""Enroll people in a cohort: a person alone or a list. Late enrollment is no exception."""

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from advocates import clock
from advocates.access import Role
from advocates.audit.recording import record
from advocates.cohorts.models import Cohort, Enrollment, EnrollmentStatusChange, Placement
from advocates.cohorts.moving import (
    MoveRefused,
    Reopened,
    reopen_enrollments,
    status_change,
)
from advocates.cohorts.queries import count_seated, known_people, roster
from advocates.cohorts.rules import (
    Decision,
    EnrollmentStatus,
    Judged,
    Judgment,
    Line,
    Standing,
    Surroundings,
    judge,
    name_key,
)
from advocates.cohorts.seats import lock_open_cohort, quotas_of
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db, new_id
from advocates.people.granting import create_grants
from advocates.people.inviting import invite_many
from advocates.people.models import Agency, PersonProfile, RoleGrant
from advocates.people.registering import PersonDraft, create_people


class EnrollingRefused(Exception):
    """Nobody was enrolled: a line is wrong or undecided, seats are missing, or this is not what was shown.

    `judgment` says which, as things are now.
    """

    def __init__(self, judgment: Judgment) -> None:
        super().__init__("nobody was enrolled")
        self.judgment = judgment


@dataclass(frozen=True)
class Link:
    """An invitation to hand over: it works once and is shown once."""

    chosen_name: str
    address: str
    email: str | None = None


@dataclass(frozen=True)
class Enrolled:
    enrollment_ids: Sequence[uuid.UUID]
    links: Sequence[Link]
    left_out: Sequence[Judged] = ()


Crediting = Callable[[uuid.UUID, uuid.UUID], Sequence[Any]]
_on_acceptance: list[Crediting] = []


def credits_accepted(credit: Crediting) -> Crediting:
    """Register what makes the ledger follow when an applicant (actor id, enrollment id) is accepted.

    Walk-ins are marked before they are accepted. Attendance stands above cohorts, so it registers itself here; the
    append-only rows that it returns are recorded with the acceptance.
    """
    _on_acceptance.append(credit)
    return credit


def judge_newcomers(
    actor_id: uuid.UUID, cohort: Cohort, lines: Sequence[Line], decisions: Mapping[str, Decision] | None = None
) -> Judgment:
    """How each line stands towards the cohort. Five statements, however many lines."""
    version = db.session.get_one(CurriculumVersion, cohort.curriculum_version_id)
    emails = [line.newcomer.email for line in lines if line.newcomer.email]
    wanted_names = {name_key(line.newcomer.chosen_name) for line in lines if not line.newcomer.email}
    placed = [(name_key(row.chosen_name), row) for row in roster(cohort.id, with_left=True)]
    left = {name: row.person_id for name, row in placed if row.left_at is not None and name in wanted_names}
    people = known_people(emails, left.values(), version, cohort.id)
    around = Surroundings(
        known={person.email_key: person for person in people.values() if person.email_key},
        names_here=frozenset(name for name, row in placed if row.left_at is None),
        without_email_here=frozenset(name for name, row in placed if row.left_at is None and not row.email),
        left_here={name: people[person_id] for name, person_id in left.items()},
        free_seats=cohort.capacity - count_seated(cohort.id),
        quotas=quotas_of(cohort.id),
        actor_id=actor_id,
    )
    return judge(lines, around, decisions)


def enroll_newcomers(
    actor_id: uuid.UUID,
    cohort_id: uuid.UUID,
    lines: Sequence[Line],
    decisions: Mapping[str, Decision] | None = None,
    shown: str | None = None,
) -> Enrolled:
    """Enroll all who are not in the cohort yet, or nobody. Each who cannot sign in yet gets an invitation.

    `decisions` are about conflicting lines, `shown` is the digest of the judgment that was looked at. Who left this
    version of the curriculum before takes up the same enrollment again. Raises EnrollingRefused. A fixed number of
    statements, however many lines, but for applicants refused once and enrolled now.
    """
    cohort = lock_open_cohort(cohort_id)
    judgment = judge_newcomers(actor_id, cohort, lines, decisions)
    if not judgment.may_enroll or (shown is not None and shown != judgment.digest):
        raise EnrollingRefused(judgment)
    try:
        return _enroll(actor_id, cohort, judgment)
    except MoveRefused as refusal:  # somebody else took it up in this moment
        raise EnrollingRefused(judge_newcomers(actor_id, cohort, lines)) from refusal


def _enroll(actor_id: uuid.UUID, cohort: Cohort, judgment: Judgment) -> Enrolled:
    """Raises MoveRefused."""
    people = people_of(judgment)
    if not people:
        return Enrolled([], [], judgment.of(Standing.LEFT_OUT))
    reopened = _reopened(judgment)
    again = Reopened([], [])
    if reopened:
        again = reopen_enrollments(reopened.values(), cohort.id, by=actor_id)
    grant_trainee(actor_id, people)
    placed = _place(cohort, [id_ for id_ in people if id_ not in reopened], actor_id)
    enrollment_ids = [*reopened.values(), *(change.enrollment_id for change in placed)]
    links = invite_many(actor_id, list(people))
    credited = [row for enrollment_id in again.first_accepted for row in credit_accepted(actor_id, enrollment_id)]
    record(
        actor_id,
        "enroll_people",
        rows=[*again.changes, *placed, *credited],
        cohort_id=cohort.id,
        enrollment_ids=enrollment_ids,
        reopened_ids=list(reopened.values()),
    )
    return Enrolled(enrollment_ids, links_to_hand_over(links))


def links_to_hand_over(links: Mapping[uuid.UUID, str]) -> Sequence[Link]:
    """The links by person, with whom each is for. One statement, none where nobody was invited."""
    if not links:
        return []
    rows = db.session.execute(
        select(PersonProfile.person_id, PersonProfile.chosen_name, PersonProfile.email).where(
            PersonProfile.person_id.in_(links)
        )
    )
    people = {person_id: (name, email) for person_id, name, email in rows}
    return [Link(people[id_][0], link, people[id_][1]) for id_, link in links.items()]


def credit_accepted(actor_id: uuid.UUID, enrollment_id: uuid.UUID) -> list[Any]:
    """The ledger rows of what an applicant earned before they were accepted, to be recorded with the acceptance."""
    return [row for credit in _on_acceptance for row in credit(actor_id, enrollment_id)]


def people_of(judgment: Judgment) -> dict[uuid.UUID, str]:
    """Everybody to be enrolled with their chosen name; the new ones are created."""
    people = {
        row.person.person_id: row.person.chosen_name for row in judgment.of(Standing.KNOWN) if row.person is not None
    }
    newcomers = [row.line.newcomer for row in judgment.of(Standing.NEW)]
    agencies = _agencies({newcomer.agency for newcomer in newcomers if newcomer.agency})
    drafts = [
        PersonDraft(
            chosen_name=newcomer.chosen_name,
            email=newcomer.email,
            pronunciation=newcomer.pronunciation,
            agency_id=agencies[name_key(newcomer.agency)] if newcomer.agency else None,
        )
        for newcomer in newcomers
    ]
    ids = create_people(drafts) if drafts else []
    return people | {person_id: draft.chosen_name for person_id, draft in zip(ids, drafts, strict=True)}


def _reopened(judgment: Judgment) -> dict[uuid.UUID, uuid.UUID]:
    """The closed enrollments that go on, by person."""
    people = [row.person for row in judgment.of(Standing.KNOWN)]
    return {person.person_id: person.reopens for person in people if person is not None and person.reopens is not None}


def _agencies(names: Collection[str]) -> Mapping[str, uuid.UUID]:
    """The agencies of these names by name key, whatever their capitals; those not known yet are added."""
    if not names:
        return {}
    ids = {name_key(row.name): row.id for row in db.session.execute(select(Agency.name, Agency.id))}
    missing = {name_key(name): name for name in sorted(names) if name_key(name) not in ids}
    added = {key: Agency(id=new_id(), name=name) for key, name in missing.items()}
    db.session.add_all(added.values())
    db.session.flush()
    return ids | {key: agency.id for key, agency in added.items()}


def grant_trainee(actor_id: uuid.UUID | None, people: Collection[uuid.UUID]) -> None:
    """The role, never bound to the cohort: a trainee's scope is their own rows."""
    has_role = select(RoleGrant.person_id).where(
        RoleGrant.person_id.in_(people),
        RoleGrant.role == Role.TRAINEE,
        RoleGrant.cohort_id.is_(None),
        RoleGrant.ended_at.is_(None),
    )
    holders = set(db.session.scalars(has_role))
    create_grants([person_id for person_id in people if person_id not in holders], Role.TRAINEE, actor_id)


def _place(cohort: Cohort, people: Sequence[uuid.UUID], by: uuid.UUID) -> list[EnrollmentStatusChange]:
    """An enrollment that pins the cohort's version, and its open placement, for each person."""
    version, now = db.session.get_one(CurriculumVersion, cohort.curriculum_version_id), clock.now()
    enrollments = [
        Enrollment(
            id=new_id(),
            person_id=person_id,
            curriculum_id=version.curriculum_id,
            curriculum_version_id=version.id,
            status=EnrollmentStatus.ENROLLED,
            status_changed_at=now,
            created_at=now,
            enrolled_at=now,
        )
        for person_id in people
    ]
    db.session.add_all(enrollments)
    db.session.flush()
    db.session.add_all(Placement(enrollment_id=each.id, cohort_id=cohort.id, started_at=now) for each in enrollments)
    db.session.flush()
    return [status_change(enrollment, None, by) for enrollment in enrollments]
