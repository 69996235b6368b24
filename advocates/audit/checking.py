"""Verify the whole chain, and every append-only row against the event that wrote it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, String, cast, inspect, select, type_coerce
from sqlalchemy.types import NullType

from advocates.audit import rules
from advocates.audit.models import AppendOnly, AuditEvent, AuditHead, AuditValue
from advocates.database import Model, db

Row = Mapping[str, Any]

# What a column's type raises for a value that the product never writes: no such enum, id or instant.
UNREADABLE = (LookupError, ValueError, TypeError, AttributeError)
NOT_AS_WRITTEN = "it differs from what its event recorded"


@dataclass(frozen=True)
class Finding:
    """The first thing wrong: the table, the event number or row id, and what is the matter."""

    table: str
    place: str
    what: str


@dataclass(frozen=True)
class _Written:
    """What the events recorded: the digests of rows with the event's number, and of values by number and field."""

    rows: dict[str, int] = field(default_factory=dict)
    values: dict[tuple[int, str], str] = field(default_factory=dict)


def check_chain() -> tuple[int, Finding | None]:
    """The number of events and the first bad row, or None when all is well. Run inside `database.reading()`."""
    head = db.session.execute(select(AuditHead.seq, AuditHead.hash)).one_or_none()
    if head is None:
        return 0, Finding("audit_head", "1", "the head of the chain is missing")
    written = _Written()
    count, finding = _walk_events((head.seq, head.hash), written)
    return count, finding or _check_values(written.values) or _check_rows(written.rows)


def _walk_events(head: tuple[int, str], written: _Written) -> tuple[int, Finding | None]:
    previous, count = rules.GENESIS, 0
    for place, event in _read(AuditEvent, AuditEvent.seq):
        count += 1
        if place.startswith("-") or place == "0":
            return count, Finding("audit_event", place, "no event ever had this number")
        if place != str(count):
            return count, Finding("audit_event", str(count), "this event is missing")
        if event is None:
            return count, Finding("audit_event", place, NOT_AS_WRITTEN)
        if problem := _wrong_with(event, previous):
            return count, Finding("audit_event", place, problem)
        said = json.loads(event["payload"])
        written.rows.update(dict.fromkeys(map(str, said["rows"]), count))
        written.values.update({(count, name): digest for name, digest in said["values"].items()})
        previous = event["hash"]
    if head != (count, previous):
        return count, Finding("audit_event", str(head[0]), "the chain ends before or after its head")
    return count, None


def _wrong_with(event: Row, previous: str) -> str | None:
    """Why this event is not the one that was written after the event with the previous hash."""
    columns = {"seq": event["seq"], "at": event["occurred_at"], "actor": event["actor_id"], "action": event["action"]}
    try:
        if rules.chain_hash(previous, event["payload"]) != event["hash"]:
            return "its hash does not follow from the event before"
        said = json.loads(event["payload"])
        is_same = json.loads(rules.canonical(columns)) == {name: said[name] for name in columns}
        is_whole = isinstance(said["rows"], list) and isinstance(said["values"], dict)
    except UNREADABLE:
        return NOT_AS_WRITTEN
    return None if is_same and is_whole else "its columns differ from its payload"


def _check_values(written: dict[tuple[int, str], str]) -> Finding | None:
    """Nothing erases a value yet: an emptied one will be lawful only where the event of its erasure names it."""
    for place, value in _read(AuditValue, AuditValue.id):
        digest = _digest(rules.value_digest, *(value[name] for name in ("salt", "before", "after"))) if value else ""
        if value is None or written.pop((value["seq"], value["field"]), None) != digest:
            return Finding("audit_value", str(value["id"]) if value else place, NOT_AS_WRITTEN)
    if written:
        return Finding("audit_event", str(min(seq for seq, _name in written)), "a value that it recorded is missing")
    return None


def _check_rows(written: dict[str, int]) -> Finding | None:
    kinds: list[Any] = [m.class_ for m in Model.registry.mappers if issubclass(m.class_, AppendOnly)]
    for kind in kinds:
        table = kind.__tablename__
        for place, row in _read(kind, kind.id):
            digest = _digest(rules.row_sha256, table, row) if row else ""
            if row is None or digest != row["row_sha256"] or written.pop(digest, None) != row["audit_seq"]:
                return Finding(table, str(row["id"]) if row else place, NOT_AS_WRITTEN)
    if written:
        seq = min(written.values())
        return Finding("audit_event", str(seq), "a row that this event wrote is missing")
    return None


def _digest(of: Callable[..., str], *values: object) -> str:
    """Empty where the values are of no kind that was ever written."""
    try:
        return of(*values)
    except UNREADABLE:
        return ""


def _read(kind: Any, key: Any) -> Iterator[tuple[str, Row | None]]:
    """The rows in order of their key, which comes as text before each; None for one that cannot be read."""
    columns = {attribute.key: attribute.columns[0] for attribute in inspect(kind).column_attrs}
    as_text = cast(key, String).label("place")
    try:
        found = db.session.execute(select(as_text, *columns.values()).order_by(key)).all()
    except UNREADABLE:  # then as the database has them, to find which
        plain = (type_coerce(column, NullType()) for column in columns.values())
        for place, *values in db.session.execute(select(as_text, *plain).order_by(key)):
            yield place, _readable(columns, values)
        return
    for place, *values in found:
        yield place, dict(zip(columns, values, strict=True))


def _readable(columns: Mapping[str, ColumnElement[Any]], values: Sequence[Any]) -> Row | None:
    dialect = db.engine.dialect
    row = {}
    for (name, column), value in zip(columns.items(), values, strict=True):
        read = column.type.dialect_impl(dialect).result_processor(dialect, None)
        try:
            row[name] = read(value) if read else value
        except UNREADABLE:
            return None
    return row
