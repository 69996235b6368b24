"""A paper sheet typed in later: who typed, who witnessed, and never half of it."""

import dataclasses
import io
import json
import uuid
from datetime import date

import pytest
from sqlalchemy import func, select

from advocates.attendance.models import AttendanceMark, MarkWay, PaperSheet
from advocates.attendance.rules import Outcome
from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.files.models import StoredFile
from tests.budgets import statements
from tests.factories.attendance import make_mark, make_signed_off
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.materials import PDF
from tests.factories.people import make_person
from tests.room import make_room


@pytest.fixture
def address(room):
    return f"/sessions/{room.session.id}/paper"


@pytest.fixture
def witness(room):
    return make_person("Imara Osei", roles=["trainer"], cohort_id=room.cohort.id)


def marks(trainee):
    query = select(AttendanceMark).filter_by(enrollment_id=trainee.id).order_by(AttendanceMark.version)
    return db.session.scalars(query).all()


def count_marks():
    return db.session.scalar(select(func.count()).select_from(AttendanceMark))


def presence(mark):
    return [(each["start"][11:16], each["end"][11:16]) for each in json.loads(mark.intervals)]


def test_times_become_marks_with_typist_and_witness(as_trainer, room, address, witness):
    late, here, absent = room.trainees
    fields = room.row(late, arrived="5:55", left="8:20 pm") | room.row(here, outcome="present")
    fields |= room.row(absent, outcome="absent") | {"witness_id": witness.id}
    response = as_trainer.post_form(address, fields)
    assert (response.status_code, response.location) == (303, room.address)
    assert presence(marks(late)[0]) == [("22:55", "01:20")]
    assert presence(marks(here)[0]) == [("22:30", "01:30")]
    assert marks(absent)[0].outcome is Outcome.ABSENT
    for trainee in room.trainees:
        mark = marks(trainee)[0]
        assert (mark.way, mark.recorded_by, mark.witnessed_by) == (MarkWay.PAPER, room.trainer.id, witness.id)


def test_two_pairs_of_times_become_one_presence_with_an_absence(as_trainer, room, address, witness):
    one, two, _ = room.trainees
    fields = room.row(one, arrived="5:55", absences_0_out="6:40", absences_0_back="7:00", left="8:20 pm")
    fields |= room.row(two, absences_0_out="8:00 pm")
    assert as_trainer.post_form(address, fields | {"witness_id": witness.id}).status_code == 303
    assert presence(marks(one)[0]) == [("22:55", "23:40"), ("00:00", "01:20")]
    assert presence(marks(two)[0]) == [("22:30", "01:00")]


def test_could_not_be_established_is_a_mark_and_an_empty_row_is_none(as_trainer, room, address, witness):
    one, two, _ = room.trainees
    fields = room.row(one, outcome="not_established") | room.row(two, arrived="", left="", outcome="")
    as_trainer.post_form(address, fields | {"witness_id": witness.id})
    assert marks(one)[0].outcome is Outcome.NOT_ESTABLISHED
    assert marks(two) == []


def test_an_empty_row_leaves_what_the_register_says(as_trainer, room, address, witness):
    one, two, _ = room.trainees
    make_mark(room.session, one, room.trainer, arrived="5:55")
    assert "arrived 5:55 PM" in as_trainer.get(address).text
    fields = room.row(one, version=1, arrived="", left="", outcome="") | room.row(two, outcome="present")
    as_trainer.post_form(address, fields | {"witness_id": witness.id})
    assert [mark.version for mark in marks(one)] == [1]


def test_the_sheet_replaces_what_was_recorded(as_trainer, room, address, witness):
    one = room.trainees[0]
    make_mark(room.session, one, room.trainer, "absent")
    as_trainer.post_form(address, room.row(one, version=1, arrived="6:00") | {"witness_id": witness.id})
    assert [mark.outcome.value for mark in marks(one)] == ["absent", "present"]


def test_errors_stand_at_each_person_and_nothing_is_half_saved(as_trainer, room, address, witness):
    one, two, three = room.trainees
    fields = room.row(one, arrived="4:10 pm") | room.row(two, arrived="8:00", left="7:00")
    fields |= room.row(three, outcome="present") | {"witness_id": witness.id}
    response = as_trainer.post_form(address, fields)
    assert response.status_code == 422
    assert "4:10 PM is outside the session" in response.text
    assert "The departure must be later than the arrival" in response.text
    assert 'value="4:10 pm"' in response.text
    assert f'<option value="{witness.id}" selected>' in response.text
    assert count_marks() == 0


