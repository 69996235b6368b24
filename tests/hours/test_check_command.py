"""`flask hours check`: every balance again from the facts."""

import pytest
from sqlalchemy import select, text

from advocates.audit.recording import record
from advocates.database import db, new_id
from advocates.hours.models import CreditEntry
from tests.attendance.conftest import make_room, room, time  # noqa: F401
from tests.factories.attendance import make_mark, make_signed_off


@pytest.fixture
def check(app):
    def run():
        db.session.remove()
        return app.test_cli_runner().invoke(args=["hours", "check"])

    return run


def test_an_empty_program_has_no_differences(check):
    result = check()
    assert (result.exit_code, result.output) == (0, "0 entries, 0 enrollments, 0 differences\n")


def test_what_sign_off_posted_agrees_with_the_facts(check, room):  # noqa: F811
    make_mark(room.session, room.trainees[0], room.trainer, arrived="5:55")
    make_signed_off(room.session, room.trainer, absent=[room.trainees[1]])
    result = check()
    assert (result.exit_code, result.output) == (0, "4 entries, 3 enrollments, 0 differences\n")


def test_an_entry_without_a_fact_is_named(check, room):  # noqa: F811
    make_signed_off(room.session, room.trainer, absent=[room.trainees[1]])
    entry = db.session.scalars(select(CreditEntry)).first()
    columns = {c.key: getattr(entry, c.key) for c in CreditEntry.__table__.columns}
    forged = CreditEntry(**columns | {"id": new_id(), "enrollment_id": room.trainees[1].id})
    record(None, "forge", rows=[forged])
    db.session.commit()
    result = check()
    assert result.exit_code == 1
    assert f"enrollment {room.trainees[1].id}: entry {forged.id} of 85 min has no fact behind it" in result.output
    assert "the ledger credits 85 min, the facts 0 min" in result.output
    assert result.output.endswith("5 entries, 3 enrollments, 2 differences\n")


def test_minutes_earned_and_not_credited_are_named(check, room):  # noqa: F811
    make_signed_off(room.session, room.trainer, ended="8:10")
    db.session.execute(text("UPDATE agenda_segment SET delivered_end = planned_end"))
    db.session.commit()
    result = check()
    assert result.exit_code == 1
    assert "minutes 65 to 85 of module" in result.output
    assert "the ledger credits 150 min, the facts 170 min" in result.output
