"""Making up for a missed slice: one person proposes how it is paid, another decides (Hours 8 and 10)."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select

from advocates import clock
from advocates.attendance.crediting import recredit
from advocates.attendance.models import MakeUp, MakeUpState
from advocates.attendance.queries import lock_session
from advocates.attendance.queries.make_ups import OPEN
from advocates.attendance.queries.owing import Offer, Owing, load_owing
from advocates.attendance.rules.make_ups import DecisionReason, covers
from advocates.attendance.seating import give_up_seat, take_seat
from advocates.audit.recording import record
from advocates.cohorts.models import Enrollment
from advocates.cohorts.queries import EnrollmentRow
from advocates.cohorts.rules import EnrollmentStatus
from advocates.curriculum.rules import N_, MakeUpRoute
from advocates.database import db, new_id
from advocates.hours.rules import Slice, intersect
from advocates.schedule.models import TrainingSession
from advocates.schedule.queries import SegmentRow, current_segments
from advocates.schedule.splitting import follows_a_split

MAKING_UP = {EnrollmentStatus.ENROLLED, EnrollmentStatus.COMPLETED, EnrollmentStatus.NOT_COMPLETED}


class ProposalRefused(Exception):
    """What was proposed cannot be; nothing was changed. `message` is English, for the view to translate.

    `field` is "" for what no field can mend.
    """

    def __init__(self, field: str, message: str, **values: object) -> None:
        super().__init__(message)
        self.field, self.message, self.values = field, message, values


class AlreadyDecided(Exception):
    """Somebody else was quicker, or there is nothing to reverse. Holds the make-up's state."""

    def __init__(self, state: MakeUpState) -> None:
        super().__init__(state.value)
        self.state = state


class NotTheirs(Exception):
    """The proposer and the trainee never decide."""


class SessionCanceled(Exception):
    """The session that would pay does not take place: the part is missing again."""


@dataclass(frozen=True)
class Proposal:
    """A slice and what pays it: a session, or, with None, an equivalent activity on a day."""

    module_id: uuid.UUID
    minutes: Slice
    session_id: uuid.UUID | None
    done_on: date | None
    evidence: str


def propose_make_up(actor_id: uuid.UUID, row: EnrollmentRow, proposal: Proposal) -> uuid.UUID:
    """Store the proposal and return its id; somebody from elsewhere gets a seat in its session. ProposalRefused."""
    # Whether there is such a session shows below, among those offered.
    db.session.execute(select(TrainingSession.id).filter_by(id=proposal.session_id).with_for_update())
    lock_enrollment(row.enrollment.id)
    refuse_proposing(actor_id, row)
    owing = load_owing(row)
    _refuse_slice(owing, proposal)
    if proposal.session_id is None:
        route, done_on = MakeUpRoute.EQUIVALENT_ACTIVITY, _day_of_activity(owing, proposal)
    else:
        offer = _offer(owing, proposal)
        is_own = offer.session.cohort_id == row.cohort.id
        route, done_on = MakeUpRoute.SAME_COHORT if is_own else MakeUpRoute.OTHER_COHORT, offer.on
    _refuse_beyond_limits(owing, proposal, route, done_on)
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


def refuse_proposing(actor_id: uuid.UUID, row: EnrollmentRow) -> None:
    """ProposalRefused for one's own enrollment, and for somebody who is not in training."""
    refuse_own(actor_id, row)
    if row.enrollment.status not in MAKING_UP:
        raise ProposalRefused("", N_("This person is not enrolled, so there is nothing to make up."))


def refuse_own(actor_id: uuid.UUID, row: EnrollmentRow) -> None:
    """ProposalRefused for one's own enrollment."""
    if row.enrollment.person_id == actor_id:
        message = N_("Nobody proposes a make-up for themself: another trainer or an administrator does.")
        raise ProposalRefused("", message)


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


def _refuse_slice(owing: Owing, proposal: Proposal) -> None:
    if proposal.module_id not in owing.modules:
        raise ProposalRefused("", N_("This module is not part of the curriculum. Choose a missing part from the list."))
    if covers(owing.slices_of(proposal.module_id), proposal.minutes):
        return
    claimed = [claim.minutes for claim in owing.claims if claim.module_id == proposal.module_id]
    if intersect(claimed, [proposal.minutes]):
        message = N_("A make-up of this part is proposed or approved already. The same part is never paid twice.")
        raise ProposalRefused("from_minute", message)
    message = N_("Not all of these minutes are missing. Choose a missing part from the list, or less of it.")
    raise ProposalRefused("from_minute", message)


def refuse_without_seat(offer: Offer) -> None:
    """ProposalRefused where no seat is free, or they are expected somewhere else at that time."""
    if offer.is_full:
        raise ProposalRefused("route", N_("Every seat of this session is taken. Choose another."))
    if offer.clashes:
        message = N_("At that time this person is expected in another session. Choose another.")
        raise ProposalRefused("route", message)


def _offer(owing: Owing, proposal: Proposal) -> Offer:
    offers = {offer.session.id: offer for offer in owing.offers_for(proposal.module_id)}
    offer = offers.get(proposal.session_id) if proposal.session_id else None
    if offer is None:
        raise ProposalRefused("route", N_("This session does not teach the missing part. Choose another."))
    if not covers(offer.slices, proposal.minutes):
        message = N_("This session teaches only minutes %(taught)s of the module. Propose no more than those.")
        raise ProposalRefused("from_minute", message, taught=offer.minutes)
    refuse_without_seat(offer)
    return offer


def _refuse_beyond_limits(owing: Owing, proposal: Proposal, route: MakeUpRoute, done_on: date) -> None:
    """The version limits how much is made up in all and by a route, and how long after it was missed."""
    room = owing.room_by(route)
    if room is not None and proposal.minutes.minutes > room:
        message = N_("The rules of this version leave %(left)s minutes to make up in this way. Propose no more.")
        raise ProposalRefused("from_minute", message, left=room)
    last = owing.deadline(proposal.module_id, proposal.minutes)
    if last is not None and done_on > last:
        message = N_("By the rules of this version this part had to be made up by %(day)s.")
        raise ProposalRefused("done_on" if proposal.session_id is None else "route", message, day=last)


def _day_of_activity(owing: Owing, proposal: Proposal) -> date:
    if not owing.equivalent_for(proposal.module_id):
        raise ProposalRefused("route", N_("No equivalent activity stands in for this module. Choose a session."))
    room = owing.room_minutes
    if room is not None and proposal.minutes.minutes > room:
        message = N_("Equivalent activities may count for %(left)s minutes more. Choose a session, or a smaller part.")
        raise ProposalRefused("route", message, left=room)
    if proposal.done_on is None:
        raise ProposalRefused("done_on", N_("Type the day of the activity."))
    if proposal.done_on > clock.today(owing.row.cohort.time_zone):
        raise ProposalRefused("done_on", N_("This day is still to come. Propose it when it is done."))
    if proposal.done_on < owing.since:
        raise ProposalRefused("done_on", N_("This day is before the training began. Correct the date."))
    return proposal.done_on


def _is_taught(make_up: MakeUp, segments: Iterable[SegmentRow]) -> bool:
    """Whether any of the make-up's slice is in these segments."""
    slices = [
        Slice(part.from_minute, part.from_minute + part.minutes)
        for part in segments
        if part.module_id == make_up.module_id and part.from_minute is not None
    ]
    return bool(intersect(slices, [Slice(make_up.from_minute, make_up.to_minute)]))
