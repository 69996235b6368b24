"""A check-in cannot be changed in the database itself."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from advocates.database import db
from tests.factories.check_in import make_check_in

REFUSAL = r"append-only|UNIQUE constraint failed|duplicate key"
STATEMENTS = (
    "UPDATE check_in SET direction = 'out'",
    "DELETE FROM check_in",
    "INSERT INTO check_in SELECT * FROM check_in",
    "INSERT INTO check_in SELECT * FROM check_in WHERE true ON CONFLICT (id) DO UPDATE SET direction = 'out'",
)
ONLY_IN = {
    "sqlite": ("INSERT OR REPLACE INTO check_in SELECT * FROM check_in", "UPDATE OR REPLACE check_in SET means = 'x'"),
    "postgresql": ("TRUNCATE check_in CASCADE",),
}


def test_no_statement_changes_what_was_recorded(room, near, database_kind):
    make_check_in(room.session, room.trainees[0])
    before = db.session.execute(text("SELECT * FROM check_in")).all()
    for statement in STATEMENTS + ONLY_IN[database_kind]:
        db.session.rollback()
        with pytest.raises(DBAPIError, match=REFUSAL):
            db.session.execute(text(statement))
        db.session.rollback()
        assert db.session.execute(text("SELECT * FROM check_in")).all() == before, statement
