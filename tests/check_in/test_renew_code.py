"""Staff make a new personal code for somebody, and never see it."""

import uuid

import pytest

from advocates.check_in.models import PersonalCode
from advocates.database import db
from tests.client import StrictClient
from tests.factories.check_in import make_personal_code
from tests.factories.people import make_person


@pytest.fixture
def address(room):
    make_personal_code(room.trainees[0], "482913")
    return f"/enrollments/{room.trainees[0].id}/personal-code"


def code_of(room):
    return db.session.get_one(PersonalCode, room.trainees[0].person_id, populate_existing=True).code


def test_the_old_code_works_no_more_and_the_new_one_is_not_shown(as_trainer, room, address):
    answer = as_trainer.post_form(address)
    assert (answer.status_code, answer.location) == (303, f"/enrollments/{room.trainees[0].id}")
    assert code_of(room) != "482913"
    html = as_trainer.get(answer.location).text
    assert "There is a new personal code" in html
    assert code_of(room) not in html


def test_sent_twice_it_makes_one(as_trainer, room, address):
    key = str(uuid.uuid4())
    as_trainer.post_form(address, {"request_key": key})
    first = code_of(room)
    as_trainer.post_form(address, {"request_key": key})
    assert code_of(room) == first


def test_others_are_refused(app, client, as_trainee, room, address):
    other: StrictClient = app.test_client().sign_in(make_person("Odo Lantern", roles=["trainer"]).id)
    assert other.post_form(address).status_code == 404
    assert as_trainee.post_form(address).status_code == 403
    assert client.post_form(address).status_code == 303
    assert code_of(room) == "482913"


def test_there_is_nothing_to_read(as_trainer, address):
    assert as_trainer.get(address).status_code == 405
