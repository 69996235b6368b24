"""Rows of the ledger, of marks and of the audit trail that are changed in SQL: refused by the database, or found.

First as the database stands, then with its protection taken off, as whoever holds the file or the server can do. What
nobody finds without a copy of its head kept elsewhere: a chain that was made anew from the changed event to its end.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from advocates.attendance.correcting import correct_mark
from advocates.attendance.rules import CorrectionReason, Outcome, Typed
from advocates.audit.append_only import PROTECTED, drop_statements
from advocates.audit.checking import Finding, check_chain
from advocates.database import db
from advocates.schedule.closing import add_closed_days
from tests.factories.attendance import make_mark, make_signed_off
from tests.factories.make_ups import make_approved, make_version_with_activities
from tests.factories.people import make_person
from tests.factories.schedule import make_session
from tests.figures.edits import KEYS, Edit, Vandal
from tests.room import Room, make_room

SEED = 20261020
COUNTS = [40, pytest.param(1000, marks=pytest.mark.long)]


@pytest.fixture
def program(app: Flask, time: Any) -> Room:
    """A room of four over three evenings: exceptions, corrections and make-ups, all by the real activities."""
    room = make_room(4, make_version_with_activities())
    approver = make_person("Imara Osei", roles=["trainer"], cohort_id=room.cohort.id)
    late, away, early, _ = room.trainees
    for number, day in enumerate((20, 22, 27)):
        on = date(2026, 10, day)
        time.set("20:31", on)
        parts = ((2 * number, 0, 85), (None, 0, 10), (2 * number + 1, 0, 85))
        session = room.session if day == 20 else make_session(room.cohort, on, segments=parts)
        make_mark(session, late, room.trainer, arrived="5:55 pm")
        make_mark(session, early, room.trainer, left="8:00 pm")
        make_mark(session, early, room.trainer, left="8:10 pm")
        make_signed_off(session, room.trainer, absent=[away])
        correct_mark(room.trainer.id, session.id, late.id, 1, Typed(Outcome.PRESENT), CorrectionReason.TYPED_WRONG)
        db.session.commit()
    for minutes in ((0, 30), (40, 60)):
        make_approved(away, room.trainer, approver, minutes=minutes)
    for day in range(1, 9):
        add_closed_days(approver.id, date(2026, 12, day), date(2026, 12, day), f"Winter break {day}")
    db.session.commit()
    return room


@pytest.fixture
def take_protection_off(app: Flask, database_kind: str) -> Callable[[], None]:
    """No trigger is left, and nothing that refers to a row holds it in place."""

    def take() -> None:
        for table in PROTECTED:
            for statement in drop_statements(database_kind, table):
                db.session.execute(text(statement))
        if database_kind == "postgresql":
            keys = "SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'f'"
            for table, name in db.session.execute(text(keys)).all():
                db.session.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()

    def without_keys(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA foreign_keys = OFF")

    if database_kind == "sqlite":
        event.listen(db.engine, "connect", without_keys)
        yield take
        event.remove(db.engine, "connect", without_keys)
    else:
        yield take


def outcome(edit: Edit) -> str | Finding | None:
    """Do it, look, and take it back: "refused", what was found, or nothing."""
    db.session.rollback()
    db.session.expunge_all()
    try:
        edit.apply(db.session.connection())
    except DBAPIError:
        return "refused"
    else:
        db.session.expunge_all()
        return check_chain()[1]
    finally:
        db.session.rollback()
        db.session.expunge_all()


def try_all(table: str, count: int) -> Counter[str]:
    tally: Counter[str] = Counter()
    for edit in Vandal(table, db.engine.dialect.name, SEED).edits(count):
        result = outcome(edit)
        if isinstance(result, Finding):
            assert result.place.replace("-", "") in edit.places, (edit.what, result)
        assert result is not None, f"{edit.what} of {edit.table} was neither refused nor found"
        tally["refused" if result == "refused" else "found"] += 1
    assert check_chain()[1] is None
    db.session.rollback()
    return tally


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("table", KEYS)
def test_as_the_database_stands_every_edit_is_refused_or_found(
    program: Room, all_is_well: Any, figure: Any, table: str, count: int
) -> None:
    tally = try_all(table, count)
    # Values may be erased one day, so that no trigger holds them.
    assert table == "audit_value" or tally["refused"] > count / 2
    all_is_well()
    figure("edits", f"{table}: refused by the database, or found", f"{tally['refused']:,} + {tally['found']:,}")


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("table", KEYS)
def test_without_its_protection_every_edit_is_found_where_it_was_made(
    program: Room, take_protection_off: Any, figure: Any, table: str, count: int
) -> None:
    take_protection_off()
    tally = try_all(table, count)
    assert tally["found"] > count / 2
    what = f"{table}, its protection taken off: refused as no such value, or found and located"
    figure("edits", what, f"{tally['refused']:,} + {tally['found']:,}")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_head SET seq = seq - 1",
        "UPDATE audit_head SET seq = seq + 1",
        "UPDATE audit_head SET hash = (SELECT hash FROM audit_event WHERE seq = 1)",
        "DELETE FROM audit_head",
    ],
)
def test_a_changed_head_of_the_trail_is_found(program: Room, statement: str) -> None:
    db.session.execute(text(statement))
    _, finding = check_chain()
    db.session.rollback()
    assert finding is not None


@pytest.mark.parametrize("count", [3, pytest.param(20, marks=pytest.mark.long)])
def test_an_operator_is_told_by_either_command(
    program: Room, take_protection_off: Any, take_snapshot: Any, flask_command: Any, figure: Any, count: int
) -> None:
    """As commands of their own, on edits that stay: of the ledger by `hours check` too."""
    take_protection_off()
    restore = take_snapshot()
    told = 0
    for edit in Vandal("credit_entry", db.engine.dialect.name, SEED + 1).edits(count):
        try:
            edit.apply(db.session.connection())
            db.session.commit()
        except DBAPIError:
            db.session.rollback()
            restore()
            continue
        for words in (("hours", "check"), ("audit", "check")):
            done = flask_command(*words)
            said = done.stdout + done.stderr
            assert done.returncode == 1, (edit.what, words, said)
            assert "Traceback" not in said, said
            assert any(place in said.replace("-", "") for place in edit.places), (edit.what, said)
            told += 1
        restore()
    assert told
    figure("edits", "edits that stayed: told by `hours check` and by `audit check`", f"{told:,} of {told:,}")
