"""What is proposed to pay for a missing part, and everything that speaks against it, each at its field (Hours 8)."""

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from advocates import clock
from advocates.attendance.queries.owing import Offer, Owing
from advocates.attendance.rules.make_ups import covers
from advocates.cohorts.queries import EnrollmentRow
from advocates.cohorts.rules import EnrollmentStatus
from advocates.curriculum.rules import N_, MakeUpRoute
from advocates.hours.rules import Slice, intersect

MAKING_UP = {EnrollmentStatus.ENROLLED, EnrollmentStatus.COMPLETED, EnrollmentStatus.NOT_COMPLETED}
MINUTES = {"from_minute", "to_minute"}


class ProposalRefused(Exception):
    """What was proposed cannot be; nothing was changed. `message` is English, for the view to translate.

    `field` is "" for what no field can mend.
    """

    def __init__(self, field: str, message: str, **values: object) -> None:
        super().__init__(message)
        self.field, self.message, self.values = field, message, values


@dataclass(frozen=True)
class Proposal:
    """A slice and what pays it: a session, or, with None, an equivalent activity on a day.

    Of an activity the evidence says what shows it; of a session that is the attendance there, and it may be "".
    """

    module_id: uuid.UUID
    minutes: Slice
    session_id: uuid.UUID | None
    done_on: date | None
    evidence: str = ""


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


def refuse_without_seat(offer: Offer) -> None:
    """ProposalRefused where no seat is free, or they are expected somewhere else at that time."""
    if offer.is_full:
        raise ProposalRefused("route", N_("Every seat of this session is taken. Choose another."))
    if offer.clashes:
        message = N_("At that time this person is expected in another session. Choose another.")
        raise ProposalRefused("route", message)


def find_offer(owing: Owing, proposal: Proposal) -> Offer | None:
    """The session that is proposed, where it teaches something of the module."""
    return next((each for each in owing.offers_for(proposal.module_id) if each.session.id == proposal.session_id), None)


def route_of(owing: Owing, proposal: Proposal) -> MakeUpRoute:
    """How it is paid. Of a session that there is no offer of: in another cohort."""
    if proposal.session_id is None:
        return MakeUpRoute.EQUIVALENT_ACTIVITY
    offer = find_offer(owing, proposal)
    is_own = offer is not None and offer.session.cohort_id == owing.row.cohort.id
    return MakeUpRoute.SAME_COHORT if is_own else MakeUpRoute.OTHER_COHORT


def day_of(owing: Owing, proposal: Proposal) -> date | None:
    """An activity's own day; a session's where it is offered."""
    if proposal.session_id is None:
        return proposal.done_on
    offer = find_offer(owing, proposal)
    return offer.on if offer else None


def problems_of(owing: Owing, proposal: Proposal, unread: Collection[str] = ()) -> Iterator[ProposalRefused]:
    """All that speaks against it, the weightiest of a field first. What needs a field that is `unread` is left out."""
    if "module_id" in unread:
        return
    if proposal.module_id not in owing.modules:
        yield ProposalRefused("", N_("This module is not part of the curriculum. Choose a missing part from the list."))
        return
    has_minutes = not MINUTES.intersection(unread)
    if has_minutes:
        yield from _of_slice(owing, proposal)
    if "route" in unread:
        return
    if proposal.session_id is None:
        yield from _of_activity(owing, proposal, has_minutes, "done_on" in unread)
    else:
        yield from _of_session(owing, proposal, has_minutes)
    if has_minutes:
        yield from _of_limits(owing, proposal)


def _of_slice(owing: Owing, proposal: Proposal) -> Iterator[ProposalRefused]:
    if covers(owing.slices_of(proposal.module_id), proposal.minutes):
        return
    claimed = [claim.minutes for claim in owing.claims if claim.module_id == proposal.module_id]
    if intersect(claimed, [proposal.minutes]):
        message = N_("A make-up of this part is proposed or approved already. The same part is never paid twice.")
        yield ProposalRefused("from_minute", message)
    else:
        message = N_("Not all of these minutes are missing. Choose a missing part from the list, or less of it.")
        yield ProposalRefused("from_minute", message)


def _of_session(owing: Owing, proposal: Proposal, has_minutes: bool) -> Iterator[ProposalRefused]:
    offer = find_offer(owing, proposal)
    if offer is None:
        yield ProposalRefused("route", N_("This session does not teach the missing part. Choose another."))
        return
    if has_minutes and not covers(offer.slices, proposal.minutes):
        message = N_("This session teaches only minutes %(taught)s of the module. Propose no more than those.")
        yield ProposalRefused("from_minute", message, taught=offer.minutes)
    try:
        refuse_without_seat(offer)
    except ProposalRefused as refusal:
        yield refusal


def _of_activity(owing: Owing, proposal: Proposal, has_minutes: bool, is_day_unread: bool) -> Iterator[ProposalRefused]:
    if not owing.equivalent_for(proposal.module_id):
        yield ProposalRefused("route", N_("No equivalent activity stands in for this module. Choose a session."))
        return
    room = owing.room_minutes
    if has_minutes and room is not None and proposal.minutes.minutes > room:
        message = N_("Equivalent activities may count for %(left)s minutes more. Choose a session, or a smaller part.")
        yield ProposalRefused("route", message, left=room)
    if not is_day_unread:
        yield from _of_day(owing, proposal.done_on)
    if not proposal.evidence:
        yield ProposalRefused("evidence", N_("Say what shows it, in a sentence."))


def _of_day(owing: Owing, done_on: date | None) -> Iterator[ProposalRefused]:
    if done_on is None:
        yield ProposalRefused("done_on", N_("Type the day of the activity."))
    elif done_on > clock.today(owing.row.cohort.time_zone):
        yield ProposalRefused("done_on", N_("This day is still to come. Propose it when it is done."))
    elif done_on < owing.since:
        yield ProposalRefused("done_on", N_("This day is before the training began. Correct the date."))


def _of_limits(owing: Owing, proposal: Proposal) -> Iterator[ProposalRefused]:
    """The version limits how much is made up in all and by a route, and how long after it was missed."""
    room = owing.room_by(route_of(owing, proposal))
    if room is not None and proposal.minutes.minutes > room:
        message = N_("The rules of this version leave %(left)s minutes to make up in this way. Propose no more.")
        yield ProposalRefused("from_minute", message, left=room)
    last, on = owing.deadline(proposal.module_id, proposal.minutes), day_of(owing, proposal)
    if last is not None and on is not None and on > last:
        message = N_("By the rules of this version this part had to be made up by %(day)s.")
        yield ProposalRefused("done_on" if proposal.session_id is None else "route", message, day=last)
