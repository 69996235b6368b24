"""The register's rows as its template shows them."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from advocates.attendance.marking import Entry
from advocates.attendance.queries import Register, RosterPerson, StoredMark, delivered_segments
from advocates.attendance.rules import Outcome, Typed, is_untouched, typed_of
from advocates.database import new_id
from advocates.hours.queries import session_credits, version_hours
from advocates.hours.rules import DeliveredSegment, earned_from_presence


@dataclass(frozen=True)
class Row:
    """One person: the stored mark, and what the fields show, which differs after a refusal.

    `minutes` are as marked, on planned times before sign-off; `credited` the ledger's from here, None before it.
    `theirs` is somebody else's newer mark, to choose from. `is_pending`: the fields hold what is not stored.
    """

    person: RosterPerson
    stored: StoredMark | None
    saved: Typed
    typed: Typed
    version: int
    client_key: uuid.UUID
    minutes: int
    credited: int | None
    theirs: StoredMark | None
    is_own: bool
    is_pending: bool

    @property
    def id(self) -> uuid.UUID:
        return self.person.enrollment_id

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
    register: Register, actor_id: uuid.UUID, entries: Iterable[Entry] = (), conflicts: Collection[uuid.UUID] = ()
) -> tuple[Row, ...]:
    """A row per person; `entries` as sent stand in for what is stored. Two statements, three once signed off."""
    session = register.session
    hours = version_hours({person.version_id for person in register.people.values()})
    segments = delivered_segments([session.id])[session.id]
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
                minutes=marked_minutes(stored, segments, hours[person.version_id].module_minutes),
                credited=None if credited is None else credited.get(enrollment_id, 0),
                theirs=stored if is_conflict else None,
                is_own=person.person_id == actor_id,
                is_pending=entry is not None and not is_untouched(entry.typed, saved, session.delivery_mode),
            )
        )
    return tuple(rows)


def marked_minutes(
    stored: StoredMark | None, segments: Sequence[DeliveredSegment], module_minutes: Mapping[uuid.UUID, int]
) -> int:
    """What the mark alone earns in its session, whatever is credited from elsewhere."""
    if stored is None:
        return 0
    earned = earned_from_presence(stored.mark.id, stored.content.presences, segments, module_minutes)
    return sum(part.minutes for part in earned)


def counts_of(outcomes: Iterable[Outcome | None]) -> Counts:
    counted = Counter(outcomes)
    return Counts(
        here=counted[Outcome.PRESENT],
        not_here=counted[Outcome.ABSENT],
        not_established=counted[Outcome.NOT_ESTABLISHED],
        unmarked=counted[None],
    )