@pytest.mark.parametrize("who", ["none", "unknown", "typist", "trainer elsewhere", "trainee", "nonsense"])
def test_the_witness_is_another_trainer_of_the_cohort_or_an_administrator(as_trainer, room, address, witness, who):
    chosen = {
        "none": "",
        "unknown": uuid.uuid4(),
        "typist": room.trainer.id,
        "trainer elsewhere": make_person("Odile Brandt", roles=["trainer"], cohort_id=make_cohort().id).id,
        "trainee": room.trainees[0].person_id,
        "nonsense": "x",
    }[who]
    response = as_trainer.post_form(address, room.row(room.trainees[0], arrived="5:55") | {"witness_id": chosen})
    assert response.status_code == 422
    assert "Choose somebody on the list" in response.text
    assert 'value="5:55"' in response.text
    assert count_marks() == 0


def test_an_administrator_may_witness_but_nobody_on_the_register(as_trainer, room, address, administrator):
    make_enrollment(room.cohort, person=make_person("Imara Osei", roles=["trainer"], cohort_id=room.cohort.id))
    page = as_trainer.get(address).text
    assert "Imara Osei</option>" not in page
    fields = room.row(room.trainees[0], outcome="present") | {"witness_id": administrator.id}
    assert as_trainer.post_form(address, fields).status_code == 303


def test_without_any_witness_the_page_says_so(as_trainer, room, address):
    assert "needs a witness besides you" in as_trainer.get(address).text


def test_who_was_marked_meanwhile_comes_back_and_nothing_is_saved(as_trainer, room, address, witness):
    one, two, _ = room.trainees
    make_mark(room.session, one, witness, "absent")
    fields = room.row(one, arrived="5:55") | room.row(two, outcome="present") | {"witness_id": witness.id}
    response = as_trainer.post_form(address, fields)
    assert response.status_code == 409
    assert "by Imara Osei" in response.text
    assert 'value="5:55"' in response.text
    assert f'name="{one.id}-version" value="1"' in response.text
    assert count_marks() == 1


def test_nobody_types_their_own_line(room, address, witness, app):
    own = make_enrollment(room.cohort, person=witness)
    client = app.test_client().sign_in(witness.id)
    fields = room.row(own, outcome="present") | {"witness_id": room.trainer.id}
    response = client.post_form(address, fields)
    assert response.status_code == 422
    assert "Nobody records their own attendance" in response.text
    assert count_marks() == 0


def test_an_empty_sheet_and_an_unknown_person_are_refused(as_trainer, address, witness, room):
    response = as_trainer.post_form(address, {"witness_id": witness.id})
    assert response.status_code == 422
    assert "nothing new to save" in response.text
    fields = {f"{uuid.uuid4()}-outcome": "present", "witness_id": witness.id}
    assert as_trainer.post_form(address, fields).status_code == 422
    assert count_marks() == 0


@pytest.mark.parametrize("state", ["signed off", "to come"])
def test_a_closed_register_takes_no_sheet(as_trainer, room, address, witness, state, time):
    fields = room.row(room.trainees[0], outcome="absent", version=1) | {"witness_id": witness.id}
    if state == "signed off":
        make_signed_off(room.session, room.trainer)
    else:
        time.set("12:00", date(2026, 10, 19))
    before = count_marks()
    assert "Save the sheet" not in as_trainer.get(address).text
    assert as_trainer.post_form(address, fields).status_code == 409
    assert count_marks() == before


def test_the_form_sent_twice_has_one_effect(as_trainer, room, address, witness):
    fields = room.row(room.trainees[0], outcome="present", client_key=uuid.uuid4())
    fields |= {"witness_id": witness.id, "request_key": uuid.uuid4()}
    for _ in range(2):
        assert as_trainer.post_form(address, fields).status_code == 303
    assert count_marks() == 1


def scan(content=PDF, name="sheet.pdf"):
    return {"scan": (io.BytesIO(content), name)}


def test_the_scan_is_kept_with_its_marks_in_one_event(as_trainer, room, address, witness):
    fields = room.row(room.trainees[0], outcome="present") | {"witness_id": witness.id} | scan()
    events = db.session.query(AuditEvent).count()
    assert as_trainer.post_form(address, fields).status_code == 303
    sheet = db.session.scalars(select(PaperSheet)).one()
    (mark,) = marks(room.trainees[0])
    assert (sheet.entered_by, sheet.witnessed_by, sheet.audit_seq) == (room.trainer.id, witness.id, mark.audit_seq)
    assert db.session.get_one(StoredFile, sheet.scan_file_id).content == PDF
    assert db.session.query(AuditEvent).count() == events + 1
    page = as_trainer.get(address).text
    assert "typed by Bertil Oakes, witnessed by Imara Osei" in page
    assert f"/paper-sheets/{sheet.id}/scan" in page
    history = as_trainer.get(f"{room.address}/{room.trainees[0].id}").text
    assert "from paper, witnessed by Imara Osei" in history
    assert f"/paper-sheets/{sheet.id}/scan" in history


