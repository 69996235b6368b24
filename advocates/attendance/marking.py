"""Recording who was there: changed rows only, each compared with the version it was made from (Hours 3, 10, 11)."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from advocates import clock
from advocates.attendance.models import AttendanceMark, MarkWay
from advocates.attendance.open_register import refuse_closed
from advocates.attendance.queries import (
    LockedRegister,
    Register,
    RosterPerson,
    StoredMark,
    lock_people,
    lock_session,
    roster,
)
from advocates.attendance.rules import (
    ClockError,
    Content,
    Outcome,
    Typed,
    Verdict,
    overlaps,
    read_typed,
    reconcile,
)
from advocates.audit.models import AppendOnly
from advocates.audit.recording import record
from advocates.database import new_id
from advocates.hours.rules import Presence
from advocates.schedule.models import TrainingSession

N_ = str  # marks a sentence for translation; the view translates it


class NotOnRegister(Exception):
    """A mark was sent for somebody who is not in this session."""


class MarksRefused(Exception):
    """Rows that cannot be recorded, by enrollment; nothing was changed."""

    def __init__(self, errors: Mapping[uuid.UUID, ClockError]) -> None:
        super().__init__(", ".join(map(str, errors.values())))
        self.errors = errors


@dataclass(frozen=True)
class Entry:
    """One person's row as sent: the fields, and the version that they were filled from (0 for unmarked).

    `client_key` is one per shown row, so that a row sent again is known. `is_undecided`: it came back as a
    conflict and nobody chose. `fills_unmarked`: it gives way to whatever is recorded meanwhile. `device_at` is what
    the phone's clock said; `is_offline`, that it was typed without network.
    """

    enrollment_id: uuid.UUID
    base_version: int
    client_key: uuid.UUID
    typed: Typed
    is_undecided: bool = False
    fills_unmarked: bool = False
    device_at: datetime | None = None
    is_offline: bool = False

    @property
    def says_something(self) -> bool:
        """A browser sends every row of its form, those too that nobody touched."""
        return self.typed.outcome is not None or self.typed.has_times


@dataclass(frozen=True)
class Origin:
    """How a mark came about, besides who recorded it and when."""

    way: MarkWay = MarkWay.REGISTER
    witnessed_by: uuid.UUID | None = None
    device_at: datetime | None = None
    reason_code: str | None = None


@dataclass(frozen=True)
class Saved:
    """What became of the entries: enrollments whose marks were stored, those where somebody else's newer mark says
    something else, those whose fields cannot be recorded, and those who are not in this session.

    `register` is as it was before, `marks` what was stored.
    """

    register: LockedRegister
    marks: Mapping[uuid.UUID, AttendanceMark]
    conflicts: Sequence[uuid.UUID] = ()
    refused: Mapping[uuid.UUID, ClockError] = field(default_factory=dict)
    strangers: Sequence[uuid.UUID] = ()

    @property
    def marked(self) -> tuple[uuid.UUID, ...]:
        return tuple(self.marks)

    def current(self, enrollment_id: uuid.UUID, recorder: str) -> StoredMark | None:
        """The mark as it stands now; `recorder` is the name of who sent the entries."""
        mark = self.marks.get(enrollment_id)
        return StoredMark(mark, recorder) if mark else self.register.current(enrollment_id)

    def or_refuse(self) -> "Saved":
        """All or nothing, for whoever rolls back then: NotOnRegister or MarksRefused."""
        if self.strangers:
            raise NotOnRegister
        if self.refused:
            raise MarksRefused(self.refused)
        return self


def mark_attendance(
    actor_id: uuid.UUID,
    session_id: uuid.UUID,
    entries: Iterable[Entry],
    *,
    fills_unmarked: bool = False,
    way: MarkWay = MarkWay.REGISTER,
    witnessed_by: uuid.UUID | None = None,
) -> Saved:
    """Store every changed row that can be; `fills_unmarked` marks all others present throughout. RegisterClosed."""
    session = lock_session(session_id)
    sent = tuple(entries)
    if fills_unmarked:
        said = {entry.enrollment_id for entry in sent if entry.says_something}
        sent = (*(entry for entry in sent if entry.says_something), *_fill(actor_id, session, said))
    return mark_in_session(actor_id, session, sent, Origin(way, witnessed_by))


def mark_in_session(
    actor_id: uuid.UUID,
    session: TrainingSession,
    entries: Sequence[Entry],
    origin: Origin = Origin(),
    beside: Sequence[AppendOnly] = (),
) -> Saved:
    """As `mark_attendance`, in a session that is locked already. Seven statements, however many entries.

    `beside` are rows to be recorded with the marks, if there are any. What was stored before the session was closed is
    no new mark: sent again, it is only answered.
    """
    register = lock_people(session, {entry.enrollment_id for entry in entries})
    if not entries or not all(_stored(actor_id, register, entry) for entry in entries):
        refuse_closed(session)
    wanted, conflicts, refused, strangers = _sort(actor_id, register, entries)
    refused |= find_overlaps(register, {key: content for key, (content, _) in wanted.items()})
    marks = {
        key: new_mark(register, key, content, actor_id, entry.client_key, _origin(entry, origin))
        for key, (content, entry) in wanted.items()
        if key not in refused
    }
    if marks:
        rows = [*marks.values(), *beside]
        record(actor_id, "mark_attendance", rows=rows, session_id=session.id, marks=len(marks))
    return Saved(register, marks, conflicts, refused, strangers)


def find_overlaps(register: LockedRegister, wanted: Mapping[uuid.UUID, Content]) -> dict[uuid.UUID, ClockError]:
    """Who would be present somewhere else, or under another enrollment, at the same moment."""
    errors: dict[uuid.UUID, ClockError] = {}
    for enrollment_id, content in wanted.items():
        person_id = register.people[enrollment_id].person_id
        for other in register.elsewhere:
            if other.person_id == person_id and overlaps(content.presences, other.content.presences):
                message = N_("They are marked present in %(cohort)s at the same time. Correct one of the two.")
                errors[enrollment_id] = ClockError("outcome", message, cohort=other.cohort_title)
        if any(overlaps(content.presences, other) for other in _present_twice(register, wanted, enrollment_id)):
            message = N_("They are marked present here under another enrollment of theirs. Correct one of the two.")
            errors[enrollment_id] = ClockError("outcome", message)
    return errors


def refuse_own(actor_id: uuid.UUID, person: RosterPerson) -> None:
    """ClockError at `outcome` for the actor's own enrollment."""
    if person.person_id == actor_id:
        message = N_("Nobody records their own attendance. Another trainer or an administrator does.")
        raise ClockError("outcome", message)


