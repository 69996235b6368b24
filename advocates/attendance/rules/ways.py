"""What could still be booked for somebody who missed minutes, and how much of them it would credit (Hours 6 and 8)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from advocates.curriculum.rules import MakeUpLimits, MakeUpRoute
from advocates.hours.rules import Part, Slice, VersionHours, balance, intersect, subtract

from .limits import room_under_limits

LastDay = Callable[[UUID, Slice], date | None]


@dataclass(frozen=True)
class Way:
    """A session elsewhere with a seat free, or (`session_id` None) equivalent activities, and the parts it may credit.

    `on` is its local day; of activities the first day on which one can be done.
    """

    route: MakeUpRoute
    on: date
    parts: tuple[Part, ...]
    session_id: UUID | None = None


@dataclass(frozen=True)
class Fix:
    """A way, and the missing minutes that it would credit. Those of several fixes never overlap."""

    way: Way
    parts: tuple[Part, ...]

    @property
    def minutes(self) -> int:
        return sum(part.minutes for part in self.parts)


@dataclass(frozen=True)
class Terms:
    """What bounds making up: a version's hours and limits, minutes made up already by route, and last days."""

    hours: VersionHours
    limits: MakeUpLimits = field(default_factory=MakeUpLimits)
    used: Mapping[MakeUpRoute, int] = field(default_factory=dict)
    last_day: LastDay = lambda _module_id, _minutes: None


def choose_ways(
    known: Sequence[Part], missed: Mapping[UUID, Sequence[Slice]], ways: Iterable[Way], terms: Terms
) -> tuple[Fix, ...]:
    """The ways that credit as many of the missed minutes as limits, caps and last days let them, sessions by time.

    `known` is everything credited, awaited or possible without them. What only a session teaches comes first, so that
    a limit on sessions is not spent on what an activity could stand in for.
    """
    if not any(missed.values()):
        return ()
    choice = _Choice(list(known), {module_id: tuple(slices) for module_id, slices in missed.items()}, terms)
    taken: dict[Way, list[Part]] = defaultdict(list)
    offered = sorted(ways, key=lambda way: (way.session_id is None, way.on))
    for way, parts in _in_order(offered):
        taken[way] += [piece for part in parts for piece in choice.take(way, part)]
    return tuple(Fix(way, tuple(taken[way])) for way in offered if taken[way])


class _Choice:
    """What was taken so far, and what is left to take."""

    def __init__(self, known: list[Part], left: dict[UUID, tuple[Slice, ...]], terms: Terms) -> None:
        self._known, self._left, self._terms = known, left, terms
        self._spent = Counter(terms.used)
        self._credited = balance(known, terms.hours).credited_minutes

    def take(self, way: Way, part: Part) -> Iterator[Part]:
        """The pieces of the part that are missed and would be credited."""
        for minutes in intersect([part.slice], self._left.get(part.module_id, ())):
            last = self._terms.last_day(part.module_id, minutes)
            if last is None or way.on <= last:
                piece = Part(part.module_id, minutes.from_minute, minutes.to_minute, part.mode)
                yield from self._credit(way.route, piece)

    def _credit(self, route: MakeUpRoute, piece: Part) -> Iterator[Part]:
        room = room_under_limits(self._terms.limits, self._spent, route)
        most = piece.minutes if room is None else min(piece.minutes, room)
        if most:
            piece = replace(piece, to_minute=piece.from_minute + most)
            most = balance([*self._known, piece], self._terms.hours).credited_minutes - self._credited
        if most > 0:
            piece = replace(piece, to_minute=piece.from_minute + most)
            self._known.append(piece)
            self._credited += most
            self._spent[route] += most
            self._left[piece.module_id] = subtract(self._left[piece.module_id], [piece.slice])
            yield piece


def _in_order(ways: Sequence[Way]) -> Iterator[tuple[Way, Sequence[Part]]]:
    activities = [way for way in ways if way.session_id is None]
    sessions = [way for way in ways if way.session_id is not None]
    replaceable = {part.module_id for way in activities for part in way.parts}
    for way in sessions:
        yield way, [part for part in way.parts if part.module_id not in replaceable]
    for way in (*sessions, *activities):
        yield way, way.parts
