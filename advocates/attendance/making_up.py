"""Making up for a missed slice: one person proposes how it is paid, another decides (Hours 8 and 10)."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import select

from advocates import clock
from advocates.attendance.crediting import recredit
from advocates.attendance.models import MakeUp, MakeUpState
from advocates.attendance.proposing import Proposal, day_of, problems_of, refuse_proposing, route_of
from advocates.attendance.queries import lock_session
from advocates.attendance.queries.make_ups import OPEN
from advocates.attendance.queries.owing import load_owing
from advocates.attendance.rules.make_ups import DecisionReason
from advocates.attendance.seating import give_up_seat, take_seat
from advocates.audit.recording import record
from advocates.cohorts.models import Enrollment
from advocates.cohorts.queries import EnrollmentRow
from advocates.curriculum.rules import MakeUpRoute
from advocates.database import db, new_id
from advocates.hours.rules import Slice, intersect
from advocates.schedule.models import TrainingSession
from advocates.schedule.queries import SegmentRow, current_segments
from advocates.schedule.splitting import follows_a_split


class AlreadyDecided(Exception):
    """Somebody else was quicker, or there is nothing to reverse. Holds the make-up's state."""

    def __init__(self, state: MakeUpState) -> None:
        super().__init__(state.value)
        self.state = state


class NotTheirs(Exception):
    """The proposer and the trainee never decide."""


class SessionCanceled(Exception):
    """The session that would pay does not take place: the part is missing again."""


def propose_make_up(actor_id: uuid.UUID, row: EnrollmentRow, proposal: Proposal) -> uuid.UUID:
    """Store the proposal and return its id; somebody from elsewhere gets a seat in its session. ProposalRefused."""
    # Whether there is such a session shows below, among those offered.
    db.session.execute(select(TrainingSession.id).filter_by(id=proposal.session_id).with_for_update())
    lock_enrollment(row.enrollment.id)
    refuse_proposing(actor_id, row)
    owing = load_owing(row)
    for problem in problems_of(owing, proposal):
        raise problem
    route, done_on = route_of(owing, proposal), day_of(owing, proposal)
    if route is MakeUpRoute.OTHER_COHORT and proposal.session_id:
        take_seat(proposal.session_id, row.enrollment.id)
    make_up = MakeUp(
        id=new_id(),
        enrollment_id=row.enrollment.id,
        module_id=proposal.module_id,
        from_minute=proposal.minutes.from_minute,
        to_minute=proposal.minutes.to_minute,
        route=route,
        session_id=proposal.session_id,
        done_on=done_on,
        evidence=proposal.evidence,
        proposed_by=actor_id,
        proposed_at=clock.now(),
        state=MakeUpState.PROPOSED,
    )
    db.session.add(make_up)
    record(actor_id, "propose_make_up", make_up_id=make_up.id, enrollment_id=row.enrollment.id, route=route.value)
    return make_up.id


def approve_make_up(actor_id: uuid.UUID, make_up_id: uuid.UUID) -> None:
    """Credit exactly the slice: an activity's at once, a session's when it is signed off.

    AlreadyDecided, NotTheirs or SessionCanceled.
    """
    make_up = _lock(actor_id, make_up_id, MakeUpState.PROPOSED)
    if make_up.session_id and db.session.get_one(TrainingSession, make_up.session_id).cancelled_at is not None:
        raise SessionCanceled
    make_up.state, make_up.approved_by, make_up.decided_at = MakeUpState.APPROVED, actor_id, clock.now()
    entries = recredit(actor_id, [make_up.enrollment_id], "make_up_approved")
    record(actor_id, "approve_make_up", rows=entries, make_up_id=make_up.id, enrollment_id=make_up.enrollment_id)


def refuse_make_up(actor_id: uuid.UUID, make_up_id: uuid.UUID, reason: DecisionReason) -> None:
    """The slice stays a debt, and a seat that it took is free again. AlreadyDecided, NotTheirs."""
    make_up = _lock(actor_id, make_up_id, MakeUpState.PROPOSED)
    make_up.state, make_up.approved_by, make_up.decided_at = MakeUpState.REFUSED, actor_id, clock.now()
    make_up.reason_code = reason.value
    _give_up_seat(make_up)
    record(
        actor_id,
        "refuse_make_up",
        reason=reason.value,
        make_up_id=make_up.id,
        enrollment_id=make_up.enrollment_id,
    )


