"""What people said of themselves becomes marks once the trainer confirms it."""

import re
import uuid

import pytest
from sqlalchemy import select

from advocates.attendance.models import AttendanceMark, MarkWay
from advocates.attendance.rules import Outcome
from advocates.check_in.rules import Means
from advocates.database import db
from advocates.hours.models import CreditEntry
from advocates.people.models import Person
from tests.budgets import statements
from tests.client import StrictClient
from tests.factories.attendance import make_mark, make_signed_off
from tests.factories.check_in import make_check_in
from tests.factories.cohorts import make_enrollment
from tests.factories.people import grant_role, make_person
from tests.room import make_room


@pytest.fixture
def address(room):
    return f"/sessions/{room.session.id}/check-ins"


def ticks(html, *trainees):
    """The fields of these people as the page shows them, ticked."""
    fields = dict(re.findall(r'<input type="hidden" name="([0-9a-f-]{36}-\w+)" value="([^"]*)"', html))
    wanted = {str(trainee.id) for trainee in trainees}
    return {name: value for name, value in fields.items() if name[:36] in wanted} | {
        f"{key}-confirm": "yes" for key in wanted
    }


def is_ticked(html, trainee):
    box = re.search(rf'<input[^>]*name="{trainee.id}-confirm"[^>]*>', html)
    return None if box is None else " checked" in box[0]


def marks():
    return db.session.scalars(select(AttendanceMark).order_by(AttendanceMark.recorded_at, AttendanceMark.version)).all()


def said(room, trainee, near, *texts):
    for text in texts:
        way, clock = text.split()
        near.set(clock)
        make_check_in(room.session, trainee, way)


def test_everybody_is_listed_with_what_they_said(as_trainer, room, near, address):
    first, second, third = room.trainees
    said(room, first, near, "in 17:28")
    said(room, second, near, "in 17:55", "out 20:05")
    near.set("20:30")
    html = as_trainer.get(address).text
    assert re.search(r"Checked <bdi>in 5:28\sPM by the code</bdi>", html)
    assert "no check-out, so until 8:30" in html
    assert re.search(r"Checked <bdi>in 5:55\sPM by the code, out 8:05\sPM by the code</bdi>", html)
    assert "Here, arrived 5:55 PM, left 8:05 PM" in html
    assert (is_ticked(html, first), is_ticked(html, second), is_ticked(html, third)) == (True, True, None)
    assert "No check-in" in html


def test_confirming_makes_marks_by_check_in(as_trainer, room, near, address):
    first, second, _ = room.trainees
    said(room, first, near, "in 17:28")
    said(room, second, near, "in 17:55", "out 18:40", "in 19:00", "out 20:05")
    near.set("20:31")
    answer = as_trainer.post_form(address, ticks(as_trainer.get(address).text, first, second))
    assert (answer.status_code, answer.location) == (303, address)
    assert [(m.outcome, m.way, m.recorded_by) for m in marks()] == [
        (Outcome.PRESENT, MarkWay.CHECK_IN, room.trainer.id)
    ] * 2
    spans = {m.enrollment_id: re.findall(r"T(\d\d:\d\d)Z", m.intervals) for m in marks()}
    assert spans[first.id] == ["01:30", "22:30"]
    assert spans[second.id] == ["23:40", "22:55", "01:05", "00:00"]
    html = as_trainer.get(address).text
    assert "2 marks are confirmed." in html
    assert is_ticked(html, first) is None
    assert "arrived 5:55 PM, out 6:40 PM to 7:00 PM, left 8:05 PM" in as_trainer.get(room.address).text


def test_a_mark_earns_nothing_before_the_sign_off(as_trainer, room, near, address):
    said(room, room.trainees[0], near, "in 17:28")
    near.set("20:31")
    as_trainer.post_form(address, ticks(as_trainer.get(address).text, room.trainees[0]))
    assert db.session.scalars(select(CreditEntry)).all() == []
    make_signed_off(room.session, room.trainer, absent=room.trainees[1:])
    assert {e.enrollment_id for e in db.session.scalars(select(CreditEntry))} == {room.trainees[0].id}


