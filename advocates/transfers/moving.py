"""Let people go on in another cohort: on the same version as a new place, on another one by a transfer (Hours 7)."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from advocates import clock
from advocates.attendance.crediting import recredit
from advocates.audit.recording import record
from advocates.cohorts.models import Cohort, Enrollment, EnrollmentStatusChange, Placement
from advocates.cohorts.moving import end_places, move_enrollments, status_change
from advocates.cohorts.rules import TRANSFERRED, EnrollmentStatus
from advocates.cohorts.seats import fill_free_seats, lock_cohort, lock_open_cohort
from advocates.database import db, new_id
from advocates.equivalence.models import Transfer
from advocates.equivalence.rules import Link
from advocates.schedule.models import SeatKind, SessionSeat, TrainingSession
from advocates.transfers.queries import PersonPlan, Plan, load_plan
from advocates.transfers.rules import MoveReason
from advocates.transfers.telling import tell_of_move

MOVED = "moved"


class MovingRefused(Exception):
    """Nobody was moved. `plan` says how things stand now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("nobody was moved")
        self.plan = plan


class ChangedSince(MovingRefused):
    """Hours, a map or somebody's place changed since the page was shown."""


class NoSeat(MovingRefused):
    """The cohort, or an agency's share of it, has too few seats."""


@dataclass(frozen=True)
class Opened:
    """A transfer's new enrollment, with the rows that the activity records."""

    enrollment: Enrollment
    change: EnrollmentStatusChange
    transfer: Transfer
    link: Link


@dataclass(frozen=True)
class Moved:
    """What was done, and how many offers of the seats that became free nobody could be written to about."""

    plan: Plan
    untold: int


def move_people(
    actor_id: uuid.UUID, chosen: Mapping[uuid.UUID, str], cohort_id: uuid.UUID, reason: MoveReason
) -> Moved:
    """Move all of them or nobody, and credit what counts there; returns what was done.

    `chosen` says what the page showed of each enrollment (`PersonPlan.seen`). Raises MovingRefused, CohortClosed. Who
    goes on within the version keeps enrollment, minutes, tests and signatures; for the others one enrollment is closed
    for good and another is opened. A fixed number of statements, however many people.
    """
    cohorts = _lock(chosen.keys(), cohort_id)
    plan = load_plan(actor_id, chosen.keys(), cohorts[cohort_id])
    _refuse(plan, chosen)
    moving = [person for person in plan.people if not person.is_transfer]
    opened, rows = _transfer(actor_id, plan, [person for person in plan.people if person.is_transfer], reason)
    _place(plan.cohort, [person.enrollment_id for person in moving])
    untold = sum(fill_free_seats(left) for left_id, left in cohorts.items() if left_id != cohort_id)
    tell_of_move(plan.cohort, [person.mover.enrollment.person_id for person in plan.people])
    record(
        actor_id,
        "move_people",
        rows=rows,
        cohort_id=cohort_id,
        reason=reason.value,
        enrollment_ids=[person.enrollment_id for person in moving],
        transferred_ids=[each.transfer.from_enrollment_id for each in opened],
        opened_ids=[each.enrollment.id for each in opened],
    )
    return Moved(plan, untold)


def _lock(enrollment_ids: Collection[uuid.UUID], cohort_id: uuid.UUID) -> dict[uuid.UUID, Cohort]:
    """The cohorts by id, then the enrollments by id, with those that wait for a seat that becomes free."""
    left = select(Placement.cohort_id).where(Placement.enrollment_id.in_(enrollment_ids), Placement.ended_at.is_(None))
    cohort_ids = {cohort_id, *db.session.scalars(left)}
    # People may leave a closed cohort, but none may come.
    cohorts = {each: lock_open_cohort(each) if each == cohort_id else lock_cohort(each) for each in sorted(cohort_ids)}
    waiting = select(Placement.enrollment_id).where(Placement.cohort_id.in_(cohort_ids), Placement.ended_at.is_(None))
    is_waiting = (Enrollment.status == EnrollmentStatus.WAITLISTED) & Enrollment.id.in_(waiting)
    query = (
        select(Enrollment)
        .where(Enrollment.id.in_(enrollment_ids) | is_waiting)
        .order_by(Enrollment.id)
        .with_for_update()
    )
    db.session.scalars(query, execution_options={"populate_existing": True}).all()
    return cohorts


