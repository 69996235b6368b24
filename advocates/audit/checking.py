"""Verify the whole chain, and every append-only row against the event that wrote it."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from advocates.audit import rules
from advocates.audit.models import AppendOnly, AuditEvent, AuditHead, AuditValue
from advocates.audit.recording import row_values
from advocates.database import Model, db


@dataclass(frozen=True)
class Finding:
    """The first thing wrong: the table, the event number or row id, and what is the matter."""

    table: str
    place: str
    what: str


def check_chain() -> tuple[int, Finding | None]:
    """The number of events and the first bad row, or None when all is well. Run inside `database.reading()`."""
    head = db.session.scalars(select(AuditHead)).one_or_none()
    if head is None:
        return 0, Finding("audit_head", "1", "the head of the chain is missing")
    count, finding, written = _walk_events(head)
    return count, finding or _check_values() or _check_rows(written)


def _walk_events(head: AuditHead) -> tuple[int, Finding | None, dict[str, int]]:
    previous, count = rules.GENESIS, 0
    written: dict[str, int] = {}
    events = select(AuditEvent.seq, AuditEvent.payload, AuditEvent.hash, AuditEvent.action).order_by(AuditEvent.seq)
    for seq, payload, stored, action in db.session.execute(events):
        count += 1
        place = str(seq)
        if seq != count:
            return count, Finding("audit_event", str(count), "this event is missing"), written
        if rules.chain_hash(previous, payload) != stored:
            return (
                count,
                Finding("audit_event", place, "its hash does not follow from the event before"),
                written,
            )
        content = json.loads(payload)
        if content["seq"] != seq or content["action"] != action:
            return count, Finding("audit_event", place, "its columns differ from its payload"), written
        written.update(dict.fromkeys(content["rows"], seq))
        previous = stored
    if (head.seq, head.hash) != (count, previous):
        return (
            count,
            Finding("audit_event", str(head.seq), "the chain ends before or after its head"),
            written,
        )
    return count, None, written


def _check_values() -> Finding | None:
    values = select(AuditValue, AuditEvent.payload).join(AuditEvent, AuditEvent.seq == AuditValue.seq)
    for value, payload in db.session.execute(values):
        if value.before is None and value.after is None:
            continue  # erased
        digest = rules.value_digest(value.salt, value.before, value.after)
        if json.loads(payload)["values"].get(value.field) != digest:
            return Finding("audit_value", str(value.id), "it differs from what its event recorded")
    return None


def _check_rows(written: dict[str, int]) -> Finding | None:
    kinds: list[Any] = [m.class_ for m in Model.registry.mappers if issubclass(m.class_, AppendOnly)]
    for kind in kinds:
        table = kind.__tablename__
        for row in db.session.scalars(select(kind)):
            digest = rules.row_sha256(table, row_values(row))
            if digest != row.row_sha256 or written.pop(digest, None) != row.audit_seq:
                return Finding(table, str(row.id), "it differs from what its event recorded")
    if written:
        seq = min(written.values())
        return Finding("audit_event", str(seq), "a row that this event wrote is missing")
    return None