def test_only_who_is_ticked_is_marked(as_trainer, room, near, address):
    for trainee in room.trainees:
        said(room, trainee, near, "in 17:28")
    fields = ticks(as_trainer.get(address).text, *room.trainees)
    del fields[f"{room.trainees[1].id}-confirm"]
    as_trainer.post_form(address, fields)
    assert {m.enrollment_id for m in marks()} == {room.trainees[0].id, room.trainees[2].id}


def test_who_is_marked_otherwise_is_shown_with_both_and_kept_unless_ticked(as_trainer, room, near, address):
    first, second, _ = room.trainees
    for trainee in (first, second):
        said(room, trainee, near, "in 17:28")
    make_mark(room.session, first, room.trainer, "absent")
    near.set("20:31")
    html = as_trainer.get(address).text
    assert (is_ticked(html, first), is_ticked(html, second)) == (False, True)
    assert "Not here" in html
    assert "Ticking replaces: Not here" in html
    as_trainer.post_form(address, ticks(html, second))
    assert [m.outcome for m in marks() if m.enrollment_id == first.id] == [Outcome.ABSENT]
    as_trainer.post_form(address, ticks(as_trainer.get(address).text, first))
    assert [m.outcome for m in marks() if m.enrollment_id == first.id] == [Outcome.ABSENT, Outcome.PRESENT]


def test_who_is_marked_so_already_has_nothing_to_confirm(as_trainer, room, near, address):
    said(room, room.trainees[0], near, "in 17:28")
    make_mark(room.session, room.trainees[0], room.trainer)
    html = as_trainer.get(address).text
    assert is_ticked(html, room.trainees[0]) is None
    assert "Nothing to confirm" in html


def test_a_check_out_without_a_check_in_is_not_ticked_beforehand(as_trainer, room, near, address):
    said(room, room.trainees[0], near, "out 18:00", "in 18:10")
    said(room, room.trainees[1], near, "out 18:00")
    html = as_trainer.get(address).text
    assert is_ticked(html, room.trainees[0]) is False
    assert "a check-out without a check-in" in html
    assert is_ticked(html, room.trainees[1]) is None


def test_who_has_not_checked_out_is_ticked_beforehand_once_the_session_is_over(as_trainer, room, near, address):
    first, second, _ = room.trainees
    said(room, first, near, "in 17:28")
    said(room, second, near, "in 17:28", "out 20:05")
    near.set("20:29")
    html = as_trainer.get(address).text
    assert (is_ticked(html, first), is_ticked(html, second)) == (False, True)
    assert "ticked once the session is over" in html
    near.set("20:30")
    html = as_trainer.get(address).text
    assert is_ticked(html, first) is True
    assert "ticked once the session is over" not in html


def test_who_forgot_to_go_in_the_break_and_is_taken_as_coming_at_the_end_is_looked_at(as_trainer, room, near, address):
    said(room, room.trainees[0], near, "in 17:28", "out 18:40", "in 20:32")
    html = as_trainer.get(address).text
    assert is_ticked(html, room.trainees[0]) is False
    assert "last seen coming in after the end" in html


def test_the_list_says_how_somebody_checked_in(as_trainer, room, near, address):
    make_check_in(room.session, room.trainees[0])
    near.set("18:40")
    make_check_in(room.session, room.trainees[0], "out", Means.KIOSK)
    said_so = r"Checked <bdi>in 5:28\sPM by the code, out 6:40\sPM at the tablet</bdi>"
    assert re.search(said_so, as_trainer.get(address).text)


def pages_before_sign_off(client, room):
    return client.get(room.address).text, client.get(f"/sessions/{room.session.id}/sign-off").text