def test_a_scan_may_come_after_the_marks_and_is_seen_when_signed_off(as_trainer, room, address, witness):
    assert as_trainer.post_form(address, {"witness_id": witness.id} | scan()).status_code == 303
    assert db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq.desc())).first() == "attach_scan"
    make_signed_off(room.session, room.trainer)
    assert "Scan (PDF, 1 KB)" in as_trainer.get(address).text
    assert as_trainer.post_form(address, {"witness_id": witness.id} | scan()).status_code == 409
    assert db.session.query(PaperSheet).count() == 1


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"<html>", "sheet.pdf", "not a sound PDF"),
        (PDF, "sheet.png", "The name says PNG, but the content is PDF"),
        (b"ID3\x04", "sheet.mp3", "Taken are: PDF, JPEG, PNG"),
        (PDF, "sheet.html", "Taken are: PDF, JPEG, PNG"),
        (PDF + bytes(400_000), "sheet.pdf", "larger than 0 MB"),
    ],
)
def test_a_file_that_is_no_scan_is_refused_with_the_times_kept(
    app, monkeypatch, as_trainer, room, address, witness, content, name, said
):
    settings = dataclasses.replace(app.config["SETTINGS"], largest_material_bytes=400_000)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    fields = room.row(room.trainees[0], arrived="5:55") | {"witness_id": witness.id} | scan(content, name)
    response = as_trainer.post_form(address, fields)
    assert response.status_code == 422
    assert said in response.text
    assert "Choose the scan again" in response.text
    assert 'value="5:55"' in response.text
    assert (count_marks(), db.session.query(PaperSheet).count(), db.session.query(StoredFile).count()) == (0, 0, 0)


def test_a_refused_sheet_keeps_no_scan(as_trainer, room, address, witness):
    fields = room.row(room.trainees[0], arrived="4:10 pm") | {"witness_id": witness.id} | scan()
    response = as_trainer.post_form(address, fields)
    assert response.status_code == 422
    assert "Choose the scan again: browsers forget a file" in response.text
    assert 'aria-describedby="scan-hint scan-lost"' in response.text
    assert db.session.query(StoredFile).count() == 0


def test_without_a_file_none_is_asked_for_again_and_the_sheet_says_no_scan(as_trainer, room, address, witness):
    fields = room.row(room.trainees[0], arrived="4:10 pm") | {"witness_id": witness.id}
    assert "Choose the scan again" not in as_trainer.post_form(address, fields).text
    as_trainer.post_form(address, fields | room.row(room.trainees[0], arrived="5:55"))
    page = as_trainer.get(address).text
    assert "witnessed by Imara Osei · no scan" in " ".join(page.split())


def test_the_page_says_why_there_is_a_witness_and_who_can_be(as_trainer, address, witness):
    assert "an administrator who looks at the signed sheet" in as_trainer.get(address).text


def test_strangers_and_others_are_refused(client, room, address):
    assert client.get(address).location.startswith("/sign-in")
    for roles, status in ((["trainee"], 403), (["auditor"], 403), (["trainer"], 404)):
        client.sign_in(make_person("Nuno Farrow", roles=roles, cohort_id=make_cohort().id).id)
        assert client.get(address).status_code == status
        assert client.post_form(address, room.row(room.trainees[0], outcome="present")).status_code == status
    assert count_marks() == 0
    assert client.get(f"/sessions/{uuid.uuid4()}/paper").status_code == 404


def test_thirty_people_cost_what_three_do(as_administrator, time):
    counts = []
    for people in (1, 3, 30):
        room = make_room(people)
        address = f"/sessions/{room.session.id}/paper"
        with statements() as shown:
            assert as_administrator.get(address).status_code == 200
        fields = {"witness_id": room.trainer.id}
        for trainee in room.trainees:
            fields |= room.row(trainee, arrived="5:55")
        with statements() as saved:
            assert as_administrator.post_form(address, fields).status_code == 303
        counts.append((len(shown), len(saved)))
    # shown: sign-in 2, session, register 2, rows 2, witnesses 2, sheets; saved: the register's 13, the sheet and its
    # session again, and 2 for witnesses
    assert counts[0] == counts[1] == counts[2]
    assert counts[0][0] <= 10
    assert counts[0][1] <= 17
