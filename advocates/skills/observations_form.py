"""Observations as the page's script sends them: JSON, read as strictly as a form."""

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from advocates.skills.observing import Entry
from advocates.skills.rules import Observed, Outcome
from advocates.skills.rules.rubrics import MOST_CRITERIA

MOST_ENTRIES = 100
YEARS = range(2000, 2200)


class UnreadableObservations(ValueError):
    """Not what the page's script sends."""


def entries_of(sent: Any) -> tuple[uuid.UUID, Sequence[Entry]]:
    """Who saw it, and an entry for each person; nobody is there twice. UnreadableObservations."""
    try:
        entries = [_entry(each) for each in sent["marks"]]
        different = [{entry.enrollment_id for entry in entries}, {entry.client_key for entry in entries}]
        if len(entries) > MOST_ENTRIES or any(len(ids) < len(entries) for ids in different):
            raise UnreadableObservations
        return uuid.UUID(sent["by"]), entries
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise UnreadableObservations from error


def _entry(sent: Any) -> Entry:
    base_version, met = sent["base_version"], sent["met"]
    if type(base_version) is not int or not 0 <= base_version < 10**6:
        raise UnreadableObservations
    if len(met) > MOST_CRITERIA or any(type(place) is not int for place in met):
        raise UnreadableObservations
    next_try_on = sent.get("next_try_on")
    return Entry(
        enrollment_id=uuid.UUID(sent["enrollment_id"]),
        base_version=base_version,
        client_key=uuid.UUID(sent["client_key"]),
        rubric_id=uuid.UUID(sent["rubric_id"]),
        said=Observed(
            Outcome(sent["outcome"]),
            frozenset(met),
            date.fromisoformat(sent["observed_on"]),
            date.fromisoformat(next_try_on) if next_try_on else None,
        ),
        device_at=_instant(sent.get("device_at")),
    )


def _instant(value: Any) -> datetime | None:
    """What the phone's clock said, to the second. A clock that is out of all reason says nothing."""
    if not value:
        return None
    at = datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise UnreadableObservations
    return at.astimezone(UTC).replace(microsecond=0) if at.year in YEARS else None
