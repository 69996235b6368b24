"""A change, a removal or a new order of the trail is found and located."""

import json
import threading
from uuid import UUID

import pytest
from sqlalchemy import create_engine, select, text

from advocates.audit.append_only import drop_statements, missing_triggers
from advocates.audit.checking import check_chain
from advocates.audit.models import AuditEvent, AuditHead, AuditValue
from advocates.audit.recording import record
from advocates.database import db
from tests.budgets import statements
from tests.factories.attendance import make_signed_off
from tests.factories.people import make_person
from tests.room import make_room


@pytest.fixture
def trail(app):
    """Five events, the third with a value, and the protection taken off as an attacker with the file would."""
    person = make_person()
    for number in range(1, 6):
        record(person.id, "count", number=number, changes={"name": ("old", "new")} if number == 3 else None)
        db.session.commit()
    for statement in drop_statements(db.engine.dialect.name, "audit_event"):
        db.session.execute(text(statement))
    db.session.commit()
    return person


def _check():
    db.session.rollback()
    db.session.expire_all()
    count, finding = check_chain()
    return (finding.table, finding.place) if finding else count


def _sql(statement, **values):
    db.session.execute(text(statement), values)
    db.session.commit()


def test_an_untouched_trail_verifies(trail):
    assert _check() == 5


def test_checking_costs_the_same_however_many_rows(app, time):
    counts = []
    for people in (1, 30):
        room = make_room(people)
        make_signed_off(room.session, room.trainer)
        db.session.remove()
        with statements() as sent:
            assert check_chain()[1] is None
        counts.append(len(sent))
    assert counts[0] == counts[1] < 20, counts


def test_an_edited_payload_is_found(trail):
    payload = json.loads(db.session.scalars(select(AuditEvent.payload).filter_by(seq=4)).one())
    payload["actor"] = None
    changed = json.dumps(payload, sort_keys=True, separators=(",", ":"))
    _sql("UPDATE audit_event SET payload = :payload WHERE seq = 4", payload=changed)
    assert _check() == ("audit_event", "4")


@pytest.mark.parametrize(
    "change", ["action = 'other'", "actor_id = NULL", "occurred_at = '2026-10-20 20:31:00'", "payload = '[]'"]
)
def test_an_edited_column_is_found(trail, change):
    _sql(f"UPDATE audit_event SET {change} WHERE seq = 2")
    assert _check() == ("audit_event", "2")


@pytest.mark.parametrize("number", [-3, 0])
def test_a_number_that_no_event_ever_had_is_found(trail, number):
    _sql("DELETE FROM audit_value")
    _sql(f"UPDATE audit_event SET seq = {number} WHERE seq = 4")
    assert _check() == ("audit_event", str(number))


@pytest.mark.parametrize("seq", [1, 3])
def test_a_removed_event_is_found(trail, seq):
    _sql("DELETE FROM audit_value")
    _sql("DELETE FROM audit_event WHERE seq = :seq", seq=seq)
    assert _check() == ("audit_event", str(seq))


def test_a_trail_cut_at_its_end_is_found(trail):
    _sql("DELETE FROM audit_event WHERE seq = 5")
    assert _check() == ("audit_event", "5")


def test_two_events_in_another_order_are_found(trail):
    for before, after in ((2, -2), (4, 2), (-2, 4)):
        _sql("UPDATE audit_event SET seq = :after WHERE seq = :before", before=before, after=after)
    assert _check() == ("audit_event", "2")


@pytest.mark.parametrize(
    "change", ["after = 'forged'", "before = NULL, after = NULL", "salt = 'zz'", "field = 'other'"]
)
def test_an_edited_or_emptied_value_is_found(trail, change):
    value_id = db.session.scalars(select(AuditValue.id)).one()
    _sql(f"UPDATE audit_value SET {change}")
    assert _check() == ("audit_value", str(value_id))


def test_a_removed_value_is_found_at_its_event(trail):
    _sql("DELETE FROM audit_value")
    assert _check() == ("audit_event", "3")


def test_a_value_twice_is_found(trail):
    value = db.session.scalars(select(AuditValue)).one()
    kept = {name: getattr(value, name) for name in ("seq", "field", "before", "after", "salt")}
    twice = AuditValue(**kept)
    db.session.add(twice)
    db.session.commit()
    assert _check() == ("audit_value", str(twice.id))


@pytest.mark.parametrize(
    ("table", "key", "change"),
    [
        ("audit_value", "id", "id = 'x'"),
        ("audit_value", "id", "salt = x'00'"),
        ("audit_event", "seq", "occurred_at = 'x'"),
        ("audit_event", "seq", "payload = x'00'"),
        ("audit_event", "seq", "actor_id = 5"),
    ],
)
def test_what_no_column_of_its_kind_holds_is_found_where_it_is(trail, database_kind, table, key, change):
    if database_kind == "postgresql":
        pytest.skip("PostgreSQL refuses such values")
    _sql(f"UPDATE {table} SET {change} WHERE {key} = (SELECT max({key}) FROM {table})")
    table_found, place = _check()
    assert table_found == table
    assert place in {str(each) for each in _keys(table, key)}


def _keys(table, key):
    found = db.session.execute(text(f"SELECT {key} FROM {table}")).scalars().all()
    return [str(UUID(each)) if isinstance(each, str) and len(each) == 32 else each for each in found]


def test_one_unreadable_row_of_many_costs_one_statement_more(trail, database_kind):
    if database_kind == "postgresql":
        pytest.skip("PostgreSQL refuses such values")
    costs = []
    for change in ("action = 'x'", "actor_id = 5"):
        _sql(f"UPDATE audit_event SET {change} WHERE seq = 5")
        db.session.remove()
        with statements() as sent:
            assert _check() == ("audit_event", "5")
        costs.append(len(sent))
    assert costs[1] == costs[0] + 1


AROUND_THE_TRIGGERS = {
    "sqlite": "INSERT OR REPLACE INTO audit_event "
    "SELECT seq, occurred_at, actor_id, 'x', payload, hash FROM audit_event",
    "postgresql": "TRUNCATE audit_event CASCADE",
}


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event", AROUND_THE_TRIGGERS]
)
def test_the_database_itself_refuses_to_change_the_trail(app, database_kind, statement):
    statement = statement[database_kind] if isinstance(statement, dict) else statement
    record(None, "count")
    db.session.commit()
    before = db.session.scalars(select(AuditEvent.action)).all()
    db.session.rollback()
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with pytest.raises(Exception, match=r"append-only|UNIQUE"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    assert db.session.scalars(select(AuditEvent.action)).all() == before


def test_a_missing_protection_is_named(trail):
    assert len(missing_triggers(db.session.connection())) >= 2
    db.session.rollback()


def test_an_event_follows_what_others_recorded_since_the_head_was_read(app):
    head = db.session.get_one(AuditHead, 1)
    db.session.commit()
    own = db.session()

    def record_elsewhere():
        with app.app_context():
            record(None, "count")
            db.session.commit()
            db.session.remove()

    other = threading.Thread(target=record_elsewhere)
    other.start()
    other.join()
    assert own.identity_map.values() == [head]
    assert record(None, "count") == 2
    db.session.commit()
    assert _check() == 2
