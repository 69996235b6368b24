"""The register's rows as its template shows them."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from advocates.attendance.marking import Entry
from advocates.attendance.queries import Register, RosterPerson, StoredMark
from advocates.attendance.queries.teaching import Teaching, teaching_of
from advocates.attendance.rules import Outcome, Typed, is_untouched, typed_of
from advocates.database import new_id
from advocates.hours.queries import session_credits


@dataclass(frozen=True)
class Row:
    """One person: the stored mark, and what the fields show, which differs after a refusal.

    `by_module` are minutes as marked, on planned times before sign-off; `credited` the ledger's from here, None
    before it.
    `theirs` is somebody else's newer mark, to choose from. `is_pending`: the fields hold what is not stored.
    """

    person: RosterPerson
    stored: StoredMark | None
    saved: Typed
    typed: Typed
    version: int
    client_key: uuid.UUID
    by_module: Mapping[uuid.UUID, int]
    credited: int | None
    theirs: StoredMark | None
    is_own: bool
    is_pending: bool

    @property
    def id(self) -> uuid.UUID:
        return self.person.enrollment_id

    @property
    def minutes(self) -> int:
        return sum(self.by_module.values())

    @property
    def held_elsewhere(self) -> int:
        """Minutes of this presence that stand credited from elsewhere; a visitor's count only as their seat says."""
        return 0 if self.credited is None or self.person.seat else max(0, self.minutes - self.credited)


@dataclass(frozen=True)
class Counts:
    """People by outcome."""

    here: int
    not_here: int
    not_established: int
    unmarked: int


def build_rows(
    register: Register,
    teaching: Teaching,
    actor_id: uuid.UUID,
    entries: Iterable[Entry] = (),
    conflicts: Collection[uuid.UUID] = (),
) -> tuple[Row, ...]:
    """A row per person; `entries` as sent stand in for what is stored. One statement once it is signed off."""
    session = register.session
    credited = session_credits(session.id) if session.signed_off_at else None
    sent = {entry.enrollment_id: entry for entry in entries}
    rows = []
    for enrollment_id, person in register.people.items():
        stored, entry = register.current(enrollment_id), sent.get(enrollment_id)
        saved = typed_of(stored.content if stored else None, register.window)
        is_conflict = enrollment_id in conflicts
        is_fresh = entry is None or is_conflict
        rows.append(
            Row(
                person=person,
                stored=stored,
                saved=saved,
                typed=entry.typed if entry else saved,
                version=register.version(enrollment_id) if is_fresh or entry is None else entry.base_version,
                client_key=new_id() if is_fresh or entry is None else entry.client_key,
                by_module=teaching.minutes_of(stored, person.version_id),
                credited=None if credited is None else credited.get(enrollment_id, 0),
                theirs=stored if is_conflict else None,
                is_own=person.person_id == actor_id,
                is_pending=entry is not None and not is_untouched(entry.typed, saved, session.delivery_mode),
            )
        )
    return tuple(rows)


def load_teaching(register: Register) -> Teaching:
    """What the session teaches those on the register. One statement."""
    return teaching_of(register.session, {person.version_id for person in register.people.values()})


def counts_of(outcomes: Iterable[Outcome | None]) -> Counts:
    counted = Counter(outcomes)
    return Counts(
        here=counted[Outcome.PRESENT],
        not_here=counted[Outcome.ABSENT],
        not_established=counted[Outcome.NOT_ESTABLISHED],
        unmarked=counted[None],
    )
