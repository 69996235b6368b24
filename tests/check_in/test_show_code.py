"""The code for the room, as a picture and as six signs."""

import re

import pytest

from advocates.check_in.room_codes import shown_code
from advocates.check_in.rules import Direction
from advocates.database import db
from tests.budgets import statements
from tests.client import StrictClient
from tests.factories.attendance import make_signed_off
from tests.factories.check_in import make_check_in
from tests.factories.people import make_person
from tests.room import make_room


@pytest.fixture
def address(room):
    return f"/sessions/{room.session.id}/check-in-code"


def on_page(html):
    return re.search(r'room-code__code" dir="ltr"><bdi>(\w{3}) (\w{3})</bdi>', html)


def test_it_shows_the_code_of_this_half_minute(as_trainer, room, near, address):
    html = as_trainer.get(address).text
    assert "".join(on_page(html).groups()) == shown_code(room.session, Direction.IN, near.set("17:28"))
    assert 'data-seconds="30"' in html
    assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in html
    assert "style=" not in html


def test_the_other_way_shows_the_code_for_those_who_leave(as_trainer, room, near, address):
    html = as_trainer.get(f"{address}?way=out").text
    assert "".join(on_page(html).groups()) == shown_code(room.session, Direction.OUT, near.set("17:28"))
    assert "<h1>Check out</h1>" in html
    assert "<h1>Check in</h1>" in as_trainer.get(f"{address}?way=sideways").text


def test_it_counts_who_checked_in_and_names_nobody(as_trainer, room, address):
    make_check_in(room.session, room.trainees[0])
    html = as_trainer.get(address).text
    assert "1 person has checked in." in html
    assert "Łucja" not in html


def test_nothing_is_written_when_it_is_shown(as_trainer, address):
    with statements() as sent:
        as_trainer.get(address)
    assert not [text for text in sent if text.startswith(("INSERT", "UPDATE", "DELETE"))]


@pytest.mark.parametrize(("clock", "is_shown"), [("16:59", False), ("17:00", True), ("21:00", True), ("21:01", False)])
def test_far_from_the_session_it_says_when(as_trainer, near, address, clock, is_shown):
    near.set(clock)
    html = as_trainer.get(address).text
    assert bool(on_page(html)) is is_shown
    assert ("data-waits" in html) is not is_shown
    if not is_shown:
        assert re.search(r"from 5:00\s?PM to 9:00\s?PM", html)


def test_after_sign_off_there_is_no_code(as_trainer, room, near, address):
    near.set("20:31")
    make_signed_off(room.session, room.trainer)
    html = as_trainer.get(address).text
    assert not on_page(html)
    assert "signed off" in html


def test_a_canceled_session_has_none(as_trainer, room, near, address):
    session = db.session.merge(room.session)
    session.cancelled_at = near.set("17:28")
    db.session.commit()
    assert as_trainer.get(address).status_code == 409


def test_a_stranger_and_a_trainer_of_another_cohort_are_refused(client, app, room, near, address):
    assert client.get(address).status_code == 303
    other: StrictClient = app.test_client().sign_in(make_person("Odo Lantern", roles=["trainer"]).id)
    assert other.get(address).status_code == 404


def test_a_trainee_is_refused(as_trainee, address):
    assert as_trainee.get(address).status_code == 403


# Sign-in; the session; how many checked in.
@pytest.mark.parametrize("people", [1, 3, 30])
def test_statements(app, near, people):
    room = make_room(people)
    for trainee in room.trainees:
        make_check_in(room.session, trainee)
    client: StrictClient = app.test_client().sign_in(room.trainer.id)
    with statements() as sent:
        client.get(f"/sessions/{room.session.id}/check-in-code")
    assert len(sent) == 3
