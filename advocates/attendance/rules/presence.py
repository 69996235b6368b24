"""From typed exceptions to presence intervals, and back to what a screen says of them (Hours 3, 4, 13)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product

from advocates.curriculum.delivery import DeliveryMode
from advocates.hours.rules import Presence, Slice, instant_of, minute_of, subtract, total_minutes, union

from .clock import N_, ClockError, Moment, Window

Absence = tuple[Moment, Moment | None]


@dataclass(frozen=True)
class Exceptions:
    """How a presence differs from the whole session, as UTC instants: late, early, out and back."""

    arrived: datetime | None = None
    left: datetime | None = None
    absences: tuple[tuple[datetime, datetime], ...] = ()


def resolve_presence(
    planned_start: datetime,
    planned_end: datetime,
    time_zone: str,
    arrived: Moment | None,
    left: Moment | None,
    absences: Sequence[Absence],
    brief_absence_minutes: int,
    mode: DeliveryMode,
) -> tuple[Presence, ...]:
    """The intervals somebody was there, from times on the session's own clock; nothing typed is all of it.

    An absence is any stretch of the session without the person, at its start and end too: one of at most
    `brief_absence_minutes` is not recorded, a longer one counts from its first minute. `(out, None)` is never
    coming back. Arrivals and returns round down to whole minutes, departures up. A time the clocks showed
    twice is read, in the order arrived, out, back, left, as whichever leaves the person longest present.

    ClockError, at the field `arrived`, `left`, `absences-N-out` or `absences-N-back`, for a time outside the
    session or skipped by the clocks, times out of order, absences that overlap, or no presence at all.
    """
    window = Window(planned_start, planned_end, time_zone)
    typed = {"arrived": arrived, "left": left}
    for number, (out, back) in enumerate(absences):
        typed |= {f"absences-{number}-out": out, f"absences-{number}-back": back}
    readings = {field: window.readings(clock, field) for field, clock in typed.items() if clock is not None}
    possible, refusals = [], []
    for moments in product(*readings.values()):
        try:
            possible.append(_present(dict(zip(readings, moments, strict=True)), window, brief_absence_minutes))
        except ClockError as error:
            refusals.append(error)
    if not possible:
        raise refusals[0]
    present = max(possible, key=total_minutes)
    return tuple(Presence(instant_of(each.from_minute), instant_of(each.to_minute), mode) for each in present)


def exceptions_of(presences: Iterable[Presence], planned_start: datetime, planned_end: datetime) -> Exceptions:
    """What to say beside a name: nothing for somebody there throughout, or not at all."""
    present = [Slice(minute_of(each.start), minute_of(each.end)) for each in presences]
    start, end = minute_of(planned_start), minute_of(planned_end)
    gaps = subtract([Slice(start, end)], present)
    if gaps == (Slice(start, end),):
        return Exceptions()
    return Exceptions(
        arrived=next((instant_of(gap.to_minute) for gap in gaps if gap.from_minute == start), None),
        left=next((instant_of(gap.from_minute) for gap in gaps if gap.to_minute == end), None),
        absences=tuple(
            (instant_of(gap.from_minute), instant_of(gap.to_minute))
            for gap in gaps
            if gap.from_minute != start and gap.to_minute != end
        ),
    )


def _present(at: Mapping[str, datetime], window: Window, brief_absence_minutes: int) -> tuple[Slice, ...]:
    whole = Slice(minute_of(window.start), minute_of(window.end))
    gaps = union(Slice(_up(out), _down(back)) for out, back in _gaps(at, window))
    present = subtract([whole], (gap for gap in gaps if gap.minutes > brief_absence_minutes))
    if not present:
        message = N_("These times leave no minute in the session. Mark the person not present.")
        raise ClockError(next(iter(at)), message)
    return present


def _gaps(at: Mapping[str, datetime], window: Window) -> Iterator[tuple[datetime, datetime]]:
    """Every stretch without the person; ClockError where the times contradict each other."""
    arrived, left = at.get("arrived", window.start), at.get("left", window.end)
    if left <= arrived:
        message = N_("The departure must be later than the arrival. Correct one of the two.")
        raise ClockError("left" if "left" in at else "arrived", message)
    yield window.start, arrived
    yield left, window.end
    last_back = arrived
    for out, out_field in sorted((out, field) for field, out in at.items() if field.endswith("-out")):
        back_field = out_field.removesuffix("out") + "back"
        back = at.get(back_field, window.end)
        if out < arrived:
            raise ClockError(out_field, N_("This is before the arrival. Correct one of the two."))
        if out < last_back:
            raise ClockError(out_field, N_("This absence overlaps another. Correct one of the two."))
        if back_field not in at and "left" in at:
            raise ClockError(back_field, N_("Type when the person came back, or clear the departure."))
        if back <= out:
            raise ClockError(back_field, N_("The return must be later than going out. Correct one of the two."))
        if back > left:
            raise ClockError(back_field, N_("This is after the departure. Correct one of the two."))
        yield out, back
        last_back = back


def _down(instant: datetime) -> int:
    return minute_of(instant.replace(second=0, microsecond=0))


def _up(instant: datetime) -> int:
    return _down(instant + timedelta(minutes=1, microseconds=-1))
