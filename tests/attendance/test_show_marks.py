"""The register as its script reads it: who is recorded how, a fresh form token, and the counts."""

from advocates.database import db
from tests.budgets import statements
from tests.factories.attendance import make_mark, make_signed_off
from tests.factories.people import make_person


def address(room):
    return f"/sessions/{room.session.id}/marks"


def test_shows_every_mark_as_its_fields_and_in_words(room, sign_in):
    here, gone, unmarked = room.trainees
    make_mark(room.session, here, room.trainer, arrived="5:55 pm")
    make_mark(room.session, gone, room.trainer, "absent")
    shown = sign_in(room.trainer.id).get(address(room)).json
    assert shown["by"] == str(room.trainer.id)
    assert shown["is_open"] is True
    assert shown["counts"] == {"present": 1, "absent": 1, "not_established": 0, "none": 1}
    mark = shown["marks"][str(here.id)]
    assert mark["version"] == 1
    assert (mark["outcome"], mark["arrived"], mark["left"], mark["absences"]) == ("present", "5:55 PM", "", [])
    assert mark["said"] == "Here, arrived 5:55 PM"
    assert mark["note"] == "2 h 25 min awaiting confirmation · arrived 5:55 PM"
    assert sorted(mark["minutes"].values()) == [60, 85]
    assert mark["recorded_by"] == "Bertil Oakes"
    assert shown["marks"][str(gone.id)]["note"] == "Not here"
    assert shown["marks"][str(unmarked.id)] == {
        "version": 0,
        "outcome": None,
        "arrived": "",
        "left": "",
        "absences": [],
        "mode": None,
        "said": "",
        "note": "",
        "minutes": {},
        "recorded_by": None,
    }


def test_its_token_sends_marks(room, sign_in):
    client = sign_in(room.trainer.id)
    token = client.get(address(room)).json["form_token"]
    sent = client.post(address(room), json={"by": str(room.trainer.id), "marks": []}, headers={"X-Form-Token": token})
    assert sent.json == {"results": []}


def test_says_that_a_signed_off_register_is_closed(room, sign_in):
    make_signed_off(room.session, room.trainer)
    assert sign_in(room.trainer.id).get(address(room)).json["is_open"] is False


def test_only_for_those_who_take_attendance_here(app, room, sign_in):
    stranger = make_person("Aurel Tamm", roles=["trainer"], cohort_id=None)
    db.session.commit()
    assert sign_in(stranger.id).get(address(room)).status_code == 404
    trainee = room.trainees[0].person_id
    assert sign_in(trainee).get(address(room)).status_code == 403


def test_somebody_signed_out_gets_a_sentence(app, room):
    answer = app.test_client().get(address(room), headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json == {
        "message": "You were signed out in the meantime. Sign in, then send it again: nothing was changed."
    }


def test_costs_four_statements(room, sign_in):
    client = sign_in(room.trainer.id)
    with statements() as sent:
        client.get(address(room))
    # sign-in; session, roster, marks, what the session teaches
    assert len(sent) == 1 + 4, sent