def new_mark(
    register: Register,
    enrollment_id: uuid.UUID,
    content: Content,
    actor_id: uuid.UUID,
    client_key: uuid.UUID,
    origin: Origin = Origin(),
) -> AttendanceMark:
    """The next version of one person's mark, for `record(rows=...)`."""
    return AttendanceMark(
        id=new_id(),
        session_id=register.session.id,
        enrollment_id=enrollment_id,
        version=register.version(enrollment_id) + 1,
        outcome=content.outcome,
        intervals=content.intervals,
        way=origin.way,
        recorded_by=actor_id,
        witnessed_by=origin.witnessed_by,
        recorded_at=clock.now(),
        device_at=origin.device_at,
        client_key=client_key,
        reason_code=origin.reason_code,
    )


def _fill(actor_id: uuid.UUID, session: TrainingSession, sent: Collection[uuid.UUID]) -> Iterator[Entry]:
    """An entry for everybody else. One statement."""
    for person in roster(session):
        if person.person_id != actor_id and person.enrollment_id not in sent:
            yield Entry(person.enrollment_id, 0, new_id(), Typed(Outcome.PRESENT), fills_unmarked=True)


def _origin(entry: Entry, origin: Origin) -> Origin:
    way = MarkWay.OFFLINE if entry.is_offline else origin.way
    return replace(origin, way=way, device_at=entry.device_at)


def _sort(
    actor_id: uuid.UUID, register: LockedRegister, entries: Iterable[Entry]
) -> tuple[dict[uuid.UUID, tuple[Content, Entry]], list[uuid.UUID], dict[uuid.UUID, ClockError], list[uuid.UUID]]:
    """What to store, who conflicts, who is refused and who is not here; what changes nothing is in none of them."""
    wanted: dict[uuid.UUID, tuple[Content, Entry]] = {}
    conflicts: list[uuid.UUID] = []
    refused: dict[uuid.UUID, ClockError] = {}
    strangers: list[uuid.UUID] = []
    for entry in entries:
        if entry.enrollment_id not in register.people:
            # An empty row of somebody who left the roster meanwhile says nothing.
            if entry.says_something:
                strangers.append(entry.enrollment_id)
            continue
        try:
            content, verdict = _judge(actor_id, register, entry)
        except ClockError as error:
            refused[entry.enrollment_id] = error
            continue
        if verdict is Verdict.CONFLICT:
            conflicts.append(entry.enrollment_id)
        elif content is not None and verdict is Verdict.SAVE:
            wanted[entry.enrollment_id] = (content, entry)
    return wanted, conflicts, refused, strangers


def _judge(actor_id: uuid.UUID, register: Register, entry: Entry) -> tuple[Content | None, Verdict]:
    """What the row says and what to do with it; ClockError where it cannot be recorded."""
    current = register.current(entry.enrollment_id)
    now = current.content if current else None
    if entry.fills_unmarked and now is not None:
        return now, Verdict.UNCHANGED
    base = register.content_at(entry.enrollment_id, entry.base_version)
    mode = register.session.delivery_mode
    brief = register.people[entry.enrollment_id].brief_absence_minutes
    content = read_typed(entry.typed, base, register.window, mode, brief, clock.now())
    if stored := _stored(actor_id, register, entry):
        # Sent a second time: it was done, whatever happened since. A class that ran over may make the same row longer.
        return content, Verdict.UNCHANGED if content in (stored.content, now) else Verdict.CONFLICT
    verdict = reconcile(entry.base_version, base, register.version(entry.enrollment_id), now, content)
    if verdict is not Verdict.UNCHANGED:
        refuse_own(actor_id, register.people[entry.enrollment_id])
    return content, Verdict.CONFLICT if verdict is Verdict.SAVE and entry.is_undecided else verdict


def _stored(actor_id: uuid.UUID, register: Register, entry: Entry) -> StoredMark | None:
    """The mark that this very entry became."""
    for stored in register.marks.get(entry.enrollment_id, ()):
        if (stored.mark.recorded_by, stored.mark.client_key) == (actor_id, entry.client_key):
            return stored
    return None


def _present_twice(
    register: Register, wanted: Mapping[uuid.UUID, Content], enrollment_id: uuid.UUID
) -> Iterator[tuple[Presence, ...]]:
    """Where else this register has the same person, who left and came back: a minute credits one enrollment."""
    person_id = register.people[enrollment_id].person_id
    for other_id, other in register.people.items():
        current = register.current(other_id)
        content = wanted.get(other_id) or (current.content if current else None)
        if other_id != enrollment_id and other.person_id == person_id and content:
            yield content.presences