def test_who_goes_after_their_mark_was_confirmed_is_told_before_the_sign_off(as_trainer, room, near, address):
    first, second, _ = room.trainees
    said(room, first, near, "in 17:28")
    said(room, second, near, "in 17:28")
    near.set("17:40")
    as_trainer.post_form(address, ticks(as_trainer.get(address).text, first, second))
    for html in pages_before_sign_off(as_trainer, room):
        assert "differ from the register" not in html
    said(room, first, near, "out 18:00")
    near.set("20:31")
    for html in pages_before_sign_off(as_trainer, room):
        assert "The check-ins of 1 person differ from the register." in html
        assert f'href="{address}"' in html
    as_trainer.post_form(address, ticks(as_trainer.get(address).text, first))
    for html in pages_before_sign_off(as_trainer, room):
        assert "differ from the register" not in html


@pytest.mark.parametrize(("outcome", "differs"), [("present", True), ("absent", False)])
def test_who_only_checked_out_and_is_recorded_as_here_is_told(as_trainer, room, near, address, outcome, differs):
    said(room, room.trainees[0], near, "out 18:00")
    make_mark(room.session, room.trainees[0], room.trainer, outcome)
    near.set("20:31")
    for html in pages_before_sign_off(as_trainer, room):
        assert ("differ from the register" in html) is differs
    assert ("differs from the register" in as_trainer.get(address).text) is differs


def test_a_mark_made_meanwhile_is_a_conflict_and_the_others_are_confirmed(as_trainer, room, near, address):
    first, second, _ = room.trainees
    for trainee in (first, second):
        said(room, trainee, near, "in 17:28")
    fields = ticks(as_trainer.get(address).text, first, second)
    make_mark(room.session, first, room.trainer, "absent")
    answer = as_trainer.post_form(address, fields)
    assert answer.status_code == 409
    assert "Recorded otherwise in the meantime" in answer.text
    assert is_ticked(answer.text, first) is False
    assert {m.enrollment_id: m.outcome for m in marks()} == {first.id: Outcome.ABSENT, second.id: Outcome.PRESENT}
    assert as_trainer.post_form(address, ticks(answer.text, first)).status_code == 303
    assert marks()[-1].outcome is Outcome.PRESENT


def test_who_left_meanwhile_is_looked_at_again(as_trainer, room, near, address):
    first, second, _ = room.trainees
    for trainee in (first, second):
        said(room, trainee, near, "in 17:28")
    fields = ticks(as_trainer.get(address).text, first, second)
    said(room, first, near, "out 18:00")
    answer = as_trainer.post_form(address, fields)
    assert answer.status_code == 409
    assert "Checked in or out in the meantime" in answer.text
    assert "Here, left 6:00 PM" in answer.text
    assert [m.enrollment_id for m in marks()] == [second.id]


def test_one_who_is_present_elsewhere_is_refused_and_the_others_are_confirmed(as_trainer, room, near, address):
    first, second, _ = room.trainees
    other = make_room(0)
    twin = make_enrollment(other.cohort, person=db.session.get_one(Person, first.person_id))
    for trainee in (first, second):
        said(room, trainee, near, "in 17:28")
    near.set("17:40")
    make_mark(other.session, twin, other.trainer)
    answer = as_trainer.post_form(address, ticks(as_trainer.get(address).text, first, second))
    assert answer.status_code == 409
    assert "They are marked present in" in answer.text
    assert {m.enrollment_id for m in marks()} == {twin.id, second.id}


def test_the_form_sent_twice_has_one_effect(as_trainer, room, near, address):
    said(room, room.trainees[0], near, "in 17:28")
    fields = ticks(as_trainer.get(address).text, room.trainees[0]) | {"request_key": str(uuid.uuid4())}
    for _ in range(2):
        assert as_trainer.post_form(address, fields).status_code == 303
    assert as_trainer.post_form(address, fields | {"request_key": str(uuid.uuid4())}).status_code == 303
    assert len(marks()) == 1


def test_without_a_tick_nothing_happens(as_trainer, room, near, address):
    said(room, room.trainees[0], near, "in 17:28")
    answer = as_trainer.post_form(address)
    assert answer.status_code == 422
    assert "Nobody is ticked" in answer.text
    assert marks() == []