def reverse_make_up(actor_id: uuid.UUID, make_up_id: uuid.UUID, reason: DecisionReason) -> None:
    """Take an approval back: what only it credited is reversed. AlreadyDecided, NotTheirs."""
    make_up = _lock(actor_id, make_up_id, MakeUpState.APPROVED)
    make_up.state, make_up.reversed_by, make_up.reversed_at = MakeUpState.REVERSED, actor_id, clock.now()
    make_up.reason_code = reason.value
    _give_up_seat(make_up)
    entries = recredit(actor_id, [make_up.enrollment_id], "make_up_reversed")
    record(
        actor_id,
        "reverse_make_up",
        rows=entries,
        reason=reason.value,
        make_up_id=make_up.id,
        enrollment_id=make_up.enrollment_id,
    )


@follows_a_split
def make_up_in_second_half(
    _actor_id: uuid.UUID, session_id: uuid.UUID, second_id: uuid.UUID
) -> Mapping[str, Sequence[uuid.UUID]]:
    """What only the second half of a session teaches is made up there; the sessions are locked."""
    is_open = (MakeUp.session_id == session_id, MakeUp.state.in_(OPEN))
    people = select(Enrollment.id).where(Enrollment.id.in_(select(MakeUp.enrollment_id).where(*is_open)))
    db.session.execute(people.order_by(Enrollment.id).with_for_update())
    open_ones = select(MakeUp).where(*is_open).order_by(MakeUp.id).with_for_update()
    found = db.session.scalars(open_ones, execution_options={"populate_existing": True}).all()
    agendas = current_segments([session_id, second_id]) if found else {}
    moved = [
        each for each in found if not _is_taught(each, agendas[session_id]) and _is_taught(each, agendas[second_id])
    ]
    second = db.session.get_one(TrainingSession, second_id)
    for make_up in moved:
        make_up.session_id = second_id
        make_up.done_on = second.planned_start.astimezone(ZoneInfo(second.time_zone)).date()
        if make_up.route is MakeUpRoute.OTHER_COHORT:
            take_seat(second_id, make_up.enrollment_id)
            give_up_seat(session_id, make_up.enrollment_id)
    db.session.flush()
    return {"make_ups": [make_up.id for make_up in moved]} if moved else {}


def may_decide(actor_id: uuid.UUID, make_up: MakeUp, person_id: uuid.UUID) -> bool:
    """Whether they are neither the proposer nor the trainee. The proposer may take back what another approved."""
    is_proposer = actor_id == make_up.proposed_by and make_up.state is MakeUpState.PROPOSED
    return actor_id != person_id and not is_proposer


def _lock(actor_id: uuid.UUID, make_up_id: uuid.UUID, state: MakeUpState) -> MakeUp:
    """The make-up as it is now, its session and enrollment locked, in the state that the decision needs."""
    make_up = db.session.get_one(MakeUp, make_up_id)
    if make_up.session_id is not None:
        lock_session(make_up.session_id)
    enrollment = lock_enrollment(make_up.enrollment_id)
    db.session.refresh(make_up, with_for_update=True)
    if make_up.state is not state:
        raise AlreadyDecided(make_up.state)
    if not may_decide(actor_id, make_up, enrollment.person_id):
        raise NotTheirs
    return make_up


def _give_up_seat(make_up: MakeUp) -> None:
    if make_up.session_id is not None:
        give_up_seat(make_up.session_id, make_up.enrollment_id)


def lock_enrollment(enrollment_id: uuid.UUID) -> Enrollment:
    query = select(Enrollment).where(Enrollment.id == enrollment_id).with_for_update()
    return db.session.scalars(query, execution_options={"populate_existing": True}).one()


def _is_taught(make_up: MakeUp, segments: Iterable[SegmentRow]) -> bool:
    """Whether any of the make-up's slice is in these segments."""
    slices = [
        Slice(part.from_minute, part.from_minute + part.minutes)
        for part in segments
        if part.module_id == make_up.module_id and part.from_minute is not None
    ]
    return bool(intersect(slices, [Slice(make_up.from_minute, make_up.to_minute)]))
