"""Marks as the register's script sends them: JSON, read as strictly as a form."""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from advocates.attendance.forms import LONGEST_TIME
from advocates.attendance.marking import Entry
from advocates.attendance.rules import Outcome, Typed
from advocates.curriculum.delivery import DeliveryMode

MOST_MARKS = 100
MOST_ABSENCES = 20
YEARS = range(2000, 2200)


class UnreadableMarks(ValueError):
    """Not what the register's script sends."""


def entries_of(sent: Any) -> tuple[uuid.UUID, Sequence[Entry]]:
    """Who recorded the marks, and an entry for each; nobody is there twice. UnreadableMarks."""
    try:
        entries = [_entry(mark) for mark in sent["marks"]]
        different = [{entry.enrollment_id for entry in entries}, {entry.client_key for entry in entries}]
        if len(entries) > MOST_MARKS or any(len(ids) < len(entries) for ids in different):
            raise UnreadableMarks
        return uuid.UUID(sent["by"]), entries
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise UnreadableMarks from error


def _entry(mark: Any) -> Entry:
    absences = mark["absences"]
    base_version = mark["base_version"]
    if type(base_version) is not int or not 0 <= base_version < 10**6 or len(absences) > MOST_ABSENCES:
        raise UnreadableMarks
    pairs = tuple((_text(out), _text(back)) for out, back in absences)
    return Entry(
        enrollment_id=uuid.UUID(mark["enrollment_id"]),
        base_version=base_version,
        client_key=uuid.UUID(mark["client_key"]),
        typed=Typed(
            outcome=Outcome(mark["outcome"]) if mark["outcome"] else None,
            arrived=_text(mark["arrived"]),
            left=_text(mark["left"]),
            absences=tuple(pair for pair in pairs if any(pair)),
            mode=DeliveryMode(mark["mode"]) if mark.get("mode") else None,
        ),
        fills_unmarked=mark.get("fills_unmarked") is True,
        device_at=_instant(mark.get("device_at")),
        is_offline=mark.get("way") == "offline",
    )


def _text(value: Any) -> str:
    return str.strip(value)[:LONGEST_TIME]


def _instant(value: Any) -> datetime | None:
    """What the phone's clock said, to the second. A clock that is out of all reason says nothing."""
    if not value:
        return None
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise UnreadableMarks
    return at.astimezone(UTC).replace(microsecond=0) if at.year in YEARS else None
