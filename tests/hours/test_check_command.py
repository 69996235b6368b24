"""`flask hours check`: every balance again from the facts."""

from datetime import date

import pytest
from sqlalchemy import select, text

from advocates.audit.append_only import drop_statements
from advocates.audit.recording import record
from advocates.cohorts.models import Enrollment
from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db, new_id
from advocates.hours.models import CreditEntry
from advocates.hours.queries import enrollment_balance
from advocates.people.models import PersonProfile
from tests.factories.attendance import make_mark, make_signed_off
from tests.factories.schedule import make_session


@pytest.fixture
def check(app):
    def run():
        db.session.remove()
        return app.test_cli_runner().invoke(args=["hours", "check"])

    return run


def test_an_empty_program_has_no_differences(check):
    result = check()
    assert (result.exit_code, result.output) == (0, "0 entries, 0 enrollments, 0 differences\n")


def test_what_sign_off_posted_agrees_with_the_facts(check, room):
    make_mark(room.session, room.trainees[0], room.trainer, arrived="5:55")
    make_signed_off(room.session, room.trainer, absent=[room.trainees[1]])
    result = check()
    assert (result.exit_code, result.output) == (0, "4 entries, 3 enrollments, 0 differences\n")


def test_who_withdraws_and_comes_back_goes_on_from_the_minutes_credited_before(
    check, room, time, administrator, as_administrator
):
    trainee, profile = room.trainees[0], db.session.get_one(PersonProfile, room.trainees[0].person_id)

    def standing():
        result = check()
        assert (result.exit_code, result.output.endswith(" 3 enrollments, 0 differences\n")) == (0, True), result.output
        return enrollment_balance(trainee.id).credited_minutes

    make_mark(room.session, trainee, room.trainer, arrived="5:55")
    make_signed_off(room.session, room.trainer)
    assert standing() == 145
    as_administrator.post_form(f"/enrollments/{trainee.id}/withdraw", {"reason": "own_wish"})
    assert standing() == 145
    missed = make_session(room.cohort, date(2026, 10, 22), segments=((2, 0, 60),))
    time.set("20:31", date(2026, 10, 22))
    make_signed_off(missed, room.trainer)
    assert standing() == 145
    newcomer = {"chosen_name": profile.chosen_name, "email": profile.email}
    as_administrator.sign_in(administrator.id)
    as_administrator.post_form(f"/cohorts/{room.cohort.id}/enroll", newcomer)
    assert db.session.get_one(Enrollment, trainee.id).status == EnrollmentStatus.ENROLLED
    assert standing() == 145
    # The first 25 minutes of the first module, missed before, and 60 of the third; the rest was credited already.
    again = make_session(room.cohort, date(2026, 10, 27), segments=((0, 0, 85), (2, 0, 60)))
    time.set("20:31", date(2026, 10, 27))
    make_signed_off(again, room.trainer)
    assert standing() == 145 + 25 + 60


def test_an_entry_without_a_fact_is_named(check, room):
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


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("credit_entry", "reason_code = 'another'"),
        ("credit_entry", "delivery_mode = 'no such mode'"),
        ("attendance_mark", "intervals = 'nonsense'"),
        ("attendance_mark", "outcome = 'no such outcome'"),
    ],
)
def test_nothing_is_computed_from_rows_that_are_not_as_written(check, room, database_kind, table, change):
    make_signed_off(room.session, room.trainer)
    key = db.session.scalar(text(f"SELECT id FROM {table} ORDER BY id LIMIT 1"))
    for statement in drop_statements(database_kind, table):
        db.session.execute(text(statement))
    db.session.execute(text(f"UPDATE {table} SET {change} WHERE id = '{key}'"))
    db.session.commit()
    result = check()
    assert result.exit_code == 1
    place = str(key).replace("-", "")
    assert f"{table} {place}: it differs from what its event recorded" in result.output.replace("-", "")


def test_minutes_earned_and_not_credited_are_named(check, room):
    make_signed_off(room.session, room.trainer, ended="8:10")
    db.session.execute(text("UPDATE agenda_segment SET delivered_end = planned_end"))
    db.session.commit()
    result = check()
    assert result.exit_code == 1
    assert "minutes 65 to 85 of module" in result.output
    assert "the ledger credits 150 min, the facts 170 min" in result.output
