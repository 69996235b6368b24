"""A mark's history, and its correction after sign-off."""

import uuid

import pytest
from sqlalchemy import func, select

from advocates.attendance.models import AttendanceMark
from advocates.database import db
from advocates.hours.models import CreditEntry
from advocates.hours.queries import enrollment_balance
from tests.factories.attendance import make_mark, make_seat, make_signed_off
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person


@pytest.fixture
def trainee(room):
    return room.trainees[0]


@pytest.fixture
def address(room, trainee):
    return f"{room.address}/{trainee.id}"


@pytest.fixture
def signed(room, trainee):
    make_mark(room.session, trainee, room.trainer, arrived="5:55")
    make_signed_off(room.session, room.trainer)
    return room


def versions(trainee):
    return db.session.scalars(
        select(AttendanceMark).filter_by(enrollment_id=trainee.id).order_by(AttendanceMark.version)
    ).all()


def test_before_sign_off_the_page_shows_the_history_and_leads_to_the_register(as_trainer, room, trainee, address):
    make_mark(room.session, trainee, room.trainer)
    make_mark(room.session, trainee, make_person("Corin Vale"), "absent")
    page = as_trainer.get(address).text
    assert page.index("Version 2, recorded by Corin Vale") < page.index("Version 1, recorded by Bertil Oakes")
    assert "Change it in the register" in page
    fields = room.row(trainee, version=2, outcome="present") | {"reason": "typed_wrong"}
    assert as_trainer.post_form(address, fields).status_code == 409
    assert len(versions(trainee)) == 2


def test_the_name_leads_to_the_record_of_those_in_scope(as_trainer, as_administrator, room, address, trainee):
    assert f'href="/enrollments/{trainee.id}"' in as_trainer.get(address).text
    visitor = make_enrollment(make_cohort(room.version), "Odile Brandt")
    make_seat(room.session, visitor, "guest")
    theirs = f"{room.address}/{visitor.id}"
    assert f"/enrollments/{visitor.id}" not in as_trainer.get(theirs).text
    assert f'href="/enrollments/{visitor.id}"' in as_administrator.get(theirs).text


def test_a_correction_has_a_reason_reverses_posts_anew_and_shows(as_trainer, signed, trainee, address):
    fields = signed.row(trainee, version=1, outcome="present", left="8:20 PM") | {"reason": "paper_says_otherwise"}
    response = as_trainer.post_form(address, fields)
    assert response.status_code == 303
    assert response.location == address
    assert enrollment_balance(trainee.id).credited_minutes == 160
    page = as_trainer.get(address).text
    assert "The signed paper sheet says otherwise" in page
    assert "left 8:20 PM" in page
    assert page.count(">reversal<") == 2
    assert page.count(">reversed<") == 2
    assert "corrected" in as_trainer.get(signed.address).text


def test_a_reason_is_needed_and_what_was_typed_is_kept(as_trainer, signed, trainee, address):
    page = as_trainer.post_form(address, signed.row(trainee, version=1, outcome="present", left="8:20"))
    assert page.status_code == 422
    assert "Choose a reason." in page.text
    assert 'value="8:20"' in page.text
    assert len(versions(trainee)) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"outcome": "present", "arrived": "3:00 pm"}, "outside the session"),
        ({"outcome": "present", "arrived": "5:55 PM"}, "recorded already"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(as_trainer, signed, trainee, address, fields, sentence):
    page = as_trainer.post_form(address, signed.row(trainee, version=1, **fields) | {"reason": "typed_wrong"})
    assert page.status_code == 422
    assert sentence in page.text
    assert len(versions(trainee)) == 1
    assert enrollment_balance(trainee.id).credited_minutes == 145


def test_a_correction_of_an_older_version_is_shown_the_newer_one(as_trainer, signed, trainee, address):
    absent = signed.row(trainee, version=1, outcome="absent") | {"reason": "typed_wrong"}
    assert as_trainer.post_form(address, absent).status_code == 303
    stale = signed.row(trainee, version=1, outcome="not_established") | {"reason": "typed_wrong"}
    page = as_trainer.post_form(address, stale)
    assert page.status_code == 409
    assert "in the meantime" in page.text
    assert f'name="{trainee.id}-version" value="2"' in page.text
    assert [m.outcome.value for m in versions(trainee)] == ["present", "absent"]


def test_a_correction_sent_twice_has_one_effect(as_trainer, signed, trainee, address):
    fields = signed.row(trainee, version=1, outcome="absent")
    fields |= {"reason": "typed_wrong", "request_key": str(uuid.uuid4())}
    for _ in range(2):
        assert as_trainer.post_form(address, fields).status_code == 303
    assert len(versions(trainee)) == 2
    assert db.session.scalar(select(func.sum(CreditEntry.minutes)).filter_by(enrollment_id=trainee.id)) == 0


def test_nobody_corrects_their_own_mark(app, signed):
    own = make_enrollment(signed.cohort, person=signed.trainer)
    client = app.test_client()
    client.sign_in(signed.trainer.id)
    address = f"{signed.address}/{own.id}"
    assert "another trainer or an administrator corrects it" in client.get(address).text
    fields = signed.row(own, outcome="present") | {"reason": "added_late"}
    assert client.post_form(address, fields).status_code == 422
    assert versions(own) == []


def test_strangers_other_roles_and_people_outside_the_session_are_refused(
    client, app, as_trainer, signed, trainee, address
):
    assert client.get(address).location.startswith("/sign-in")
    as_trainee, other = app.test_client(), app.test_client()
    as_trainee.sign_in(trainee.person_id)
    assert as_trainee.get(address).status_code == 403
    other.sign_in(make_person("Far Away", roles=["trainer"], cohort_id=make_cohort(signed.version).id).id)
    assert other.get(address).status_code == 404
    outside = make_enrollment(make_cohort(signed.version), "Odile Brandt")
    elsewhere = f"{signed.address}/{outside.id}"
    assert as_trainer.get(elsewhere).status_code == 404
    fields = signed.row(outside, outcome="present") | {"reason": "typed_wrong"}
    assert as_trainer.post_form(elsewhere, fields).status_code == 404
    assert versions(outside) == []
