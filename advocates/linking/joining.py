"""Link a walk-in to the person they are: enrollments move or join, and each mark is kept where it counts."""

import uuid
from collections.abc import Collection

from sqlalchemy import exists, select, update
from sqlalchemy.orm import aliased

from advocates import clock
from advocates.attendance.crediting import recredit
from advocates.attendance.models import AttendanceMark
from advocates.attendance.queries import lock_session
from advocates.attendance.rules import Content, Outcome
from advocates.audit.recording import record
from advocates.cohorts.enrolling import grant_trainee
from advocates.cohorts.models import Enrollment, EnrollmentStatusChange, Placement
from advocates.cohorts.moving import end_places, move_enrollments
from advocates.cohorts.rules import OPEN_STATUSES, SEATED_STATUSES, EnrollmentStatus
from advocates.cohorts.seats import fill_free_seats, lock_line
from advocates.database import db, new_id
from advocates.legacy.models import LegacyRecord
from advocates.linking.queries import Identity, find_identity, plan_of
from advocates.linking.rules import LINKED, Fate, Part, Plan, Way
from advocates.people.models import Person, RoleGrant
from advocates.schedule.models import SeatKind, SessionSeat, TrainingSession

NOBODY_THERE = Content(Outcome.NOT_ESTABLISHED)


class LinkingRefused(Exception):
    """Something stands in the way, or this is not what was shown. `plan` says how things are now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("the two were not linked")
        self.plan = plan


def link_person(actor_id: uuid.UUID, walk_in_id: uuid.UUID, known_id: uuid.UUID, shown: str) -> None:
    """Make the walk-in one with the known person, for good. `shown` is the digest of the plan looked at.

    LookupError where one of the two is not there; LinkingRefused: then nothing was changed.
    """
    walk_in, known = _locked(walk_in_id, known_id)
    plan = plan_of(walk_in, known, actor_id)
    if not plan.may_link or shown != plan.digest:
        raise LinkingRefused(plan)
    moving = [part for part in plan.parts if part.way is Way.MOVES]
    joining = [part for part in plan.parts if part.way is Way.JOINS]
    _move(known_id, moving)
    if any(part.journey.is_accepted for part in moving):
        grant_trainee(actor_id, [known_id])
    marks = [mark for part in joining for mark in _joined_marks(actor_id, part)]
    changes = _end([part.journey.enrollment_id for part in joining], actor_id)
    _hand_over(walk_in_id, known_id)
    concerned = {mark.enrollment_id for mark in marks}
    entries = recredit(actor_id, concerned, LINKED, _signed_off(marks)) if concerned else []
    record(
        actor_id,
        "link_person",
        rows=[*changes, *marks, *entries],
        person_id=known_id,
        walk_in_id=walk_in_id,
        enrollment_ids=[part.journey.enrollment_id for part in plan.parts],
    )


def _locked(walk_in_id: uuid.UUID, known_id: uuid.UUID) -> tuple[Identity, Identity]:
    """Both people with everything of the walk-in locked: cohorts, sessions, enrollments of both by id."""
    mine = select(Enrollment.id).where(Enrollment.person_id == walk_in_id)
    places = select(Placement.cohort_id).where(Placement.enrollment_id.in_(mine), Placement.ended_at.is_(None))
    for cohort_id in sorted(set(db.session.scalars(places))):
        lock_line(cohort_id)
    sessions = select(AttendanceMark.session_id).where(AttendanceMark.enrollment_id.in_(mine))
    for session_id in sorted(set(db.session.scalars(sessions))):
        lock_session(session_id)
    ids = sorted([walk_in_id, known_id])
    theirs = select(Enrollment.id).where(Enrollment.person_id.in_(ids)).order_by(Enrollment.id)
    db.session.execute(theirs.with_for_update()).all()
    db.session.execute(select(Person.id).where(Person.id.in_(ids)).order_by(Person.id).with_for_update())
    walk_in, known = find_identity(walk_in_id), find_identity(known_id)
    if walk_in is None or known is None:
        raise LookupError
    return walk_in, known


def _move(known_id: uuid.UUID, parts: Collection[Part]) -> None:
    """The enrollments become the known person's, with all that stands on them."""
    ids = [part.journey.enrollment_id for part in parts]
    statement = update(Enrollment).where(Enrollment.id.in_(ids)).values(person_id=known_id)
    db.session.execute(statement, execution_options={"synchronize_session": "fetch"})


