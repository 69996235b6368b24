"""Recording who was there: changed rows only, each compared with the version it was made from (Hours 3, 10, 11)."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select

from advocates import clock
from advocates.attendance.models import AttendanceMark, MarkWay
from advocates.attendance.queries import (
    Register,
    RosterPerson,
    load_register,
    lock_session,
    present_elsewhere,
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
    whole_session,
)
from advocates.audit.recording import record
from advocates.cohorts.models import Enrollment
from advocates.database import db, new_id
from advocates.hours.rules import Presence
from advocates.schedule.changing import counts_as_evidence
from advocates.schedule.models import TrainingSession

N_ = str  # marks a sentence for translation; the view translates it


class RegisterClosed(Exception):
    """Nothing can be recorded here now. `message` is English, for the view to translate."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


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
    conflict and nobody chose.
    """

    enrollment_id: uuid.UUID
    base_version: int
    client_key: uuid.UUID
    typed: Typed
    is_undecided: bool = False


@dataclass(frozen=True)
class Saved:
    """Enrollments whose marks were stored, and those where somebody else's newer mark says something else."""

    marked: Sequence[uuid.UUID]
    conflicts: Sequence[uuid.UUID]


def mark_attendance(
    actor_id: uuid.UUID,
    session_id: uuid.UUID,
    entries: Iterable[Entry],
    *,
    fills_unmarked: bool = False,
    way: MarkWay = MarkWay.REGISTER,
    witnessed_by: uuid.UUID | None = None,
) -> Saved:
    """Store every changed row that does not conflict; `fills_unmarked` marks all others present throughout.

    RegisterClosed, NotOnRegister or MarksRefused: then nothing was changed.
    """
    session = lock_session(session_id)
    refuse_closed(session)
    register = load_register(session)
    wanted, conflicts = _changes(actor_id, register, tuple(entries))
    if fills_unmarked:
        whole = whole_session(register.window, session.delivery_mode)
        for person in register.unmarked:
            if person.person_id != actor_id and person.enrollment_id not in {*wanted, *conflicts}:
                wanted[person.enrollment_id] = (whole, new_id())
    refuse_overlaps(register, {enrollment_id: content for enrollment_id, (content, _) in wanted.items()})
    marks = [
        new_mark(register, enrollment_id, content, actor_id, key, way, witnessed_by)
        for enrollment_id, (content, key) in wanted.items()
    ]
    if marks:
        record(actor_id, "mark_attendance", rows=marks, session_id=session_id, marks=len(marks))
    return Saved(tuple(wanted), conflicts)


def is_open(session: TrainingSession) -> bool:
    """Marks can be made from the session's own day on, until it is signed off."""
    day = session.planned_start.astimezone(ZoneInfo(session.time_zone)).date()
    is_held = session.cancelled_at is None and clock.today(session.time_zone) >= day
    return is_held and session.signed_off_at is None


def refuse_closed(session: TrainingSession) -> None:
    """RegisterClosed unless marks can be made."""
    if session.cancelled_at is not None:
        raise RegisterClosed(N_("This session was canceled, so it has no register."))
    if session.signed_off_at is not None:
        raise RegisterClosed(N_("This session was signed off in the meantime. Open a person to correct their mark."))
    if not is_open(session):
        raise RegisterClosed(N_("This session is still to come. Its register opens on the day."))


def refuse_overlaps(register: Register, wanted: Mapping[uuid.UUID, Content]) -> None:
    """MarksRefused for people who are marked present somewhere else, or under another enrollment, at the same moment.

    Locks all enrollments of all these people, so that two registers cannot both be first, and so that no mark waits
    for its enrollment once the head of the audit chain is locked.
    """
    if not wanted:
        return
    people = {enrollment_id: register.people[enrollment_id].person_id for enrollment_id in wanted}
    lock_enrollments(people.values())
    present = {key: content for key, content in wanted.items() if content.outcome is Outcome.PRESENT}
    errors: dict[uuid.UUID, ClockError] = {}
    elsewhere = present_elsewhere(register.session, [people[enrollment_id] for enrollment_id in present])
    for enrollment_id, content in present.items():
        for other in elsewhere:
            if other.person_id == people[enrollment_id] and overlaps(content.presences, other.content.presences):
                message = N_("They are marked present in %(cohort)s at the same time. Correct one of the two.")
                errors[enrollment_id] = ClockError("outcome", message, cohort=other.cohort_title)
        if any(overlaps(content.presences, other) for other in _present_twice(register, wanted, enrollment_id)):
            message = N_("They are marked present here under another enrollment of theirs. Correct one of the two.")
            errors[enrollment_id] = ClockError("outcome", message)
    if errors:
        raise MarksRefused(errors)


