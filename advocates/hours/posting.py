"""Make an enrollment's ledger agree with its facts: post what differs, never touch what stands."""

import uuid
from collections.abc import Iterator, Sequence

from advocates import clock
from advocates.database import new_id
from advocates.hours.models import TRANSFERRED, CreditEntry
from advocates.hours.rules import (
    RULE_VERSION,
    Earned,
    LiveEntry,
    SourceKind,
    VersionHours,
    difference,
    target_slices,
)


def post_difference(
    actor_id: uuid.UUID,
    enrollment_id: uuid.UUID,
    facts: Sequence[Earned],
    live: Sequence[LiveEntry],
    version: VersionHours,
    reason_code: str,
) -> list[CreditEntry]:
    """Reversals, then additions, for `audit.recording.record(rows=...)`; empty when the ledger is right."""
    posting = difference(live, target_slices(facts, version, live))
    return [
        *_entries(actor_id, enrollment_id, posting.reversals, reason_code, -1),
        *_entries(actor_id, enrollment_id, posting.additions, reason_code, 1),
    ]


def _entries(
    actor_id: uuid.UUID, enrollment_id: uuid.UUID, parts: Sequence[Earned], reason_code: str, sign: int
) -> Iterator[CreditEntry]:
    for part in parts:
        source = part.source
        evidence = {f"{kind}_id": source.source_id if source.kind is kind else None for kind in SourceKind}
        yield CreditEntry(
            id=new_id(),
            enrollment_id=enrollment_id,
            module_id=part.module_id,
            from_minute=part.from_minute,
            to_minute=part.to_minute,
            minutes=sign * part.minutes,
            delivery_mode=part.mode,
            kind=TRANSFERRED if source.transfer_id else source.kind.value,
            segment_id=source.segment_id,
            transfer_id=source.transfer_id,
            reverses_id=part.entry_id if isinstance(part, LiveEntry) else None,
            rule_version=RULE_VERSION,
            reason_code=reason_code,
            posted_by=actor_id,
            posted_at=clock.now(),
            **evidence,
        )
