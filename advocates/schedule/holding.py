"""What a session is held in spite of, when somebody says so: a closed day, a room or a person that another one has."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from advocates.cohorts.models import Cohort
from advocates.database import db
from advocates.schedule.models import TrainingSession
from advocates.schedule.queries import closed_between
from advocates.schedule.rules import room_key


@dataclass(frozen=True)
class Taken:
    """Another session that uses the room then, or that somebody teaches who teaches this one: their `name`."""

    session_id: uuid.UUID
    cohort: str
    start: datetime
    end: datetime
    time_zone: str
    name: str | None = None


@dataclass(frozen=True)
class Use:
    """A room from one UTC instant to another; `room` may be none."""

    start: datetime
    end: datetime
    place: str
    room: str | None


class OnlyKnowingly(Exception):
    """The local day is `closed` for what `names` say, where there are any, and `taken` is needed elsewhere then."""

    def __init__(self, day: date, names: tuple[str, ...], taken: Sequence[Taken]) -> None:
        super().__init__(f"{day}: {len(names)} closings, {len(taken)} taken")
        self.day, self.names, self.taken = day, names, taken


Asking = Callable[[uuid.UUID, datetime, datetime], Sequence[Taken]]
_askings: list[Asking] = []


def tells_who_is_taken(asking: Asking) -> Asking:
    """Register what tells who of a session's staff teaches another between two instants: staffing stands above."""
    _askings.append(asking)
    return asking


def hold(
    use: Use, time_zone: str, *, is_held_anyway: bool, session_id: uuid.UUID | None = None, is_new_day: bool = True
) -> dict[str, Any]:
    """What the audit trail says of a session that is held there and then, for what it is held in spite of.

    `session_id` is the session itself, where it stands already. Raises OnlyKnowingly unless it is held anyway: with
    everything at once, so that whoever says so has seen all of it.
    """
    day = use.start.astimezone(ZoneInfo(time_zone)).date()
    names = closed_between(day, day).get(day, ()) if is_new_day else ()
    taken = taken_rooms([use], besides=session_id)
    if session_id is not None:
        taken += [each for asking in _askings for each in asking(session_id, use.start, use.end)]
    if (names or taken) and not is_held_anyway:
        raise OnlyKnowingly(day, names, taken)
    return held_on([day] if names else []) | booked_twice(taken)


def taken_rooms(uses: Iterable[Use], besides: uuid.UUID | None = None) -> list[Taken]:
    """The other sessions, in any cohort, in these rooms at these times. One statement, none where no room is named."""
    wanted = [(key, use) for use in uses if (key := room_key(use.place, use.room))]
    if not wanted:
        return []
    table = TrainingSession
    meanwhile = db.session.execute(
        select(table.id, Cohort.title, table.planned_start, table.planned_end, table.time_zone, table.place, table.room)
        .join(Cohort, Cohort.id == table.cohort_id)
        .where(
            table.planned_start < max(use.end for _, use in wanted),
            table.planned_end > min(use.start for _, use in wanted),
            table.cancelled_at.is_(None),
            table.room.is_not(None),
        )
        .order_by(table.planned_start, table.id)
    )
    return [
        Taken(*row[:5])
        for row in meanwhile
        if row.id != besides
        and any(
            key == room_key(row.place, row.room) and use.start < row.planned_end and row.planned_start < use.end
            for key, use in wanted
        )
    ]


def held_on(days: Iterable[date]) -> dict[str, Any]:
    """What the audit trail says of sessions that are held on closed days."""
    held = sorted(day.isoformat() for day in days)
    return {"held_on_closed_days": held} if held else {}


def booked_twice(taken: Iterable[Taken]) -> dict[str, Any]:
    """What the audit trail says of rooms and people that other sessions need too."""
    others = [each.session_id for each in taken]
    return {"booked_twice_with": others} if others else {}
