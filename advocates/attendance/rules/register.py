"""The register: what its fields say of a person, and what to do when two trainers wrote (Hours 3, 10 and 11)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from advocates.curriculum.delivery import DeliveryMode
from advocates.hours.rules import Presence

from .clock import N_, ClockError, Moment, Window
from .marks import Outcome, intervals_from_text, intervals_to_text
from .minutes import read_moment
from .presence import Absence, exceptions_of, resolve_presence

# The clock on the wall of a room may be ahead of the server's.
CLOCKS_DIFFER = timedelta(minutes=10)


@dataclass(frozen=True)
class Content:
    """What a mark says: its outcome and its presence as canonical text."""

    outcome: Outcome
    intervals: str = "[]"

    @property
    def presences(self) -> tuple[Presence, ...]:
        return intervals_from_text(self.intervals)


@dataclass(frozen=True)
class Typed:
    """One person's fields as text; empty pairs of absences are left out. `outcome` None is unmarked."""

    outcome: Outcome | None = None
    arrived: str = ""
    left: str = ""
    absences: tuple[tuple[str, str], ...] = ()
    mode: DeliveryMode | None = None

    @property
    def has_times(self) -> bool:
        return bool(self.arrived or self.left or self.absences)


class Verdict(StrEnum):
    UNCHANGED = "unchanged"
    SAVE = "save"
    CONFLICT = "conflict"


def stay_until(content: Content, planned_end: datetime, end: datetime) -> Content | None:
    """The mark of somebody who was there to the planned end, and then to the later end of a class that ran over.

    None for everybody else.
    """
    stayed = [replace(each, end=end) if each.end == planned_end else each for each in content.presences]
    text = intervals_to_text(stayed)
    return Content(content.outcome, text) if text != content.intervals else None


def typed_of(content: Content | None, window: Window) -> Typed:
    """What the fields show of a stored mark."""
    if content is None:
        return Typed()
    presences = content.presences
    exceptions = exceptions_of(presences, window.start, window.end)
    clock = window.clock_at
    return Typed(
        outcome=content.outcome,
        arrived=clock(exceptions.arrived) if exceptions.arrived else "",
        left=clock(exceptions.left) if exceptions.left else "",
        absences=tuple((clock(out), clock(back)) for out, back in exceptions.absences),
        mode=presences[0].mode if presences else None,
    )


def is_untouched(typed: Typed, shown: Typed, default_mode: DeliveryMode) -> bool:
    """Whether the fields still say what they showed. Times and mode say nothing of somebody who is not present."""
    if typed.outcome is not shown.outcome or _times(typed) != _times(shown):
        return False
    return shown.outcome is not Outcome.PRESENT or (typed.mode or default_mode) is (shown.mode or default_mode)


def read_typed(
    typed: Typed,
    base: Content | None,
    window: Window,
    default_mode: DeliveryMode,
    brief_absence_minutes: int,
    now: datetime,
) -> Content | None:
    """The mark that the fields ask for; None leaves the person unmarked. `base` is what they were filled from.

    Untouched fields read as `base` itself, so that showing and sending a mark never alters it. Times alone
    mean present; minutes count from the start, to the end or from going out. A departure may be announced, an
    arrival or a return that is still to come is refused.
    ClockError, at the field `outcome`, `arrived`, `left`, `absences-N-out` or `absences-N-back`.
    """
    shown = typed_of(base, window)
    if base is not None and is_untouched(typed, shown, default_mode):
        return base
    outcome = typed.outcome or (Outcome.PRESENT if typed.has_times else None)
    if outcome is not Outcome.PRESENT:
        if typed.has_times and _times(typed) != _times(shown):
            message = N_("Times are typed for somebody who is not marked here. Mark them here, or clear the times.")
            raise ClockError("outcome", message)
        return Content(outcome) if outcome else base
    arrived, left = read_moment(typed.arrived, window, "arrived"), read_moment(typed.left, window, "left")
    left, absences = _come_back(left, [_absence(n, pair, window) for n, pair in enumerate(typed.absences)], window)
    presences = resolve_presence(
        window.start,
        window.end,
        window.time_zone,
        arrived,
        left,
        absences,
        brief_absence_minutes,
        typed.mode or default_mode,
    )
    _refuse_to_come(presences, arrived, absences, window, now)
    return Content(outcome, intervals_to_text(presences))


def reconcile(
    base_version: int, base: Content | None, current_version: int, current: Content | None, wanted: Content | None
) -> Verdict:
    """A change against the version it was made from: a newer one that says something else is a conflict."""
    if wanted is None or wanted in (base, current):
        return Verdict.UNCHANGED
    return Verdict.SAVE if base_version == current_version else Verdict.CONFLICT


def overlaps(presences: Iterable[Presence], others: Iterable[Presence]) -> bool:
    """Whether somebody would be in two places at one moment."""
    elsewhere = tuple(others)
    return any(one.start < other.end and other.start < one.end for one in presences for other in elsewhere)


def _come_back(
    left: Moment | None, absences: Sequence[tuple[Moment | None, Moment | None]], window: Window
) -> tuple[Moment | None, Sequence[Absence]]:
    """Somebody who had left and is here again: a later return without its own going out belongs to the departure."""
    returns = [n for n, (out, back) in enumerate(absences) if back and not out]
    went = window.readings(left, "left")[0] if left and len(returns) == 1 else None
    found: list[Absence] = []
    for n, (out, back) in enumerate(absences):
        if out is None and back and went and window.readings(back, f"absences-{n}-back")[-1] > went:
            out, left = left, None
        if out is None:
            raise ClockError(f"absences-{n}-out", N_("Type when the person went out, or clear the return."))
        found.append((out, back))
    return left, found


def _refuse_to_come(
    presences: Iterable[Presence], arrived: Moment | None, absences: Iterable[Absence], window: Window, now: datetime
) -> None:
    latest = max(now + CLOCKS_DIFFER, window.start)
    starts = [presence.start for presence in presences if presence.start > latest]
    zone = ZoneInfo(window.time_zone)
    to_come: dict[Moment | None, str] = {}
    for start in starts:
        to_come[start] = to_come[start.astimezone(zone).time()] = window.clock_at(start)
    fields = {"arrived": arrived} | {f"absences-{n}-back": back for n, (_, back) in enumerate(absences)}
    for field, clock in fields.items():
        if clock in to_come:
            message = N_("%(time)s is still to come. Record it once the person is here.")
            raise ClockError(field, message, time=to_come[clock])


def _times(typed: Typed) -> tuple[object, ...]:
    return (typed.arrived, typed.left, typed.absences)


def _absence(n: int, pair: tuple[str, str], window: Window) -> tuple[Moment | None, Moment | None]:
    out = read_moment(pair[0], window, f"absences-{n}-out")
    return out, read_moment(pair[1], window, f"absences-{n}-back", out)
