"""How much of missed time may be made up, and by when: the make-up limits of a version (Hours 8)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from advocates.curriculum.rules import MakeUpLimits, MakeUpRoute
from advocates.hours.rules import Slice, intersect


@dataclass(frozen=True)
class Taught:
    """A slice of a module that a session behind the person taught on a local day."""

    module_id: UUID
    minutes: Slice
    on: date


def room_under_limits(limits: MakeUpLimits, used: Mapping[MakeUpRoute, int], route: MakeUpRoute) -> int | None:
    """Minutes that may still be made up by the route; None without a limit.

    `used` are the minutes of make-ups that wait or stand.
    """
    rooms = []
    if limits.most_minutes is not None:
        rooms.append(limits.most_minutes - sum(used.values()))
    if (by_route := limits.most_minutes_by_route.get(route)) is not None:
        rooms.append(by_route - used.get(route, 0))
    return max(0, min(rooms)) if rooms else None


def missed_on(module_id: UUID, minutes: Slice, taught: Iterable[Taught], enrolled_on: date) -> date | None:
    """The last day on which a part of the slice was taught, or they enrolled if that was later; None if on none."""
    days = [each.on for each in taught if each.module_id == module_id and intersect([each.minutes], [minutes])]
    return max(*days, enrolled_on) if days else None


def make_up_deadline(limits: MakeUpLimits, missed: date | None) -> date | None:
    """The last day to make up what was missed then; None without a limit or where nothing was missed yet."""
    if limits.within_days is None or missed is None:
        return None
    return missed + timedelta(days=limits.within_days)
