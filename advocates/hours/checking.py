"""Whether the ledger says what the facts say: every balance recomputed (Hours 5)."""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import select

from advocates.database import db
from advocates.hours.models import CreditEntry
from advocates.hours.queries import live_entry
from advocates.hours.rules import Earned, LiveEntry, VersionHours, balance, difference, target_slices

MIRRORED = ("enrollment_id", "module_id", "from_minute", "to_minute", "delivery_mode", "kind", "segment_id")


@dataclass(frozen=True)
class Difference:
    """Where an enrollment's ledger and facts part; `what` is English, for an operator."""

    enrollment_id: uuid.UUID
    what: str


@dataclass(frozen=True)
class Checked:
    entries: int
    enrollments: int
    differences: Sequence[Difference]


def check_ledgers(facts: Mapping[uuid.UUID, Sequence[Earned]], versions: Mapping[uuid.UUID, VersionHours]) -> Checked:
    """Compare each enrollment's entries with its facts. One statement, however many enrollments."""
    entries: dict[uuid.UUID, list[CreditEntry]] = {enrollment_id: [] for enrollment_id in facts}
    for entry in db.session.scalars(select(CreditEntry).where(CreditEntry.enrollment_id.in_(facts))):
        entries[entry.enrollment_id].append(entry)
    differences = [
        Difference(enrollment_id, what)
        for enrollment_id, rows in entries.items()
        for what in _wrong(rows, facts[enrollment_id], versions[enrollment_id])
    ]
    return Checked(sum(map(len, entries.values())), len(facts), differences)


def _wrong(rows: Sequence[CreditEntry], facts: Sequence[Earned], version: VersionHours) -> Iterator[str]:
    reversed_ids = {row.reverses_id for row in rows}
    live = [live_entry(row) for row in rows if row.minutes > 0 and row.id not in reversed_ids]
    yield from _reversals(rows)
    yield from _overlaps(live)
    target = target_slices(facts, version, live)
    posting = difference(live, target)
    for entry in posting.reversals:
        yield f"entry {entry.entry_id} of {entry.minutes} min has no fact behind it"
    for part in posting.additions:
        where = f"minutes {part.from_minute} to {part.to_minute} of module {part.module_id}"
        yield f"{where} were earned by {part.source.kind} {part.source.source_id} and are not credited"
    posted, recomputed = balance(live, version).credited_minutes, balance(facts, version).credited_minutes
    if posted != recomputed:
        yield f"the ledger credits {posted} min, the facts {recomputed} min"


def _reversals(rows: Sequence[CreditEntry]) -> Iterator[str]:
    originals = {row.id: row for row in rows}
    for row in rows:
        if row.reverses_id is None:
            continue
        original = originals.get(row.reverses_id)
        if original is None or any(getattr(row, name) != getattr(original, name) for name in MIRRORED):
            yield f"entry {row.id} does not mirror the entry that it reverses"


def _overlaps(live: Sequence[LiveEntry]) -> Iterator[str]:
    by_module: dict[uuid.UUID, list[LiveEntry]] = defaultdict(list)
    for entry in live:
        by_module[entry.module_id].append(entry)
    for entries in by_module.values():
        entries.sort(key=lambda entry: entry.from_minute)
        for earlier, later in pairwise(entries):
            if later.from_minute < earlier.to_minute:
                yield f"entries {earlier.entry_id} and {later.entry_id} credit the same minutes"
