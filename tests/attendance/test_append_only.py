"""Marks and ledger entries cannot be changed in the database itself."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from advocates.audit.append_only import missing_triggers
from advocates.database import db
from tests.factories.attendance import make_signed_off

TABLES = {"attendance_mark": "outcome", "credit_entry": "reason_code"}


@pytest.fixture
def posted(room):
    make_signed_off(room.session, room.trainer)
    return room


def rows(table):
    return db.session.execute(text(f"SELECT * FROM {table} ORDER BY id")).all()


REFUSAL = r"append-only|UNIQUE constraint failed|duplicate key"
ANYWHERE = (
    "UPDATE {table} SET {column} = 'absent'",
    "DELETE FROM {table}",
    "INSERT INTO {table} SELECT * FROM {table}",
    "INSERT INTO {table} SELECT * FROM {table} WHERE true ON CONFLICT (id) DO UPDATE SET {column} = 'absent'",
)
ONLY_IN = {
    "sqlite": (
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "REPLACE INTO {table} SELECT * FROM {table}",
        "UPDATE OR REPLACE {table} SET {column} = 'absent'",
    ),
    "postgresql": ("TRUNCATE {table} CASCADE",),
}


@pytest.mark.parametrize("table", TABLES)
def test_no_statement_changes_what_was_written(posted, database_kind, table):
    before = rows(table)
    assert before
    for statement in ANYWHERE + ONLY_IN[database_kind]:
        db.session.rollback()
        with pytest.raises(DBAPIError, match=REFUSAL):
            db.session.execute(text(statement.format(table=table, column=TABLES[table])))
        db.session.rollback()
        assert rows(table) == before, statement


def test_every_expected_trigger_is_there(app):
    with db.engine.connect() as connection:
        assert missing_triggers(connection) == set()