@pytest.mark.parametrize("value", ["", "x", "-1", "٣", "9999999999", "1\x00"])
def test_garbled_fields_change_nothing(as_trainer, room, near, address, value):
    said(room, room.trainees[0], near, "in 17:28")
    key = room.trainees[0].id
    fields = {f"{key}-{name}": value for name in ("version", "seen", "client_key", "confirm")}
    assert as_trainer.post_form(address, fields).status_code == 409
    assert marks() == []


def test_times_in_the_form_are_not_believed(as_trainer, room, near, address):
    said(room, room.trainees[0], near, "in 18:00")
    near.set("20:31")
    forged = {f"{room.trainees[0].id}-arrived": "", f"{room.trainees[0].id}-outcome": "present"}
    as_trainer.post_form(address, ticks(as_trainer.get(address).text, room.trainees[0]) | forged)
    assert re.findall(r"T(\d\d:\d\d)Z", marks()[0].intervals) == ["01:30", "23:00"]


def test_after_sign_off_it_is_there_to_read(as_trainer, room, near, address):
    said(room, room.trainees[0], near, "in 17:28")
    near.set("20:31")
    fields = ticks(as_trainer.get(address).text, room.trainees[0])
    make_signed_off(room.session, room.trainer, absent=[room.trainees[0]])
    html = as_trainer.get(address).text
    assert "This session is signed off." in html
    assert is_ticked(html, room.trainees[0]) is None
    assert re.search(r"Checked <bdi>in 5:28\sPM", html)
    assert as_trainer.post_form(address, fields).status_code == 409
    assert [m.outcome for m in marks() if m.enrollment_id == room.trainees[0].id] == [Outcome.ABSENT]


def test_nobody_confirms_their_own(app, room, near, address):
    trainee = make_person("Rosa Ebel", roles=["trainee"])
    grant_role(trainee, "trainer", room.cohort.id)
    own = make_enrollment(db.session.merge(room.cohort), person=trainee)
    said(room, own, near, "in 17:28")
    client: StrictClient = app.test_client().sign_in(trainee.id)
    html = client.get(address).text
    assert is_ticked(html, own) is None
    assert "you: somebody else confirms it" in html
    fields = {f"{own.id}-confirm": "yes", f"{own.id}-seen": "1", f"{own.id}-version": "0"}
    assert client.post_form(address, fields).status_code == 409
    assert marks() == []


def test_a_stranger_and_a_trainer_of_another_cohort_are_refused(client, app, room, near, address):
    assert client.get(address).status_code == 303
    other: StrictClient = app.test_client().sign_in(make_person("Odo Lantern", roles=["trainer"]).id)
    assert other.get(address).status_code == 404
    assert other.post_form(address).status_code == 404


def test_trainees_and_auditors_are_refused(app, as_trainee, room, address):
    assert as_trainee.get(address).status_code == 403
    auditor: StrictClient = app.test_client()
    auditor.sign_in(make_person("Sunniva Castellane", roles=["auditor"], cohort_id=room.cohort.id).id)
    assert auditor.get(address).status_code == 403


# To show: sign-in, session, roster, marks, check-ins, kiosks. To confirm: sign-in, the key, session, roster for the
# ticks; the register and the check-ins again; then what marking costs, the form's key.
@pytest.mark.parametrize("people", [1, 3, 30])
def test_statements(app, near, people):
    room = make_room(people)
    for trainee in room.trainees:
        make_check_in(room.session, trainee)
    client: StrictClient = app.test_client().sign_in(room.trainer.id)
    address = f"/sessions/{room.session.id}/check-ins"
    with statements() as shown:
        html = client.get(address).text
    with statements() as sent:
        assert client.post_form(address, ticks(html, *room.trainees)).status_code == 303
    assert len(shown) <= 6
    assert len(sent) <= 16
    assert len(marks()) == people
