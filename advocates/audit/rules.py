"""Canonical text and the hash chain (DATA_MODEL: payload is canonical JSON, hash = SHA-256(previous, payload))."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

GENESIS = "0" * 64


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces; ids and instants as text. The same value always gives the same bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def chain_hash(previous: str, payload: str) -> str:
    """The hash of the event with this payload after the event with the previous hash."""
    return hashlib.sha256(previous.encode() + payload.encode()).hexdigest()


def row_sha256(table: str, values: Mapping[str, object]) -> str:
    """The digest of one append-only row: its table and every column but the digest itself and its event number."""
    kept = {name: value for name, value in values.items() if name not in {"row_sha256", "audit_seq"}}
    return hashlib.sha256(canonical([table, kept]).encode()).hexdigest()


def value_digest(salt: str, before: str | None, after: str | None) -> str:
    """A salted digest, so that the chain proves a value without holding it."""
    return hashlib.sha256(canonical([salt, before, after]).encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError(f"no canonical form for {type(value).__name__}")
