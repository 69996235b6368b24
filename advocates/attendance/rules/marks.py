"""What a mark says about one person at one session, and how its intervals are stored (Hours 3, 9 and 11)."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum

from advocates.curriculum.delivery import DeliveryMode
from advocates.hours.rules import Presence, minute_of

from .clock import N_


class Outcome(StrEnum):
    """No outcome says why: not taking part is "not present"."""

    PRESENT = "present"
    ABSENT = "absent"
    NOT_ESTABLISHED = "not_established"

    @property
    def label(self) -> str:
        """English, for the view to translate."""
        return _LABELS[self]


_LABELS = {
    Outcome.PRESENT: N_("present"),
    Outcome.ABSENT: N_("not present"),
    Outcome.NOT_ESTABLISHED: N_("could not be established"),
}


def intervals_to_text(presences: Iterable[Presence]) -> str:
    """Canonical JSON, equal for equal presences: `[{"end":"2026-11-02T02:30Z","mode":...,"start":...}]`."""
    rows = sorted((_to_text(each.start), _to_text(each.end), each.mode.value) for each in presences)
    return json.dumps([{"end": end, "mode": mode, "start": start} for start, end, mode in rows], separators=(",", ":"))


def intervals_from_text(text: str) -> tuple[Presence, ...]:
    """The presences that `intervals_to_text` wrote; ValueError for anything else."""
    try:
        presences = tuple(
            Presence(_from_text(row["start"]), _from_text(row["end"]), DeliveryMode(row["mode"]))
            for row in json.loads(text)
        )
    except (TypeError, KeyError) as error:
        raise ValueError(f"not intervals: {text}") from error
    if intervals_to_text(presences) != text or any(each.start >= each.end for each in presences):
        raise ValueError(f"not intervals in canonical form: {text}")
    return presences


def _to_text(instant: datetime) -> str:
    minute_of(instant)
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def _from_text(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