def refuse_own(actor_id: uuid.UUID, person: RosterPerson) -> None:
    """ClockError at `outcome` for the actor's own enrollment."""
    if person.person_id == actor_id:
        message = N_("Nobody records their own attendance. Another trainer or an administrator does.")
        raise ClockError("outcome", message)


@counts_as_evidence
def has_marks(session_id: uuid.UUID) -> bool:
    """Whether anything was recorded here: then the session is neither moved nor cancelled."""
    return bool(db.session.scalar(select(exists().where(AttendanceMark.session_id == session_id))))


def new_mark(
    register: Register,
    enrollment_id: uuid.UUID,
    content: Content,
    actor_id: uuid.UUID,
    client_key: uuid.UUID,
    way: MarkWay,
    witnessed_by: uuid.UUID | None = None,
    reason_code: str | None = None,
) -> AttendanceMark:
    """The next version of one person's mark, for `record(rows=...)`."""
    return AttendanceMark(
        id=new_id(),
        session_id=register.session.id,
        enrollment_id=enrollment_id,
        version=register.version(enrollment_id) + 1,
        outcome=content.outcome,
        intervals=content.intervals,
        way=way,
        recorded_by=actor_id,
        witnessed_by=witnessed_by,
        recorded_at=clock.now(),
        client_key=client_key,
        reason_code=reason_code,
    )


def _changes(
    actor_id: uuid.UUID, register: Register, entries: Sequence[Entry]
) -> tuple[dict[uuid.UUID, tuple[Content, uuid.UUID]], list[uuid.UUID]]:
    """What to store with its client key, and who conflicts; MarksRefused with every bad row."""
    wanted: dict[uuid.UUID, tuple[Content, uuid.UUID]] = {}
    conflicts: list[uuid.UUID] = []
    errors: dict[uuid.UUID, ClockError] = {}
    for entry in entries:
        if entry.enrollment_id not in register.people:
            _refuse_stranger(entry)
            continue
        try:
            content, verdict = _judge(actor_id, register, entry)
        except ClockError as error:
            errors[entry.enrollment_id] = error
            continue
        if verdict is Verdict.CONFLICT:
            conflicts.append(entry.enrollment_id)
        elif content is not None and verdict is Verdict.SAVE:
            wanted[entry.enrollment_id] = (content, entry.client_key)
    if errors:
        raise MarksRefused(errors)
    return wanted, conflicts


def _refuse_stranger(entry: Entry) -> None:
    """An empty row of somebody who left the roster meanwhile says nothing; a mark of them is refused."""
    if entry.typed.outcome is not None or entry.typed.has_times:
        raise NotOnRegister


def _judge(actor_id: uuid.UUID, register: Register, entry: Entry) -> tuple[Content | None, Verdict]:
    """What the row says and what to do with it; ClockError where it cannot be recorded."""
    base = register.content_at(entry.enrollment_id, entry.base_version)
    mode = register.session.delivery_mode
    brief = register.people[entry.enrollment_id].brief_absence_minutes
    content = read_typed(entry.typed, base, register.window, mode, brief, clock.now())
    for stored in register.marks.get(entry.enrollment_id, ()):
        if (stored.mark.recorded_by, stored.mark.client_key) == (actor_id, entry.client_key):
            # Sent a second time: it was done, whatever happened since.
            return content, Verdict.UNCHANGED if stored.content == content else Verdict.CONFLICT
    current = register.current(entry.enrollment_id)
    now = current.content if current else None
    verdict = reconcile(entry.base_version, base, register.version(entry.enrollment_id), now, content)
    if verdict is not Verdict.UNCHANGED:
        refuse_own(actor_id, register.people[entry.enrollment_id])
    return content, Verdict.CONFLICT if verdict is Verdict.SAVE and entry.is_undecided else verdict


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


def lock_enrollments(person_ids: Collection[uuid.UUID]) -> None:
    """All enrollments of these people, in the order of their ids."""
    db.session.execute(
        select(Enrollment.id).where(Enrollment.person_id.in_(person_ids)).order_by(Enrollment.id).with_for_update()
    ).all()
