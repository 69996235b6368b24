"""The database: one engine factory, column types, keys, and transactions that are safe on SQLite and PostgreSQL.

Reads run in a deferred (PostgreSQL: read only) transaction in which a flush raises. Everything else begins
immediately, so that SQLite never loses an update between a read and a write.
"""

import enum
import os
import secrets
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DateTime, Dialect, Engine, Enum, MetaData, TypeDecorator, Uuid, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, registry

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_TIMEOUT_MS = 5000
READING = {"advocates_reading": True, "postgresql_readonly": True}


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant. SQLite drops the zone, so naive values are refused on the way in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(naming_convention=NAMING), type_annotation_map={datetime: Instant, uuid.UUID: Uuid}
    )


class _Database(SQLAlchemy):
    """Flask-SQLAlchemy with this project's engine events on every engine it makes."""

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Any) -> Engine:
        # An error that is logged must not tell names and addresses.
        engine: Engine = super()._make_engine(bind_key, {"hide_parameters": True, **options}, app)
        prepare_engine(engine)
        return engine


db = _Database(model_class=Base, session_options={"autoflush": False, "expire_on_commit": False})
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model

_last = threading.local()


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): time-ordered, made by the client, never reused."""
    nanoseconds = time.time_ns()
    nanoseconds = max(nanoseconds, getattr(_last, "value", 0) + 256)
    _last.value = nanoseconds
    milliseconds, rest = divmod(nanoseconds, 1_000_000)
    fraction = rest * 4096 // 1_000_000
    tail = int.from_bytes(os.urandom(8)) & (2**62 - 1)
    return uuid.UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | tail)


def new_token() -> str:
    """256 random bits for links and cookies; only its hash is ever stored."""
    return secrets.token_urlsafe(32)


class Keyed:
    """Mixin: the UUIDv7 primary key every table but the audit chain has."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)


def text_enum(kind: type[enum.StrEnum]) -> Enum:
    """A column type that stores an enum's value as short text on every database."""
    return Enum(kind, native_enum=False, length=40, values_callable=lambda members: [m.value for m in members])


def prepare_engine(engine: Engine) -> None:
    """Give SQLite real transactions, foreign keys and durability; PostgreSQL needs nothing."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        reading = connection.get_execution_options().get("advocates_reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def start_reading(session: Any) -> None:
    """Make the transaction that is about to begin a read: nothing may be flushed in it."""
    session.info["reading"] = True
    session.connection(execution_options=READING)


def start_writing(session: Any) -> None:
    """End the transaction, so that the next statement begins one that may write. What was read stays loaded."""
    if session.info.pop("reading", False):
        session.commit()
    else:
        session.rollback()


@contextmanager
def reading() -> Iterator[None]:
    """For checks, exports and backups: one consistent snapshot that cannot write."""
    start_writing(db.session)
    start_reading(db.session)
    try:
        yield
    finally:
        start_writing(db.session)


@contextmanager
def own_transaction() -> Iterator[Session]:
    """A short transaction of its own, for what must be kept even if the request fails or only reads."""
    with Session(db.engine, expire_on_commit=False) as session, session.begin():
        yield session


@event.listens_for(Session, "before_flush")
def _refuse_to_write_while_reading(session: Session, _context: Any, _instances: Any) -> None:
    if session.info.get("reading") and (session.new or session.dirty or session.deleted):
        raise RuntimeError("a reading transaction may not write")