def _refuse(plan: Plan, chosen: Mapping[uuid.UUID, str]) -> None:
    if {person.enrollment_id: person.seen for person in plan.people} != dict(chosen):
        raise ChangedSince(plan)
    if not chosen or len(plan.movable) != len(chosen):
        raise MovingRefused(plan)
    if plan.seats_missing(chosen.keys()) or plan.full_quotas(chosen.keys()):
        raise NoSeat(plan)


def _place(cohort: Cohort, enrollment_ids: Sequence[uuid.UUID]) -> None:
    """A new place for enrollments that go on: their visits to sessions of the cohort become their own sessions."""
    if not enrollment_ids:
        return
    now = clock.now()
    end_places(enrollment_ids, MOVED)
    db.session.add_all(Placement(enrollment_id=id_, cohort_id=cohort.id, started_at=now) for id_ in enrollment_ids)
    to_come = select(TrainingSession.id).where(
        TrainingSession.cohort_id == cohort.id, TrainingSession.signed_off_at.is_(None)
    )
    db.session.execute(
        delete(SessionSeat).where(
            SessionSeat.enrollment_id.in_(enrollment_ids),
            SessionSeat.session_id.in_(to_come),
            SessionSeat.kind.in_([SeatKind.GUEST, SeatKind.MAKE_UP]),
        )
    )
    db.session.flush()


def _transfer(
    actor_id: uuid.UUID, plan: Plan, people: Sequence[PersonPlan], reason: MoveReason
) -> tuple[Sequence[Opened], list[Any]]:
    """Close one enrollment and open another for each; what maps is credited there. The rows are to be recorded."""
    if not people:
        return [], []
    ids = [person.enrollment_id for person in people]
    closed = move_enrollments(ids, EnrollmentStatus.WITHDRAWN, TRANSFERRED, by=actor_id)
    end_places(ids, TRANSFERRED)
    opened = [_open(actor_id, plan, person, reason) for person in people]
    db.session.add_all(each.enrollment for each in opened)
    db.session.flush()
    now = clock.now()
    db.session.add_all(
        Placement(enrollment_id=each.enrollment.id, cohort_id=plan.cohort.id, started_at=now) for each in opened
    )
    new_ids, links = [each.enrollment.id for each in opened], [each.link for each in opened]
    entries = recredit(actor_id, new_ids, TRANSFERRED, new_links=links)
    return opened, [
        *closed,
        *(each.change for each in opened),
        *(each.transfer for each in opened),
        *entries,
    ]


def _open(actor_id: uuid.UUID, plan: Plan, person: PersonPlan, reason: MoveReason) -> Opened:
    left, now = person.mover.enrollment, clock.now()
    if person.map_id is None:
        raise ValueError("a transfer needs a map")
    enrollment = Enrollment(
        id=new_id(),
        person_id=left.person_id,
        curriculum_id=plan.version.curriculum_id,
        curriculum_version_id=plan.version.id,
        status=EnrollmentStatus.ENROLLED,
        status_changed_at=now,
        created_at=now,
        enrolled_at=now,
    )
    transfer = Transfer(
        id=new_id(),
        from_enrollment_id=left.id,
        to_enrollment_id=enrollment.id,
        map_id=person.map_id,
        reason_code=reason.value,
        made_by=actor_id,
        made_at=now,
    )
    link = Link(transfer.id, left.id, enrollment.id, left.curriculum_version_id, person.map_id)
    return Opened(enrollment, status_change(enrollment, None, actor_id), transfer, link)
