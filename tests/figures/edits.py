"""What somebody with the database in their hands may do to its rows, around the product. The seed is fixed."""

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, select, text

from advocates.attendance.models import AttendanceMark
from advocates.audit import rules
from advocates.audit.checking import UNREADABLE
from advocates.audit.models import AuditEvent, AuditValue
from advocates.audit.recording import row_values
from advocates.database import db
from advocates.hours.models import CreditEntry

KINDS: dict[str, Any] = {kind.__tablename__: kind for kind in (CreditEntry, AttendanceMark, AuditEvent, AuditValue)}
KEYS = {"credit_entry": "id", "attendance_mark": "id", "audit_event": "seq", "audit_value": "id"}
Raw = dict[str, Any]


@dataclass(frozen=True)
class Edit:
    """`places` are the rows and events that it touches: where a check has to point."""

    what: str
    table: str
    apply: Callable[[Connection], None]
    places: frozenset[str]


class Vandal:
    """Makes edits of one table, each of a row as it stands; nothing is done before `apply`."""

    def __init__(self, table: str, dialect: str, seed: int) -> None:
        self.table, self.key, self.dialect = table, KEYS[table], dialect
        self.chance = Random(f"{table} {seed}")
        self.columns = [column.name for column in KINDS[table].__table__.columns]
        if not self._key_says_something:
            self.columns.remove(self.key)
        self.rows: list[Raw] = [
            dict(row) for row in db.session.execute(text(f"SELECT * FROM {table} ORDER BY {self.key}")).mappings()
        ]
        db.session.rollback()

    def edits(self, count: int) -> Sequence[Edit]:
        makers = [self.update] * 6 + [self.update_sealed, self.delete, self.delete_several, self.insert, self.replace]
        makers += [self.swap] * 2 + [self.empty, self.forge] + [self.reorder] * self._key_says_something
        return [makers[number % len(makers)]() for number in range(count)]

    @property
    def _key_says_something(self) -> bool:
        """A value is its event's and its field's: its id is of no account, and nothing refers to it."""
        return self.table != "audit_value"

    # One row

    def update(self) -> Edit:
        row = self._row()
        column, value = self._other_value(row)
        return self._edit(f"update {column}", [row, {**row, column: value}], self._set(row, {column: value}))

    def update_sealed(self) -> Edit:
        """Whoever knows how rows are sealed seals the forged one again."""
        row = self._row()
        column, value = self._other_value(row, kept={"hash", "row_sha256"})
        forged = {**row, column: value}
        change = self._set(row, {column: value})

        def apply(connection: Connection) -> None:
            change(connection)
            self._seal(connection, forged[self.key])

        return self._edit(f"update {column} and seal again", [row, forged], apply)

    def delete(self) -> Edit:
        row = self._row()
        return self._edit("delete", [row], self._statement(f"DELETE FROM {self.table} WHERE {self._is(row)}"))

    def insert(self) -> Edit:
        row = self._row()
        copy = {**row, self.key: self._new_key(), **self._fresh()}
        return self._edit("insert a copy", [row, copy], self._insert(copy))

    def forge(self) -> Edit:
        """A new row, sealed as if an event had written it."""
        row = self._row()
        copy = {**row, self.key: self._new_key(), **self._fresh()}
        write = self._insert(copy)

        def apply(connection: Connection) -> None:
            write(connection)
            self._seal(connection, copy[self.key])

        return self._edit("insert and seal", [row, copy], apply)

    def replace(self) -> Edit:
        row = self._row()
        column, value = self._other_value(row, kept={self.key})
        forged = {**row, column: value}
        if self.dialect == "sqlite":
            return self._edit(f"replace {column}", [row], self._insert(forged, "INSERT OR REPLACE"))
        tail = f" ON CONFLICT ({self.key}) DO UPDATE SET {column} = EXCLUDED.{column}"
        return self._edit(f"replace {column}", [row], self._insert(forged, tail=tail))

    # Several rows

    def delete_several(self) -> Edit:
        some = self.chance.sample(self.rows, min(len(self.rows), self.chance.randint(2, 4)))
        which = " OR ".join(self._is(row) for row in some)
        return self._edit("delete several", some, self._statement(f"DELETE FROM {self.table} WHERE {which}"))

    def swap(self) -> Edit:
        """Two rows change places in one column."""
        for _ in range(1000):
            one, other = self.chance.sample(self.rows, 2)
            column = self.chance.choice([name for name in self.columns if name != self.key])
            if one[column] != other[column]:
                break
        there, back = self._set(one, {column: other[column]}), self._set(other, {column: one[column]})
        return self._edit(f"swap {column}", [one, other], there, back)

    def reorder(self) -> Edit:
        """Two rows change places as a whole: their keys are swapped."""
        one, other = self.chance.sample(self.rows, 2)
        aside = {**one, self.key: self._new_key()}
        steps = (
            self._set(one, {self.key: aside[self.key]}),
            self._set(other, {self.key: one[self.key]}),
            self._set(aside, {self.key: other[self.key]}),
        )
        return self._edit("reorder", [one, other], *steps)

    def empty(self) -> Edit:
        statement = f"DELETE FROM {self.table}" if self.dialect == "sqlite" else f"TRUNCATE {self.table} CASCADE"
        return self._edit("empty the table", self.rows, self._statement(statement))

    # How

    def _row(self) -> Raw:
        return self.chance.choice(self.rows)

    def _other_value(self, row: Raw, kept: Collection[str] = ()) -> tuple[str, Any]:
        """A column and what it shall say instead: another row's value, nothing, or one that was never there."""
        for _ in range(1000):
            column = self.chance.choice([name for name in self.columns if name not in kept])
            borrowed, invented = self._row()[column], self._invent(row[column])
            value = self.chance.choice([borrowed, invented, None] if row[column] is not None else [borrowed, invented])
            if value != row[column]:
                return column, value
        raise AssertionError("all rows are alike")

    def _invent(self, value: Any) -> Any:
        if isinstance(value, int):
            return value + self.chance.choice([-7, -1, 1, 60, 1000])
        if isinstance(value, datetime):
            return value + timedelta(minutes=self.chance.choice([-90, -1, 1, 1440]))
        if isinstance(value, uuid.UUID):
            return self._id()
        if isinstance(value, str) and len(value) == 32:
            return self._id().hex
        if isinstance(value, str) and value[:2] == "20":
            return f"{value[:11]}{self.chance.randint(0, 23):02d}{value[13:]}"
        if isinstance(value, str) and len(value) == 64:
            return f"{self.chance.getrandbits(256):064x}"
        return self.chance.choice(["absent", "present", "corrected", "online", "[]", "x"])

    def _id(self) -> uuid.UUID:
        return uuid.UUID(int=self.chance.getrandbits(128))

    def _new_key(self) -> Any:
        if self.table == "audit_event":
            return max(row["seq"] for row in self.rows) + self.chance.randint(1, 3)
        return self._id().hex if self.dialect == "sqlite" else self._id()

    def _fresh(self) -> Raw:
        """What must differ in a copy, lest the keys of the table refuse it."""
        if self.table != "attendance_mark":
            return {}
        key = self._id()
        return {"client_key": key.hex if self.dialect == "sqlite" else key, "version": self.chance.randint(50, 90)}

    def _is(self, row: Raw) -> str:
        value = row[self.key]
        return f"{self.key} = {value if isinstance(value, int) else repr(str(value))}"

    def _set(self, row: Raw, values: Raw) -> Callable[[Connection], None]:
        places = ", ".join(f"{name} = :{name}" for name in values)
        return self._statement(f"UPDATE {self.table} SET {places} WHERE {self._is(row)}", values)

    def _insert(self, row: Raw, verb: str = "INSERT", tail: str = "") -> Callable[[Connection], None]:
        names, places = ", ".join(row), ", ".join(f":{name}" for name in row)
        return self._statement(f"{verb} INTO {self.table} ({names}) VALUES ({places}){tail}", row)

    def _statement(self, sql: str, values: Raw | None = None) -> Callable[[Connection], None]:
        def apply(connection: Connection) -> None:
            connection.execute(text(sql), values or {})

        return apply

    def _seal(self, connection: Connection, key: Any) -> None:
        """Digest and hash as the product makes them. The rest of the chain stays as it is."""
        kind = KINDS[self.table]
        if kind is AuditValue:  # its digest is in the payload of its event
            return
        which = {"key": key}
        if kind is AuditEvent:
            before, payload = connection.execute(
                text(
                    "SELECT (SELECT hash FROM audit_event AS b WHERE b.seq < a.seq ORDER BY b.seq DESC LIMIT 1),"
                    " payload FROM audit_event AS a WHERE seq = :key"
                ),
                which,
            ).one()
            sealed = {"hash": rules.chain_hash(before or rules.GENESIS, payload)}
        else:
            where = kind.id == (uuid.UUID(key) if isinstance(key, str) else key)
            try:
                row = db.session.scalars(select(kind).where(where)).one()
            except UNREADABLE:  # a row that cannot be read has no digest
                return
            sealed = {"row_sha256": rules.row_sha256(self.table, row_values(row))}
            db.session.expunge_all()
        (column, value), *_ = sealed.items()
        where_sql = f"UPDATE {self.table} SET {column} = :value WHERE {self.key} = :key"
        connection.execute(text(where_sql), which | {"value": value})

    def _edit(self, what: str, touched: Sequence[Raw], *steps: Callable[[Connection], None]) -> Edit:
        def apply(connection: Connection) -> None:
            for step in steps:
                step(connection)

        places = {str(row[self.key]).replace("-", "") for row in touched}
        places |= {str(row["audit_seq"]) for row in touched if row.get("audit_seq") is not None}
        if self.table == "audit_value":
            places |= {str(row["seq"]) for row in touched}
        if self.table == "audit_event":
            # A break in the chain shows at the event itself, at the one after it, or at the end.
            last = max(row["seq"] for row in self.rows)
            numbers = [row["seq"] for row in touched if isinstance(row["seq"], int)]
            places |= {str(number + 1) for number in numbers} | {str(last), str(last + 1)}
        return Edit(what, self.table, apply, frozenset(places))
