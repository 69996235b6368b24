"""Write one audit event for one activity, last in its transaction."""

import secrets
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import inspect, select

from advocates import clock
from advocates.audit import rules
from advocates.audit.models import AuditEvent, AuditHead, AuditValue
from advocates.database import db

Changes = Mapping[str, tuple[str | None, str | None]]


def record(
    actor_id: uuid.UUID | None,
    action: str,
    *,
    rows: Iterable[Any] = (),
    changes: Changes | None = None,
    **objects: object,
) -> int:
    """Append the event and return its number. Call it last: it locks the head of the chain, then flushes.

    `objects` are ids, counts and codes, never names, addresses or free text; those go to `changes`, which is kept
    beside the chain and may be erased. `rows` are new append-only rows: each gets its digest and event number here;
    those that others point to come first (marks before the entries they earned).
    """
    db.session.flush()
    head = _lock_head()
    seq = head.seq + 1
    digests = _store(list(rows), seq)
    values = _values(seq, changes or {})
    occurred_at = clock.now()
    payload = rules.canonical(
        {
            "seq": seq,
            "at": occurred_at,
            "actor": actor_id,
            "action": action,
            "objects": objects,
            "rows": digests,
            "values": {v.field: rules.value_digest(v.salt, v.before, v.after) for v in values},
        }
    )
    head.seq, head.hash = seq, rules.chain_hash(head.hash, payload)
    event = AuditEvent(
        seq=seq, occurred_at=occurred_at, actor_id=actor_id, action=action, payload=payload, hash=head.hash
    )
    db.session.add(event)
    db.session.flush()
    db.session.add_all(values)
    db.session.flush()
    return seq


def _lock_head() -> AuditHead:
    """The end of the chain as it is now, whatever this session read of it before."""
    locked = select(AuditHead).with_for_update()
    return db.session.scalars(locked, execution_options={"populate_existing": True}).one()


def _store(rows: list[Any], seq: int) -> list[str]:
    """Seal and write append-only rows, kind by kind in the order given; returns their digests."""
    digests = [_seal(row, seq) for row in rows]
    for kind in dict.fromkeys(map(type, rows)):
        db.session.add_all(row for row in rows if type(row) is kind)
        db.session.flush()
    return digests


def _values(seq: int, changes: Changes) -> list[AuditValue]:
    return [
        AuditValue(seq=seq, field=field, before=before, after=after, salt=secrets.token_hex(16))
        for field, (before, after) in changes.items()
    ]


def row_values(row: Any) -> dict[str, object]:
    """Every column of a row by name, as the digest wants them."""
    return {column.key: getattr(row, column.key) for column in inspect(row).mapper.column_attrs}


def _seal(row: Any, seq: int) -> str:
    for column in inspect(row).mapper.columns:
        if getattr(row, column.key) is None and column.default is not None and column.default.is_callable:
            setattr(row, column.key, column.default.arg(None))
    row.audit_seq = seq
    row.row_sha256 = rules.row_sha256(row.__tablename__, row_values(row))
    return str(row.row_sha256)