def _joined_marks(actor_id: uuid.UUID, part: Part) -> list[AttendanceMark]:
    """For each mark that goes along, the same of the known person's enrollment; the walk-in's says nothing more."""
    marks: list[AttendanceMark] = []
    if part.target is None:
        return marks
    for each in (each for each in part.marks if each.fate is not Fate.NOTHING_TO_KEEP):
        old = db.session.get_one(AttendanceMark, each.mark.mark_id)
        if each.fate is Fate.AS_GUEST and part.target.enrollment_id not in each.mark.seated:
            seat = SessionSeat(session_id=old.session_id, enrollment_id=part.target.enrollment_id, kind=SeatKind.GUEST)
            db.session.add(seat)
        marks.append(_mark(actor_id, old, part.target.enrollment_id, each.mark.content))
        marks.append(_mark(actor_id, old, old.enrollment_id, NOBODY_THERE))
    return marks


def _mark(actor_id: uuid.UUID, old: AttendanceMark, enrollment_id: uuid.UUID, content: Content) -> AttendanceMark:
    """The next version of a mark, made in the way and with the witness of the walk-in's."""
    latest = select(AttendanceMark.version).where(
        AttendanceMark.session_id == old.session_id, AttendanceMark.enrollment_id == enrollment_id
    )
    return AttendanceMark(
        id=new_id(),
        session_id=old.session_id,
        enrollment_id=enrollment_id,
        version=max(db.session.scalars(latest), default=0) + 1,
        outcome=content.outcome,
        intervals=content.intervals,
        way=old.way,
        recorded_by=actor_id,
        witnessed_by=old.witnessed_by,
        recorded_at=clock.now(),
        client_key=new_id(),
        reason_code=LINKED,
    )


def _signed_off(marks: Collection[AttendanceMark]) -> list[AttendanceMark]:
    """Those that count now: before sign-off a mark awaits confirmation."""
    signed = select(TrainingSession.id).where(
        TrainingSession.id.in_({mark.session_id for mark in marks}), TrainingSession.signed_off_at.is_not(None)
    )
    sessions = set(db.session.scalars(signed))
    return [mark for mark in marks if mark.session_id in sessions]


def _end(enrollment_ids: Collection[uuid.UUID], actor_id: uuid.UUID) -> list[EnrollmentStatusChange]:
    """End the walk-in's enrollments that are open; their seats are free for those who wait."""
    is_open = select(Enrollment).where(Enrollment.id.in_(enrollment_ids), Enrollment.status.in_(OPEN_STATUSES))
    ids = [enrollment.id for enrollment in db.session.scalars(is_open)]
    if not ids:
        return []
    places = select(Placement.cohort_id).where(Placement.enrollment_id.in_(ids), Placement.ended_at.is_(None))
    cohort_ids = sorted(set(db.session.scalars(places)))
    changes = move_enrollments(ids, EnrollmentStatus.WITHDRAWN, LINKED, by=actor_id)
    end_places(ids, LINKED)
    for cohort_id in cohort_ids if any(change.from_status in SEATED_STATUSES for change in changes) else ():
        fill_free_seats(lock_line(cohort_id))
    return changes


def _hand_over(walk_in_id: uuid.UUID, known_id: uuid.UUID) -> None:
    """The walk-in is the known person now: no roles of their own, and what is stated of their past goes along."""
    now, other = clock.now(), aliased(LegacyRecord)
    options = {"synchronize_session": False}
    db.session.execute(update(Person).where(Person.id == walk_in_id).values(merged_into_id=known_id))
    roles = update(RoleGrant).where(RoleGrant.person_id == walk_in_id, RoleGrant.ended_at.is_(None))
    db.session.execute(roles.values(ended_at=now), execution_options=options)
    stated_too = exists().where(other.person_id == known_id, other.legacy_cohort_id == LegacyRecord.legacy_cohort_id)
    stated = update(LegacyRecord).where(LegacyRecord.person_id == walk_in_id, ~stated_too)
    db.session.execute(stated.values(person_id=known_id), execution_options=options)
