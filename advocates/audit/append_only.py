"""The triggers that make a table append-only on both databases, and the check that they are all there.

SQLite's INSERT OR REPLACE deletes without firing delete triggers, so each unique key is guarded on insert too.
PostgreSQL's TRUNCATE passes row triggers, so it has its own.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, text

APPEND_ONLY: dict[str, tuple[tuple[str, ...], ...]] = {
    "audit_event": (("seq",),),
    "attendance_mark": (
        ("id",),
        ("session_id", "enrollment_id", "version"),
        ("recorded_by", "client_key"),
    ),
    "credit_entry": (("id",), ("reverses_id",)),
}
# Protected by the migration that made the table, where 0010 protects those above.
ADDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "transfer": (("id",), ("from_enrollment_id",), ("to_enrollment_id",)),
    "enrollment_status_change": (("id",),),
    "session_reopening": (("id",),),
    "check_in": (("id",), ("client_key",)),
    "paper_sheet": (("id",),),
    "question_version": (("id",), ("question_id", "number")),
    "sitting_grade": (("id",), ("sitting_question_id", "version")),
    "skill_observation": (("id",), ("enrollment_id", "skill", "version"), ("observed_by", "client_key")),
    "sitting_answer": (("id",), ("sitting_question_id", "version"), ("sitting_id", "client_key")),
}
PROTECTED = APPEND_ONLY | ADDED


def create_statements(dialect: str, table: str) -> Iterator[str]:
    """The DDL that makes one table append-only."""
    refusal = f"{table} is append-only"
    if dialect == "sqlite":
        for action in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            )
        for number, key in enumerate(PROTECTED[table]):
            same = " AND ".join(f"{column} = NEW.{column}" for column in key)
            yield (
                f"CREATE TRIGGER {table}_no_replace_{number} BEFORE INSERT ON {table} "
                f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
                f"BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: {table}'); END"
            )
        return
    yield (
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
    )
    yield (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
    )
    yield (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
    )


def drop_statements(dialect: str, table: str) -> Iterator[str]:
    """The DDL that takes the protection away again, for a downgrade."""
    if dialect == "sqlite":
        for name in expected_triggers(dialect, table):
            yield f"DROP TRIGGER {name}"
        return
    for name in expected_triggers(dialect, table):
        yield f"DROP TRIGGER {name} ON {table}"
    yield f"DROP FUNCTION {table}_refuse()"


def expected_triggers(dialect: str, table: str) -> set[str]:
    if dialect == "sqlite":
        guards = {f"{table}_no_replace_{number}" for number in range(len(PROTECTED[table]))}
        return {f"{table}_no_update", f"{table}_no_delete"} | guards
    return {f"{table}_no_update", f"{table}_no_truncate"}


def missing_triggers(connection: Connection) -> set[str]:
    """The expected triggers that the database does not have: empty when it is protected."""
    dialect = connection.dialect.name
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if dialect == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    present = set(connection.scalars(text(query)))
    return set().union(*(expected_triggers(dialect, table) for table in PROTECTED)) - present
