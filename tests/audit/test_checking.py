"""A change, a removal or a new order of the trail is found and located."""

import json
import threading

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


def test_an_edited_value_is_found_and_an_erased_one_is_lawful(trail):
    value_id = db.session.scalars(select(AuditValue.id)).one()
    value = db.session.get_one(AuditValue, value_id)
    value.before = value.after = None
    db.session.commit()
    assert _check() == 5
    value = db.session.get_one(AuditValue, value_id)
    value.after = "forged"
    db.session.commit()
    assert _check() == ("audit_value", str(value_id))


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
