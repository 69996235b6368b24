"""Checking oneself in by the code in the room."""

import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from advocates.attendance.marking import mark_attendance
from advocates.audit.models import AuditEvent
from advocates.check_in.models import CheckIn
from advocates.check_in.room_codes import shown_code
from advocates.check_in.rules import Direction
from advocates.database import db
from advocates.people.models import SignInFailure
from advocates.schedule.models import TrainingSession
from tests.budgets import statements
from tests.client import StrictClient
from tests.factories.attendance import entry_for, make_mark, make_signed_off
from tests.factories.check_in import make_check_in
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person
from tests.factories.schedule import make_session
from tests.room import make_room
from tests.together import at_once

WRONG = "K7MPQR"
NOT_SHOWN = "This code is not shown now."


@pytest.fixture
def code(room, near):
    """What the room shows for those who come; `code("out")` for those who go."""
    return lambda way="in", session=None: shown_code(session or room.session, Direction(way), near_now())


def near_now():
    from advocates import clock

    return clock.now()


def recorded():
    rows = db.session.scalars(select(CheckIn).order_by(CheckIn.at, CheckIn.id))
    return [(row.enrollment_id, row.direction.value) for row in rows]


def send(client, code, **fields):
    return client.post_form("/check-in", {"code": code, **fields})


def test_a_scanned_code_leaves_one_button_to_press(as_trainee, room, code):
    page = as_trainee.get(f"/check-in?code={code()}")
    assert page.status_code == 200
    assert "I am here" in page.text
    assert recorded() == []
    opening = re.search(r'name="opening"[^>]* value="([^"]+)"', page.text)[1]
    answer = send(as_trainee, code(), opening=opening)
    assert (answer.status_code, answer.location) == (303, "/check-in")
    page = as_trainee.get("/check-in").text
    assert "Recorded at 5:28" in page
    assert "You are checked in:" in page
    assert "Your trainer confirms it." in page
    assert recorded() == [(room.trainees[0].id, "in")]
    row = db.session.scalars(select(CheckIn)).one()
    assert (row.means.value, row.at) == ("code", near_now())


def test_a_typed_code_is_enough(as_trainee, room, code):
    typed = code().lower()
    assert send(as_trainee, f" {typed[:3]} {typed[3:]}").status_code == 303
    assert recorded() == [(room.trainees[0].id, "in")]


def test_the_other_code_is_for_those_who_leave(as_trainee, room, near, code):
    send(as_trainee, code())
    near.set("20:29")
    assert "I am leaving" in as_trainee.get(f"/check-in?code={code('out')}&way=out").text
    send(as_trainee, code("out"))
    assert [way for _, way in recorded()] == ["in", "out"]
    assert "You are checked out:" in as_trainee.get("/check-in").text


def test_somebody_who_comes_and_goes_says_so_each_time(as_trainee, near, code):
    for clock, way in (("17:28", "in"), ("18:40", "out"), ("19:00", "in"), ("20:30", "out")):
        near.set(clock)
        assert send(as_trainee, code(way)).status_code == 303
    assert [way for _, way in recorded()] == ["in", "out", "in", "out"]


def test_checking_in_again_changes_nothing_and_says_since_when(as_trainee, near, code):
    send(as_trainee, code())
    near.set("17:50")
    send(as_trainee, code())
    assert len(recorded()) == 1
    assert "recorded at 5:28" in as_trainee.get("/check-in").text


def test_the_form_sent_twice_has_one_effect(as_trainee, code):
    key = str(uuid.uuid4())
    for _ in range(2):
        assert send(as_trainee, code(), request_key=key).status_code == 303
    assert len(recorded()) == 1


def test_two_browsers_of_one_person_check_in_once(app, room, near):
    works = [lambda: make_check_in(db.session.get_one(TrainingSession, room.session.id), room.trainees[0])] * 3
    results = at_once(app, *works)
    assert len(recorded()) == 1, results


