"""Verify the whole chain, and every append-only row against the event that wrote it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, cast, select

from advocates.audit import rules
from advocates.audit.models import AppendOnly, AuditEvent, AuditHead, AuditValue
from advocates.audit.recording import row_values
from advocates.database import Model, db

# What a column's type raises for a value that the product never writes: no such enum, id or instant.
UNREADABLE = (LookupError, ValueError, TypeError, AttributeError)
NOT_AS_WRITTEN = "it differs from what its event recorded"


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
    columns = (AuditEvent.seq, AuditEvent.occurred_at, AuditEvent.actor_id, AuditEvent.action)
    events = select(*columns, AuditEvent.payload, AuditEvent.hash)
    for place, event in _read(events, AuditEvent.seq):
        count += 1
        if place != str(count):
            return count, Finding("audit_event", str(count), "this event is missing"), written
        if problem := _wrong_with(event, previous):
            return count, Finding("audit_event", place, problem), written
        written.update(dict.fromkeys(map(str, json.loads(event.payload)["rows"]), event.seq))
        previous = event.hash
    if (head.seq, head.hash) != (count, previous):
        return (
            count,
            Finding("audit_event", str(head.seq), "the chain ends before or after its head"),
            written,
        )
    return count, None, written


def _wrong_with(event: Any, previous: str) -> str | None:
    """Why this event is not the one that was written after the event with the previous hash."""
    if event is None:
        return NOT_AS_WRITTEN
    if rules.chain_hash(previous, event.payload) != event.hash:
        return "its hash does not follow from the event before"
    columns = {"seq": event.seq, "at": event.occurred_at, "actor": event.actor_id, "action": event.action}
    try:
        said = json.loads(event.payload)
        is_same = json.loads(rules.canonical(columns)) == {name: said[name] for name in columns}
        is_whole = isinstance(said["rows"], list) and isinstance(said["values"], dict)
    except UNREADABLE:
        return NOT_AS_WRITTEN
    return None if is_same and is_whole else "its columns differ from its payload"


def _check_values() -> Finding | None:
    values = select(AuditValue, AuditEvent.payload).join(AuditEvent, AuditEvent.seq == AuditValue.seq)
    for value, payload in db.session.execute(values):
        if value.before is None and value.after is None:
            continue  # erased
        digest = rules.value_digest(value.salt, value.before, value.after)
        if json.loads(payload)["values"].get(value.field) != digest:
            return Finding("audit_value", str(value.id), NOT_AS_WRITTEN)
    return None


def _check_rows(written: dict[str, int]) -> Finding | None:
    kinds: list[Any] = [m.class_ for m in Model.registry.mappers if issubclass(m.class_, AppendOnly)]
    for kind in kinds:
        table = kind.__tablename__
        for place, found in _read(select(kind), kind.id):
            row = found[0] if found else None
            digest = rules.row_sha256(table, row_values(row)) if row else ""
            if row is None or digest != row.row_sha256 or written.pop(digest, None) != row.audit_seq:
                return Finding(table, str(row.id) if row else place, NOT_AS_WRITTEN)
    if written:
        seq = min(written.values())
        return Finding("audit_event", str(seq), "a row that this event wrote is missing")
    return None


def _read(rows: Select[*tuple[Any, ...]], key: Any) -> Iterator[tuple[str, Any]]:
    """The rows in order of their key, which comes as text before each; None for one that cannot be read."""
    as_text = cast(key, String).label("place")
    try:
        found = db.session.execute(rows.add_columns(as_text).order_by(key)).all()
    except UNREADABLE:  # then one by one, to find which
        for place in db.session.scalars(select(as_text).order_by(key)):
            yield place, _readable(rows.where(cast(key, String) == place))
        return
    for row in found:
        yield row.place, row


def _readable(row: Select[*tuple[Any, ...]]) -> Any:
    try:
        return db.session.execute(row).one()
    except UNREADABLE:
        return None
