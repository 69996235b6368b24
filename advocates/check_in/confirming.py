"""From evidence to marks: what people's check-ins propose, and the trainer who confirms it."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from advocates import clock
from advocates.attendance.comparing import compares_with_register
from advocates.attendance.marking import Entry, Origin, Saved, mark_in_session
from advocates.attendance.models import MarkWay
from advocates.attendance.queries import Register, RosterPerson, StoredMark, load_register, lock_session
from advocates.attendance.rules import ClockError, Content, Typed, Window, read_typed, typed_of
from advocates.check_in.queries import events_of
from advocates.check_in.rules import Event, Proposal, propose, typed_from
from advocates.database import new_id
from advocates.schedule.models import TrainingSession


class Standing(StrEnum):
    """Where somebody stands between their check-ins and the register."""

    WAITING = "waiting"
    DIFFERENT = "different"
    RECORDED = "recorded"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Row:
    """One person: what they said, what that proposes (`typed`, as the register would show it), and what is recorded."""

    person: RosterPerson
    events: tuple[Event, ...]
    proposal: Proposal | None
    typed: Typed | None
    stored: StoredMark | None
    saved: Typed
    version: int
    client_key: uuid.UUID
    standing: Standing
    is_own: bool
    is_over: bool

    @property
    def id(self) -> uuid.UUID:
        return self.person.enrollment_id

    @property
    def may_confirm(self) -> bool:
        return self.standing in {Standing.WAITING, Standing.DIFFERENT} and not self.is_own

    @property
    def is_suggested(self) -> bool:
        """Ticked beforehand: nobody recorded anything else, nothing is in doubt, and nobody may leave yet."""
        if self.proposal is None or self.proposal.doubts or (self.proposal.is_open and not self.is_over):
            return False
        return self.may_confirm and self.standing is Standing.WAITING

    @property
    def differs(self) -> bool:
        """The register says something else, if only that they were there when their check-ins say nothing of that."""
        is_here = self.stored is not None and bool(self.stored.content.presences)
        return self.standing is Standing.DIFFERENT or (bool(self.events) and is_here and self.proposal is None)


@dataclass(frozen=True)
class Tick:
    """A row that the trainer confirms, as it was shown: the mark's version and how many check-ins there were."""

    version: int
    seen: int
    client_key: uuid.UUID


@dataclass(frozen=True)
class Confirmed:
    """`outdated`: people who checked in or out since the page was shown; nothing of theirs was stored."""

    saved: Saved
    outdated: Collection[uuid.UUID]


def build_rows(session: TrainingSession, actor_id: uuid.UUID) -> Sequence[Row]:
    """Everybody on the register, by name. Three statements."""
    return _rows(load_register(session), actor_id)


@compares_with_register
def count_different(register: Register) -> int:
    """How many people's check-ins say something else than their marks. One statement."""
    return sum(row.differs for row in _rows(register, None))


def confirm_check_ins(actor_id: uuid.UUID, session: TrainingSession, ticks: Mapping[uuid.UUID, Tick]) -> Confirmed:
    """Store the ticked proposals as marks, all that can be; RegisterClosed.

    The times come from the check-ins, not from the form: a mark that says so rests on them. Nobody checks in or out
    while the session is locked.
    """
    session = lock_session(session.id)
    entries, outdated = [], []
    for row in build_rows(session, actor_id):
        tick = ticks.get(row.id)
        if tick is None or row.proposal is None:
            continue
        if tick.seen != len(row.events):
            outdated.append(row.id)
            continue
        entries.append(Entry(row.id, tick.version, tick.client_key, typed_from(row.proposal, window_of(session))))
    return Confirmed(mark_in_session(actor_id, session, entries, Origin(MarkWay.CHECK_IN)), outdated)


def window_of(session: TrainingSession) -> Window:
    return Window(session.planned_start, session.planned_end, session.time_zone)


def _rows(register: Register, actor_id: uuid.UUID | None) -> Sequence[Row]:
    events = events_of([register.session.id])[register.session.id]
    return [_row(register, person, events.get(key, ()), actor_id) for key, person in register.people.items()]


def _row(register: Register, person: RosterPerson, events: tuple[Event, ...], actor_id: uuid.UUID | None) -> Row:
    window, stored = register.window, register.current(person.enrollment_id)
    proposal = propose(events, window.start, window.end)
    proposed = _content(proposal, register, person)
    return Row(
        person=person,
        events=events,
        proposal=proposal if proposed else None,
        typed=typed_of(proposed, window) if proposed else None,
        stored=stored,
        saved=typed_of(stored.content if stored else None, window),
        version=register.version(person.enrollment_id),
        client_key=new_id(),
        standing=_standing(proposed, stored.content if stored else None),
        is_own=person.person_id == actor_id,
        is_over=clock.now() >= window.end,
    )


def _content(proposal: Proposal | None, register: Register, person: RosterPerson) -> Content | None:
    """The mark that the proposal would become; None for one that the register would refuse."""
    if proposal is None:
        return None
    typed, mode = typed_from(proposal, register.window), register.session.delivery_mode
    try:
        return read_typed(typed, None, register.window, mode, person.brief_absence_minutes, clock.now())
    except ClockError:
        return None


def _standing(proposed: Content | None, recorded: Content | None) -> Standing:
    if proposed is None:
        return Standing.NOTHING
    if recorded is None:
        return Standing.WAITING
    return Standing.RECORDED if recorded == proposed else Standing.DIFFERENT
