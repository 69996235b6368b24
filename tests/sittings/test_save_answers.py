"""Answers as the script saves them."""

import uuid

import pytest

from tests.budgets import statements


@pytest.fixture
def address(sitting):
    return f"/sittings/{sitting.id}/answers"


def body(trainee, position=1, base=0, **fields):
    fields = fields or {"q1-choice": ["0"]}
    answer = {"position": position, "client_key": str(uuid.uuid4()), "base": base, "fields": fields, "follows": []}
    return {"by": str(trainee.person_id), "answers": [answer | {"device_at": "2031-01-01T00:00:00Z"}]}


def send(client, address, sent):
    token = client.get(address).json["form_token"]
    return client.post(address, json=sent, headers={"X-Form-Token": token, "Accept": "application/json"})


def test_it_saves_and_says_so_again(as_trainee, room, address):
    sent = body(room.trainees[0])
    for _ in range(2):
        answer = send(as_trainee, address, sent)
        assert answer.status_code == 200
        assert answer.json["results"][0]["state"] == "saved"
        assert answer.json["results"][0]["version"] == 1
    assert 3590 < answer.json["seconds_left"] <= 3600


def test_what_came_too_late_is_said(as_trainee, room, address, time):
    time.set("21:33")
    answer = send(as_trainee, address, body(room.trainees[0]))
    assert answer.status_code == 409
    assert answer.json["is_over"]
    assert "too late" in answer.json["message"]


def test_what_is_not_asked_is_refused_beside_the_others(as_trainee, room, address):
    sent = body(room.trainees[0])
    sent["answers"] += body(room.trainees[0], 40)["answers"]
    states = [each["state"] for each in send(as_trainee, address, sent).json["results"]]
    assert states == ["saved", "refused"]


@pytest.mark.parametrize("sent", [None, [], {"by": "x"}, {"by": str(uuid.uuid4()), "answers": [{}]}])
def test_what_no_page_sends_is_refused(as_trainee, address, sent):
    assert send(as_trainee, address, sent).status_code == 400


def test_somebody_elses_answers_are_refused(client, as_trainee, as_other, as_trainer, room, address):
    assert send(as_trainee, address, body(room.trainees[1])).status_code == 403
    assert as_other.get(address).status_code == 404
    assert as_trainer.get(address).status_code == 403
    assert client.get(address).status_code == 303
    assert as_trainee.delete(address).status_code == 405


# Sign-in; the sitting; its questions; their answers; the head of the trail, its row, the event, the answers.
def test_statements(as_trainee, room, address):
    sent = body(room.trainees[0])
    token = as_trainee.get(address).json["form_token"]
    with statements() as counted:
        as_trainee.post(address, json=sent, headers={"X-Form-Token": token})
    assert len(counted) <= 8, counted