def test_a_whole_room_checks_in_at_the_same_moment(app, near):
    room = make_room(30)

    def checks_in(trainee):
        return lambda: make_check_in(db.session.get_one(TrainingSession, room.session.id), trainee)

    results = at_once(app, *map(checks_in, room.trainees))
    assert not [each for each in results if isinstance(each, Exception)]
    assert len({enrollment_id for enrollment_id, _ in recorded()}) == len(recorded()) == 30


def test_people_check_in_while_the_trainer_saves_marks(app, room, near):
    """In turn or at the same moment: nobody waits for ever for anybody."""

    def session():
        return db.session.get_one(TrainingSession, room.session.id)

    def marks():
        entries = [entry_for(session(), trainee, "absent") for trainee in room.trainees]
        return mark_attendance(room.trainer.id, room.session.id, entries).or_refuse()

    def checks_in(trainee):
        return lambda: make_check_in(session(), trainee)

    results = at_once(app, marks, *map(checks_in, room.trainees), marks)
    assert not [each for each in results if isinstance(each, Exception)]
    assert len(recorded()) == 3


@pytest.mark.parametrize(("seconds", "status"), [(0, 303), (29, 303), (59, 303), (60, 422), (600, 422)])
def test_a_code_runs_out(as_trainee, room, time, monkeypatch, seconds, status):
    shown_at = time.set("17:28")
    shown = shown_code(room.session, Direction.IN, shown_at)
    monkeypatch.setattr("advocates.clock.now", lambda: shown_at + timedelta(seconds=seconds))
    assert send(as_trainee, shown).status_code == status


@pytest.mark.parametrize(("minutes", "status"), [(5, 303), (6, 422)])
def test_whoever_opened_it_in_time_has_five_minutes_for_the_button(as_trainee, near, room, code, minutes, status):
    shown = code()
    opening = re.search(r'name="opening"[^>]* value="([^"]+)"', as_trainee.get(f"/check-in?code={shown}").text)[1]
    near.set(f"17:{28 + minutes}")
    assert send(as_trainee, shown, opening=opening).status_code == status


@pytest.mark.parametrize("forged", ["", "1", "1792448880.", "x.y", "9999999999999999.ab", "٣.ab", "-1.ab", "1\x00.a"])
def test_a_forged_opening_opens_nothing(as_trainee, near, code, forged):
    shown = code()
    near.set("17:32")
    assert send(as_trainee, shown, opening=forged).status_code == 422


def test_the_opening_of_somebody_else_is_no_use(app, as_trainee, room, near, code):
    shown = code()
    opening = re.search(r'name="opening"[^>]* value="([^"]+)"', as_trainee.get(f"/check-in?code={shown}").text)[1]
    near.set("17:32")
    other: StrictClient = app.test_client().sign_in(room.trainees[1].person_id)
    assert send(other, shown, opening=opening).status_code == 422
    assert send(as_trainee, shown, opening=opening).status_code == 303


def test_wrong_run_out_and_another_sessions_code_read_the_same(as_trainee, near, code):
    other = make_session(make_cohort())
    old = code()
    near.set("17:40")
    for given in (WRONG, old, code(session=other), "nothing like a code"):
        answer = send(as_trainee, given)
        assert answer.status_code == 422
        assert NOT_SHOWN in answer.text
        assert f'value="{given}"' in answer.text
    assert recorded() == []


def test_an_empty_field_is_asked_for(as_trainee):
    answer = send(as_trainee, "")
    assert answer.status_code == 422
    assert "Type the code that is shown in the room." in answer.text


def test_who_is_not_on_the_register_cannot_check_in(app, room, code):
    stranger = make_enrollment(make_cohort(), "Basil Thorne")
    client: StrictClient = app.test_client().sign_in(stranger.person_id)
    answer = send(client, code())
    assert answer.status_code == 422
    assert "No session of yours is near" in answer.text
    assert recorded() == []


@pytest.mark.parametrize(("clock", "status"), [("16:59", 422), ("17:00", 303), ("21:00", 303), ("21:01", 422)])
def test_far_from_the_session_nothing_is_taken(as_trainee, near, code, clock, status):
    near.set(clock)
    assert send(as_trainee, code()).status_code == status


