"""The register: what its fields say of a person, and what to do when two trainers wrote (Hours 3, 10 and 11)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from advocates.curriculum.delivery import DeliveryMode
from advocates.hours.rules import Presence

from .clock import N_, ClockError, Window, clock_text, parse_clock
from .marks import Outcome, intervals_from_text, intervals_to_text
from .minutes import in_clock_times
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
    typed = _come_back(in_clock_times(typed, window), window)
    arrived, left = _clock(typed.arrived, "arrived", window), _clock(typed.left, "left", window)
    absences = [_absence(n, pair, window) for n, pair in enumerate(typed.absences)]
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


def _come_back(typed: Typed, window: Window) -> Typed:
    """Somebody who had left and is here again: a later return without its own going out belongs to the departure."""
    returns = [(n, back) for n, (out, back) in enumerate(typed.absences) if back and not out]
    if not typed.left or len(returns) != 1:
        return typed
    n, back = returns[0]
    went = window.readings(parse_clock(typed.left, window.start, window.end, window.time_zone, "left"), "left")
    field = f"absences-{n}-back"
    came = window.readings(parse_clock(back, window.start, window.end, window.time_zone, field), field)
    if came[-1] <= went[0]:
        return typed
    absences = (*typed.absences[:n], (typed.left, back), *typed.absences[n + 1 :])
    return replace(typed, left="", absences=absences)


def _refuse_to_come(
    presences: Iterable[Presence], arrived: time | None, absences: Iterable[Absence], window: Window, now: datetime
) -> None:
    latest = max(now + CLOCKS_DIFFER, window.start)
    starts = [presence.start for presence in presences if presence.start > latest]
    to_come = {start.astimezone(ZoneInfo(window.time_zone)).time() for start in starts}
    fields = {"arrived": arrived} | {f"absences-{n}-back": back for n, (_, back) in enumerate(absences)}
    for field, clock in fields.items():
        if clock in to_come:
            message = N_("%(time)s is still to come. Record it once the person is here.")
            raise ClockError(field, message, time=clock_text(clock))


def _times(typed: Typed) -> tuple[object, ...]:
    return (typed.arrived, typed.left, typed.absences)


def _clock(text: str, field: str, window: Window) -> time | None:
    return parse_clock(text, window.start, window.end, window.time_zone, field) if text else None


def _absence(n: int, pair: tuple[str, str], window: Window) -> tuple[time, time | None]:
    out = _clock(pair[0], f"absences-{n}-out", window)
    if out is None:
        raise ClockError(f"absences-{n}-out", N_("Type when the person went out, or clear the return."))
    return out, _clock(pair[1], f"absences-{n}-back", window)
