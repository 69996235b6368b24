"""Saving the register mark by mark: each has its own end, and none is done twice or overwritten unseen."""

import uuid
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from advocates.attendance.models import AttendanceMark, MarkWay
from advocates.database import db
from tests.budgets import statements
from tests.factories.attendance import make_mark, make_signed_off
from tests.factories.cohorts import make_enrollment
from tests.factories.people import make_person
from tests.room import make_room


class Script:
    """The register's script, signed in as somebody."""

    def __init__(self, client, room, by):
        self.client, self.by = client, by
        self.address = f"/sessions/{room.session.id}/marks"
        self.token = client.get(self.address).json["form_token"]

    def send(self, *marks, **body):
        sent = {"by": str(self.by), "marks": list(marks), **body}
        headers = {"X-Form-Token": self.token, "Accept": "application/json"}
        return self.client.post(self.address, json=sent, headers=headers)

    def results(self, *marks):
        answer = self.send(*marks)
        assert answer.status_code == 200, answer.text
        return answer.json["results"]


@pytest.fixture
def script(room, sign_in):
    return Script(sign_in(room.trainer.id), room, room.trainer.id)


def mark_of(trainee, version=0, outcome="present", **more):
    fields = {"arrived": "", "left": "", "absences": [], "mode": None, "device_at": None, "way": "register"}
    ids = {"client_key": str(uuid.uuid4()), "enrollment_id": str(trainee.id)}
    return {**fields, **ids, "base_version": version, "outcome": outcome, **more}


def stored_of(trainee):
    db.session.expire_all()
    wanted = select(AttendanceMark).filter_by(enrollment_id=trainee.id).order_by(AttendanceMark.version)
    return db.session.scalars(wanted).all()


def test_saves_a_mark_and_answers_what_stands_now(room, script):
    trainee = room.trainees[0]
    sent = mark_of(trainee, arrived="5:55", absences=[["6:40 pm", "7:00 pm"], ["", ""]])
    (result,) = script.results(sent)
    assert (result["state"], result["field"], result["message"]) == ("saved", None, None)
    assert result["client_key"] == sent["client_key"]
    assert result["mark"]["version"] == 1
    assert result["mark"]["arrived"] == "5:55 PM"
    assert result["mark"]["absences"] == [["6:40 PM", "7:00 PM"]]
    assert result["mark"]["note"].startswith("2 h 10 min awaiting confirmation")
    assert result["mark"]["recorded_by"] == "Bertil Oakes"
    assert [mark.way for mark in stored_of(trainee)] == [MarkWay.REGISTER]


def test_keeps_the_phones_time_beside_its_own(room, script):
    trainee = room.trainees[0]
    script.results(mark_of(trainee, way="offline", device_at="2026-10-20T22:31:05.250Z"))
    (mark,) = stored_of(trainee)
    assert mark.way is MarkWay.OFFLINE
    assert mark.device_at == datetime(2026, 10, 20, 22, 31, 5, tzinfo=UTC)
    assert mark.recorded_at == datetime(2026, 10, 21, 1, 31, tzinfo=UTC)


def test_sent_again_it_is_done_once(room, script):
    sent = mark_of(room.trainees[0])
    assert [script.results(sent)[0]["state"] for _ in range(3)] == ["saved", "unchanged", "unchanged"]
    assert len(stored_of(room.trainees[0])) == 1


def test_sent_again_after_somebody_changed_it_it_is_still_done_once(room, script):
    sent = mark_of(room.trainees[0])
    script.results(sent)
    make_mark(room.session, room.trainees[0], make_person("Corin Vale"), "absent")
    (result,) = script.results(sent)
    assert result["state"] == "unchanged"
    assert result["mark"]["outcome"] == "absent"
    assert len(stored_of(room.trainees[0])) == 2


def test_two_trainers_and_one_person_give_the_second_both_versions(room, script):
    _, theirs, mine = room.trainees
    make_mark(room.session, theirs, make_person("Corin Vale"), "absent")
    disputed, merged = script.results(mark_of(theirs), mark_of(mine))
    assert (disputed["state"], merged["state"]) == ("conflict", "saved")
    assert disputed["mark"]["said"] == "Not here"
    assert disputed["mark"]["recorded_by"] == "Corin Vale"
    assert len(stored_of(theirs)) == 1
    # Choosing one's own is a mark made from the version that was shown.
    (decided,) = script.results(mark_of(theirs, version=disputed["mark"]["version"]))
    assert decided["state"] == "saved"
    assert [mark.outcome for mark in stored_of(theirs)] == ["absent", "present"]


def test_everyone_is_here_gives_way_to_what_was_recorded_meanwhile(room, script):
    marked, unmarked, _ = room.trainees
    make_mark(room.session, marked, make_person("Corin Vale"), "absent")
    first, second = script.results(
        mark_of(marked, fills_unmarked=True, arrived=""), mark_of(unmarked, fills_unmarked=True)
    )
    assert (first["state"], first["mark"]["outcome"]) == ("unchanged", "absent")
    assert (second["state"], second["mark"]["note"]) == ("saved", "2 h 50 min awaiting confirmation")


def test_a_mark_that_cannot_be_does_not_keep_back_the_others(room, script):
    bad, good, _ = room.trainees
    refused, saved = script.results(mark_of(bad, arrived="9:99"), mark_of(good))
    assert (refused["state"], refused["field"]) == ("refused", "arrived")
    assert refused["message"] == "9:99 is not a time. Type it like 5:55 pm or 17:55."
    assert refused["mark"]["version"] == 0
    assert saved["state"] == "saved"
    assert stored_of(bad) == []