def test_after_sign_off_nothing_is_taken(as_trainee, room, near, code):
    near.set("20:31")
    make_signed_off(room.session, room.trainer)
    assert send(as_trainee, code("out")).status_code == 422
    assert recorded() == []


def test_in_two_sessions_at_once_the_code_says_which(as_trainee, room, near, code):
    room_two = make_session(db.session.merge(room.cohort), starts="17:50")
    send(as_trainee, code(session=room_two))
    assert db.session.scalars(select(CheckIn.session_id)).all() == [room_two.id]


def test_guessing_is_slowed_down_for_a_person_and_not_for_the_room(app, as_trainee, room, code):
    for _ in range(10):
        send(as_trainee, WRONG)
    answer = send(as_trainee, code())
    assert answer.status_code == 422
    assert "Too many wrong codes" in answer.text
    other: StrictClient = app.test_client().sign_in(room.trainees[1].person_id)
    assert send(other, code()).status_code == 303


def test_a_page_that_is_only_opened_counts_nothing_and_tells_no_code_from_another(as_trainee, code):
    pages = [as_trainee.get(f"/check-in?code={given}") for given in [WRONG] * 12 + [code()]]
    assert {page.status_code for page in pages} == {200}
    assert all("I am here" in page.text and NOT_SHOWN not in page.text for page in pages)
    assert db.session.scalars(select(SignInFailure)).all() == []
    assert send(as_trainee, code()).status_code == 303


def test_whoever_guessed_too_often_is_told_when_they_scan(as_trainee, code):
    for _ in range(10):
        send(as_trainee, WRONG)
    answer = as_trainee.get(f"/check-in?code={code()}")
    assert answer.status_code == 422
    assert "Too many wrong codes" in answer.text


def test_an_address_with_no_code_in_it_asks_for_one(as_trainee):
    page = as_trainee.get("/check-in?code=nothing%00like")
    assert page.status_code == 200
    assert "Send the code" in page.text
    assert "nothing" not in page.text


def test_a_stranger_signs_in_and_comes_back_to_the_code(client, code):
    answer = client.get(f"/check-in?code={code()}")
    assert answer.status_code == 303
    assert answer.location == f"/sign-in?next=/check-in?code%3D{code()}"


@pytest.mark.parametrize("role", ["administrator", "trainer", "auditor"])
def test_only_trainees_check_in(app, role, near):
    client: StrictClient = app.test_client().sign_in(make_person("Odo Lantern", roles=[role]).id)
    assert client.get("/check-in").status_code == 403


def test_the_trail_holds_who_where_and_by_what_and_nothing_else(as_trainee, room, code):
    send(as_trainee, code())
    event = db.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert (event.action, event.actor_id) == ("check_in", room.trainees[0].person_id)
    assert '"means":"code"' in event.payload.replace(" ", "")
    assert code() not in event.payload
    columns = {column.name for column in CheckIn.__table__.columns}
    assert columns == {
        "id", "session_id", "enrollment_id", "direction", "means", "at", "client_key", "audit_seq", "row_sha256",
    }  # fmt: skip


def test_a_check_in_is_no_mark(as_trainee, app, room, code):
    send(as_trainee, code())
    trainer: StrictClient = app.test_client().sign_in(room.trainer.id)
    assert '<b data-count="none">3</b>' in trainer.get(room.address).text


def test_marks_of_the_person_do_not_stand_in_the_way(as_trainee, room, near, code):
    near.set("17:40")
    make_mark(room.session, room.trainees[0], room.trainer, "absent")
    assert send(as_trainee, code()).status_code == 303


# Sign-in; own sessions that are near, the register of each, everybody's check-ins; to write: throttle, lock of the
# session and the enrollment, the same key, check-ins again, audit head, and the rows.
@pytest.mark.parametrize("people", [1, 3, 30])
def test_the_number_of_statements_does_not_grow_with_the_room(app, near, people):
    room = make_room(people)
    client: StrictClient = app.test_client().sign_in(room.trainees[0].person_id)
    with statements() as shown:
        client.get("/check-in")
    with statements() as sent:
        assert send(client, shown_code(room.session, Direction.IN, near_now())).status_code == 303
    assert len(shown) <= 4
    assert len(sent) <= 16
