"""Minutes typed where a clock time could be: 25 late, 20 early, back after 10 (Hours 3)."""

import re
import unicodedata
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from .clock import N_, ClockError, Window, parse_clock

if TYPE_CHECKING:
    from .register import Typed

# A sign or a unit tells minutes from a clock time: +25, -20, 25 min, 25m.
MINUTES = re.compile(r"(?:[+\-−](\d{1,3})|(\d{1,3})\s*(?=m))\s*(?:m|min|mins|minutes?)?\.?", re.IGNORECASE)


def minutes_typed(text: str) -> timedelta | None:
    """What was typed as minutes, in any script's digits; None for everything else."""
    match = MINUTES.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return timedelta(minutes=int(match[1] or match[2])) if match else None


def in_clock_times(typed: "Typed", window: Window) -> "Typed":
    """The same with clock times for minutes: after the start, before the end, and after having gone out.

    ClockError for minutes at an `absences-N-out`: there is nothing to count them from.
    """
    late, early = minutes_typed(typed.arrived), minutes_typed(typed.left)
    return replace(
        typed,
        arrived=typed.arrived if late is None else window.clock_at(window.start + late),
        left=typed.left if early is None else window.clock_at(window.end - early),
        absences=tuple(_absence(n, out, back, window) for n, (out, back) in enumerate(typed.absences)),
    )


def _absence(n: int, out: str, back: str, window: Window) -> tuple[str, str]:
    field = f"absences-{n}-out"
    if minutes_typed(out) is not None:
        raise ClockError(field, N_("Type the time when the person went out. Minutes will do for “Back”."))
    away = minutes_typed(back)
    if away is None or not out:
        return out, back
    went = parse_clock(out, window.start, window.end, window.time_zone, field)
    return out, window.clock_at(window.readings(went, field)[0] + away)