def test_somebody_who_left_the_register_is_said(room, script):
    elsewhere = make_room(1).trainees[0]
    stray, saved = script.results(mark_of(elsewhere), mark_of(room.trainees[0]))
    assert (stray["state"], stray["mark"]) == ("refused", None)
    assert stray["message"] == "This person is no longer on the register."
    assert saved["state"] == "saved"
    assert stored_of(elsewhere) == []


def test_nobody_records_themself(room, sign_in):
    own = Script(sign_in(room.trainer.id), room, room.trainer.id)
    trainee = make_enrollment(room.cohort, person=room.trainer)
    (result,) = own.results(mark_of(trainee))
    assert result["state"] == "refused"
    assert stored_of(trainee) == []


def test_marks_that_somebody_else_recorded_are_not_taken(room, script):
    answer = script.send(mark_of(room.trainees[0]), by=str(make_person("Corin Vale").id))
    assert answer.status_code == 403
    assert answer.json == {
        "message": "Somebody else recorded these marks: they wait until that person signs in.",
    }
    assert stored_of(room.trainees[0]) == []


def test_a_closed_register_takes_no_marks_and_says_why(room, script):
    make_signed_off(room.session, room.trainer)
    answer = script.send(mark_of(room.trainees[0], version=1, outcome="absent"))
    assert answer.status_code == 409
    assert answer.json["message"].startswith("This session was signed off in the meantime.")
    assert answer.json["is_open"] is False


def test_sent_again_after_the_sign_off_it_was_done_before(room, script):
    """The reply was lost, a colleague signed off, and the phone sends it once more."""
    sent = mark_of(room.trainees[0])
    script.results(sent)
    make_signed_off(room.session, room.trainer)
    (result,) = script.results(sent)
    assert result["state"] == "unchanged"
    assert result["mark"]["note"] == "2 h 50 min"
    assert script.send(sent, mark_of(room.trainees[1], outcome="absent")).status_code == 409


def test_sent_again_after_a_class_that_ran_over_it_was_done_before(room, script, time):
    """The same row would read longer now, as the class was."""
    sent = mark_of(room.trainees[0])
    script.results(sent)
    time.set("21:40")
    make_signed_off(room.session, room.trainer, ended="9:00 pm")
    assert script.results(sent)[0]["state"] == "unchanged"


@pytest.mark.parametrize(
    "change",
    [
        {"base_version": "1"},
        {"base_version": -1},
        {"client_key": "x"},
        {"enrollment_id": None},
        {"outcome": "ill"},
        {"arrived": 555},
        {"absences": [["6:40 pm"]]},
        {"absences": [["1", "2"]] * 21},
        {"device_at": "2026-10-20T22:31:05"},
        {"device_at": "yesterday"},
        {"mode": "by post"},
    ],
    ids=lambda change: "-".join(change),
)
def test_what_cannot_be_read_changes_nothing(room, script, change):
    answer = script.send(mark_of(room.trainees[1]), {**mark_of(room.trainees[0]), **change})
    assert answer.status_code == 400
    assert answer.json == {"message": "These marks cannot be read. Reload the register and record them again."}
    assert stored_of(room.trainees[1]) == []


@pytest.mark.parametrize("body", [None, [], {"marks": None}, {"marks": [1]}, {"by": "x", "marks": []}])
def test_a_body_of_another_shape_is_refused(room, script, body):
    headers = {"X-Form-Token": script.token, "Accept": "application/json"}
    assert script.client.post(script.address, json=body, headers=headers).status_code == 400


def test_nobody_is_there_twice_and_no_more_than_a_hundred(room, script):
    twice = [mark_of(room.trainees[0]), mark_of(room.trainees[0], outcome="absent")]
    assert script.send(*twice).status_code == 400
    assert stored_of(room.trainees[0]) == []


def test_one_key_is_of_one_mark(room, script):
    one, other = mark_of(room.trainees[0]), mark_of(room.trainees[1])
    assert script.send(one, {**other, "client_key": one["client_key"]}).status_code == 400
    assert stored_of(room.trainees[0]) == []


def test_a_body_without_end_is_refused(room, script):
    headers = {"X-Form-Token": script.token, "Accept": "application/json", "Content-Type": "application/json"}
    assert script.client.post(script.address, data="[" * 100_000, headers=headers).status_code == 400


def test_a_clock_out_of_all_reason_is_left_out(room, script):
    script.results(mark_of(room.trainees[0], device_at="1970-01-01T00:00:00Z"))
    assert stored_of(room.trainees[0])[0].device_at is None


def test_a_form_that_is_not_ours_is_refused(room, script):
    script.token = "0" * 64
    answer = script.send(mark_of(room.trainees[0]))
    assert answer.status_code == 400
    assert "no longer valid" in answer.json["message"]
    assert stored_of(room.trainees[0]) == []


def test_only_those_who_take_attendance_here(room, sign_in, script):
    stranger = make_person("Aurel Tamm", roles=["trainer"])
    db.session.commit()
    for person_id, status in ((stranger.id, 404), (room.trainees[0].person_id, 403)):
        client = sign_in(person_id)
        answer = client.post_form(script.address, {})
        assert answer.status_code == status


@pytest.mark.parametrize("people", [1, 3, 30])
def test_one_mark_and_thirty_cost_eight_statements(time, sign_in, people):
    time.set("20:31")
    room = make_room(people)
    script = Script(sign_in(room.trainer.id), room, room.trainer.id)
    # sign-in; session (locked); people (locked), marks here and elsewhere; head of the chain, marks, head, event;
    # what the session teaches
    with statements() as sent:
        script.results(*(mark_of(trainee, arrived="5:55") for trainee in room.trainees))
    assert len(sent) == 1 + 8, sent
    with statements() as sent:
        script.results(mark_of(room.trainees[0], version=1, outcome="absent"))
    assert len(sent) == 1 + 8, sent
