"""Who or what is in two places at once, and which qualifications hold on a day."""

import uuid
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations


@dataclass(frozen=True)
class Booking:
    """A session with what it holds: its people by id, and its room by place and number. Instants are UTC."""

    session_id: uuid.UUID
    starts: datetime
    ends: datetime
    holds: frozenset[Hashable]


@dataclass(frozen=True)
class Clash:
    """Another session that needs the same person or room at the same time."""

    other_id: uuid.UUID
    held: Hashable


@dataclass(frozen=True)
class Held:
    """A qualification by its days, the last one included; None has no end."""

    title: str
    holds_from: date
    holds_until: date | None

    def holds_on(self, day: date) -> bool:
        return self.holds_from <= day and (self.holds_until is None or day <= self.holds_until)


def clashes(bookings: Iterable[Booking]) -> Mapping[uuid.UUID, tuple[Clash, ...]]:
    """The clashes of each session that has any. One that ends when another starts meets none."""
    by_held: dict[Hashable, list[Booking]] = defaultdict(list)
    for booking in bookings:
        for held in booking.holds:
            by_held[held].append(booking)
    found: dict[uuid.UUID, list[Clash]] = defaultdict(list)
    for held, sharing in by_held.items():
        for one, other in combinations(sorted(sharing, key=lambda booking: (booking.starts, booking.session_id)), 2):
            if one.session_id != other.session_id and one.starts < other.ends and other.starts < one.ends:
                found[one.session_id].append(Clash(other.session_id, held))
                found[other.session_id].append(Clash(one.session_id, held))
    return {session_id: tuple(each) for session_id, each in found.items()}
