"""Everything that is known of a walk-in and of the person they may be."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import func, or_, select, union

from advocates.assessments.models import AgreementSignature, AssessmentAttempt, SkillSignOff
from advocates.attendance.models import AttendanceMark, MakeUp
from advocates.attendance.queries.facts import VISITS, current_marks
from advocates.attendance.rules import Content
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.credentials.models import Credential, Waiver
from advocates.curriculum.models import CurriculumVersion
from advocates.curriculum.rules import N_, Problem
from advocates.database import db
from advocates.equivalence.models import Transfer
from advocates.linking.rules import Journey, Marked, Plan, noting_records, plan
from advocates.people.models import Account, Agency, Person, PersonProfile
from advocates.people.rules import spellings
from advocates.schedule.models import SessionSeat, TrainingSession
from advocates.skills.models import SkillObservation

MOST = 20


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a walk-in may turn out to be."""

    person_id: uuid.UUID
    name: str
    email: str | None
    agency: str | None


@dataclass(frozen=True)
class Identity:
    """A person with their name; whether they can sign in, and whom they are linked to already."""

    person_id: uuid.UUID
    name: str
    has_account: bool
    merged_into_id: uuid.UUID | None


def find_identity(person_id: uuid.UUID) -> Identity | None:
    """One statement."""
    row = db.session.execute(
        select(Person.id, PersonProfile.chosen_name, Account.person_id.is_not(None), Person.merged_into_id)
        .join(PersonProfile, PersonProfile.person_id == Person.id)
        .outerjoin(Account, Account.person_id == Person.id)
        .where(Person.id == person_id)
    ).one_or_none()
    return Identity(*row) if row else None


def find_candidates(term: str, not_person_id: uuid.UUID) -> Sequence[Candidate]:
    """The first 20 others whose name or e-mail address holds the term, by name. One statement."""
    columns = (PersonProfile.chosen_name, PersonProfile.certificate_name, PersonProfile.email)
    rows = db.session.execute(
        select(PersonProfile.person_id, PersonProfile.chosen_name, PersonProfile.email, Agency.name)
        .join(Person, Person.id == PersonProfile.person_id)
        .outerjoin(Agency, Agency.id == PersonProfile.agency_id)
        .where(
            Person.merged_into_id.is_(None),
            Person.id != not_person_id,
            or_(*(column.icontains(text, autoescape=True) for column in columns for text in spellings(term))),
        )
        .order_by(func.lower(PersonProfile.chosen_name), PersonProfile.person_id)
        .limit(MOST)
    )
    return [Candidate(*row) for row in rows]


def plan_of(walk_in: Identity, known: Identity, actor_id: uuid.UUID) -> Plan:
    """What linking the two would do. Four statements, however many enrollments and marks."""
    journeys = _journeys([walk_in.person_id, known.person_id])
    mine, theirs = ([journey for journey in journeys if journey.person_id == who.person_id] for who in (walk_in, known))
    with_records = _with_records([journey.enrollment_id for journey in mine])
    marks = _marks([journey.enrollment_id for journey in journeys])
    obstacles = _obstacles(walk_in, known, actor_id)
    return plan(noting_records(mine, with_records), theirs, marks, known.person_id, obstacles)


def _obstacles(walk_in: Identity, known: Identity, actor_id: uuid.UUID) -> list[Problem]:
    found = []
    if walk_in.has_account:
        message = N_("%(name)s has an e-mail address to sign in with. Only somebody without one can be linked.")
        found.append(Problem("", message, {"name": walk_in.name}))
    if walk_in.merged_into_id or known.merged_into_id:
        found.append(Problem("", N_("One of the two is linked to somebody else already.")))
    if walk_in.person_id == known.person_id:
        found.append(Problem("", N_("This is the same person.")))
    if actor_id in {walk_in.person_id, known.person_id}:
        found.append(Problem("", N_("You cannot act for your own enrollment. Another administrator can.")))
    return found


def _journeys(person_ids: Collection[uuid.UUID]) -> Sequence[Journey]:
    """Every enrollment of these people with its cohorts; the one named is that of the open or last placement."""
    rows = db.session.execute(
        select(Enrollment, CurriculumVersion.title, Placement.cohort_id, Placement.ended_at, Cohort.title)
        .join(CurriculumVersion, CurriculumVersion.id == Enrollment.curriculum_version_id)
        .join(Placement, Placement.enrollment_id == Enrollment.id)
        .join(Cohort, Cohort.id == Placement.cohort_id)
        .where(Enrollment.person_id.in_(person_ids))
        .order_by(Enrollment.id, Placement.started_at, Placement.id)
    )
    found = []
    for _id, group in groupby(rows, key=lambda row: row[0].id):
        same = list(group)
        enrollment, curriculum = same[0][0], same[0][1]
        found.append(
            Journey(
                enrollment_id=enrollment.id,
                person_id=enrollment.person_id,
                curriculum_id=enrollment.curriculum_id,
                curriculum=curriculum,
                cohort=same[-1][4],
                status=enrollment.status,
                is_accepted=enrollment.enrolled_at is not None,
                placed_in={row[2]: row[3] for row in same},
            )
        )
    return found


def _with_records(enrollment_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the enrollments on which something stands besides marks. One statement."""
    kinds: tuple[Any, ...] = (AssessmentAttempt, SkillSignOff, SkillObservation, AgreementSignature, MakeUp, Waiver)
    columns = [kind.enrollment_id for kind in (*kinds, Credential)]
    columns += [Transfer.from_enrollment_id, Transfer.to_enrollment_id]
    return set(db.session.scalars(union(*(select(column).where(column.in_(enrollment_ids)) for column in columns))))


def _marks(enrollment_ids: Collection[uuid.UUID]) -> Sequence[Marked]:
    """Their current marks by time, with who has a seat at each session. Two statements."""
    rows = db.session.execute(
        current_marks()
        .join(TrainingSession, TrainingSession.id == AttendanceMark.session_id)
        .join(Cohort, Cohort.id == TrainingSession.cohort_id)
        .add_columns(TrainingSession, Cohort.title)
        .where(AttendanceMark.enrollment_id.in_(enrollment_ids), TrainingSession.cancelled_at.is_(None))
        .order_by(TrainingSession.planned_start, AttendanceMark.id)
    ).all()
    seats = _seats(enrollment_ids)
    return [
        Marked(
            mark_id=mark.id,
            enrollment_id=mark.enrollment_id,
            session_id=session.id,
            cohort_id=session.cohort_id,
            cohort=cohort,
            start=session.planned_start,
            time_zone=session.time_zone,
            title=session.title,
            content=Content(mark.outcome, mark.intervals),
            recorded_by=mark.recorded_by,
            seated=frozenset(seats[session.id]),
            visiting=frozenset(key for key, is_visit in seats[session.id].items() if is_visit),
        )
        for mark, session, cohort in rows
    ]


def _seats(enrollment_ids: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Mapping[uuid.UUID, bool]]:
    """By session and enrollment, whether the seat is a visitor's."""
    found: dict[uuid.UUID, dict[uuid.UUID, bool]] = defaultdict(dict)
    for seat in db.session.scalars(select(SessionSeat).where(SessionSeat.enrollment_id.in_(enrollment_ids))):
        found[seat.session_id][seat.enrollment_id] = seat.kind in VISITS
    return found
