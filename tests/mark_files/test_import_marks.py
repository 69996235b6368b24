"""Marks from a file: shown person by person, written as shown, and a file read in twice changes nothing."""

import html
import io
import re
import uuid
from datetime import date

import pytest
from sqlalchemy import func, select

from advocates.attendance.models import AttendanceMark, MarkWay
from advocates.attendance.queries import load_register
from advocates.attendance.rules import Content, Outcome, typed_of
from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.people.models import PersonProfile
from advocates.schedule.models import TrainingSession
from tests.budgets import statements
from tests.cohorts.workbooks import workbook
from tests.factories.attendance import make_mark, make_seat, make_signed_off
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person
from tests.mark_files.reports import TABLE, ZOOM, teams_file
from tests.room import make_room

NAMES = ("Łucja Wiśniewska", "Nguyễn Thị Hạnh", "محمد العلي")


@pytest.fixture
def address(room):
    return f"/sessions/{room.session.id}/marks-from-file"


def check(client, address, text="", **more):
    return client.post_form(address, {"text": text, **more})


def upload(client, address, content, name="marks.csv", **more):
    return client.post_form(address, {"file": (io.BytesIO(content), name), **more})


def confirm(client, address, page, **more):
    """Press "Save what is ticked" on a page that was shown, with everything as it stands there."""
    text = html.unescape(re.search(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", page.text, re.DOTALL)[1])
    fields = {
        "text": text,
        "above": re.search(r'name="above" value="(\d+)"', page.text)[1],
        "seen": re.search(r'name="seen" value="(\w+)"', page.text)[1],
        "time_zone": re.search(r'<option selected value="([^"]+)"', page.text)[1],
        "shown": re.findall(r'name="shown" value="([^"]+)"', page.text),
        "save": re.findall(r'name="save" value="([^"]+)"[^>]* checked', page.text),
        "replace": re.findall(r'name="replace" value="([^"]+)"[^>]* checked', page.text),
        "confirm": "yes",
    }
    return client.post_form(address, fields | more)


def marks(trainee):
    query = select(AttendanceMark).filter_by(enrollment_id=trainee.id).order_by(AttendanceMark.version)
    return db.session.scalars(query).all()


def count_marks():
    return db.session.scalar(select(func.count()).select_from(AttendanceMark))


def fields(room, mark):
    return typed_of(Content(mark.outcome, mark.intervals), load_register(room.session).window)


def test_a_table_is_shown_first_and_saved_only_when_confirmed(as_trainer, room, address):
    late, came_and_went, absent = room.trainees
    page = check(as_trainer, address, TABLE)
    assert page.status_code == 200
    for said in ("Nothing is written yet", "Here, arrived 5:55 PM", "out 6:40 PM to 7:00 PM, left 8:20 PM", "Not here"):
        assert said in page.text
    assert count_marks() == 0
    done = confirm(as_trainer, address, page)
    assert (done.status_code, done.location) == (303, room.address)
    assert fields(room, marks(late)[0]).arrived == "5:55 PM"
    assert fields(room, marks(came_and_went)[0]).absences == (("6:40 PM", "7:00 PM"),)
    assert marks(absent)[0].outcome is Outcome.ABSENT
    assert {mark.way for trainee in room.trainees for mark in marks(trainee)} == {MarkWay.IMPORT}
    assert "3 marks saved" in as_trainer.get(room.address).text


@pytest.mark.parametrize("content", [ZOOM.encode(), teams_file()])
def test_a_meetings_report_becomes_online_presence_in_one_event(as_trainer, room, address, content):
    lucja, hanh, _ = room.trainees
    db.session.get_one(PersonProfile, lucja.person_id).email = "lucja@example.org"
    db.session.commit()
    page = upload(as_trainer, address, content)
    assert "Not on the register" in page.text
    assert "Not in the file: they stay unmarked" in page.text
    assert "Columns that are not read" in page.text
    assert "<dt>Trainers: nothing to mark</dt><dd><bdi>Bertil Oakes</bdi></dd>" in page.text
    events = db.session.scalar(select(func.count()).select_from(AuditEvent))
    assert confirm(as_trainer, address, page).status_code == 303
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == events + 1
    assert fields(room, marks(lucja)[0]).mode == "live_online"
    assert not fields(room, marks(lucja)[0]).has_times
    assert fields(room, marks(hanh)[0]).absences == (("6:41 PM", "7:01 PM"),)
    assert count_marks() == 2


def test_the_same_file_again_changes_nothing(as_trainer, room, address):
    confirm(as_trainer, address, check(as_trainer, address, TABLE))
    page = check(as_trainer, address, TABLE)
    assert "Everything in this file is recorded already" in page.text
    assert "Save what is ticked" not in page.text
    assert count_marks() == 3


def test_what_is_recorded_otherwise_is_replaced_only_when_ticked(as_trainer, room, address):
    one = room.trainees[0]
    make_mark(room.session, one, room.trainer, "absent")
    page = check(as_trainer, address, TABLE)
    assert "Recorded otherwise already" in page.text
    assert not re.search(rf'value="{one.id}" id="take-{one.id}" checked', page.text)
    confirm(as_trainer, address, page)
    assert [mark.outcome for mark in marks(one)] == [Outcome.ABSENT]
    confirm(as_trainer, address, check(as_trainer, address, TABLE), replace=[str(one.id)])
    assert [mark.outcome for mark in marks(one)] == [Outcome.ABSENT, Outcome.PRESENT]
    # somebody undoes it, and the file is read in once more: it can be replaced again
    make_mark(room.session, one, room.trainer, "absent")
    confirm(as_trainer, address, check(as_trainer, address, TABLE), replace=[str(one.id)])
    assert len(marks(one)) == 4


def test_who_is_not_known_is_chosen_looked_at_and_then_saved(as_trainer, room, address):
    three = room.trainees[2]
    page = upload(as_trainer, address, ZOOM.encode())
    who = dict.fromkeys(re.findall(r'<select[^>]* name="(who-\w+)"', page.text), "")
    phone = re.search(r'for="(who-\w+)">“iPhone”', page.text)[1]
    # chosen and confirmed at once: shown once more first
    early = confirm(as_trainer, address, page, **who | {phone: str(three.id)})
    assert early.status_code == 409
    assert "This is not what was shown before" in early.text
    assert count_marks() == 0
    assert f'<option value="{three.id}" selected>' in early.text
    done = confirm(as_trainer, address, early, **who | {phone: str(three.id)})
    assert done.status_code == 303
    assert fields(room, marks(three)[0]).left == "8:10 PM"


def test_beside_a_choice_in_the_tables_stands_a_button_to_check_again(as_trainer, room, address):
    make_mark(room.session, room.trainees[1], room.trainer, "absent")
    text = "Name,Status\nSomebody,present\nAnother,present\n"
    one, two = re.findall(r'name="(who-\w+)"', check(as_trainer, address, text).text)
    page = check(as_trainer, address, text, **{one: str(room.trainees[0].id), two: str(room.trainees[1].id)}).text
    for table in re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL):
        assert re.search(r'</select>\s*<button type="submit"[^>]*>Check again</button>', table)
    assert page.count(">Check again</button>") == 3


def test_the_lines_are_shown_without_blank_ends_and_keep_their_numbers(as_trainer, room, address):
    text = "Name,Status\nŁucja Wiśniewska,late\n"
    page = upload(as_trainer, address, ("\n\r\n  \n" + text + "\n \n").encode())
    for _ in range(2):
        assert "Line 5:" in page.text
        assert "The first line here is line 4 of the file." in page.text
        shown = html.unescape(re.search(r"<textarea[^>]*>\r?\n?(.*?)</textarea>", page.text, re.DOTALL)[1])
        assert shown == text.strip().replace("\n", "\r\n") or shown == text.strip()
        page = check(as_trainer, address, shown, above="3")
    for above in ("", "x", "-1", "99999999"):
        assert "Line 2:" in check(as_trainer, address, text, above=above).text
    assert "Line 3:" in check(as_trainer, address, "\n" + text).text


def test_a_choice_stays_also_where_it_changes_nothing(as_trainer, room, address):
    one, two, _ = room.trainees
    make_mark(room.session, one, room.trainer)
    text = f"Name,Status\nSomebody,present\n{NAMES[1]},present\n"
    who = re.search(r'name="(who-\w+)"', check(as_trainer, address, text).text)[1]
    page = check(as_trainer, address, text, **{who: str(one.id)})
    assert f'<option value="{one.id}" selected>' in page.text
    assert confirm(as_trainer, address, page, **{who: str(one.id)}).status_code == 303
    assert (len(marks(one)), len(marks(two))) == (1, 1)


def test_somebody_marked_meanwhile_is_shown_and_nothing_is_written(as_trainer, room, address):
    page = check(as_trainer, address, TABLE)
    make_mark(room.session, room.trainees[0], room.trainer, "absent")
    response = confirm(as_trainer, address, page)
    assert response.status_code == 409
    assert "somebody was marked meanwhile" in response.text
    assert count_marks() == 1
    assert confirm(as_trainer, address, response).status_code == 303
    assert count_marks() == 3


def test_lines_that_cannot_be_read_are_named_and_the_others_saved(as_trainer, room, address):
    text = TABLE.replace("5:55 pm", "9:55 am") + "Somebody Else,late\n,present\n"
    page = check(as_trainer, address, text)
    assert page.status_code == 200
    for said in ("Cannot be read", "9:55 AM is outside the session", "late is no status", "This line names nobody"):
        assert said in page.text
    assert "9:55 am" in page.text.partition("<textarea")[2]
    assert confirm(as_trainer, address, page).status_code == 303
    assert marks(room.trainees[0]) == []
    assert count_marks() == 2


def test_nobody_ticked_is_nothing_to_save(as_trainer, room, address):
    response = confirm(as_trainer, address, check(as_trainer, address, TABLE), save=[])
    assert response.status_code == 422
    assert "Nobody is ticked" in response.text
    assert " checked" not in response.text
    assert count_marks() == 0


def test_somebody_present_elsewhere_at_that_time_is_refused_with_a_sentence(as_trainer, room, address, administrator):
    other = make_room(0, room.version)
    make_seat(other.session, room.trainees[0], "guest")
    make_mark(other.session, room.trainees[0], administrator)
    response = confirm(as_trainer, address, check(as_trainer, address, TABLE))
    assert response.status_code == 422
    assert "at the same time" in response.text
    assert count_marks() == 1


def test_times_in_another_zone_are_read_in_it(as_trainer, room, address):
    text = "Name,Join time,Leave time\nŁucja Wiśniewska,2026-10-20 22:55,2026-10-21 01:30\n"
    assert "is not on the day" not in check(as_trainer, address, text, time_zone="UTC").text
    page = check(as_trainer, address, text, time_zone="UTC")
    assert "arrived 5:55 PM" in page.text
    assert confirm(as_trainer, address, page).status_code == 303
    assert check(as_trainer, address, text, time_zone="Mars/Base").status_code == 422


def test_a_workbook_is_read_too(as_trainer, room, address):
    page = upload(as_trainer, address, workbook(["Name", "Status"], ["Łucja Wiśniewska", "present"]), "marks.xlsx")
    assert confirm(as_trainer, address, page).status_code == 303
    assert count_marks() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Choose a file, or paste its lines."),
        ("Łucja Wiśniewska,present", "No line names the columns"),
        ("Name,Status\n", "nobody below it"),
        ("Name,Status\nA,\x00\n", None),
        ('Name,Status\n"A,present\n', "quotation mark"),
        ("Name,Status\n" + "A" * 400_001, "longer than 400 KB"),
    ],
)
def test_what_is_no_file_of_marks_is_refused_and_kept(as_trainer, address, text, said):
    response = check(as_trainer, address, text)
    assert response.status_code == (422 if said else 200)
    assert (said or "Cannot be read") in response.text or "Not on the register" in response.text
    assert text[:12].strip().replace("\x00", "\ufffd") in html.unescape(response.text)
    assert count_marks() == 0


def test_a_file_that_is_none_is_refused(as_trainer, address):
    response = upload(as_trainer, address, b"%PDF-1.7" + b"\0" * 500)
    assert response.status_code == 422
    assert "This file is no list of people" in response.text


def test_names_in_a_file_are_text_and_no_formula_or_markup(as_trainer, address):
    page = check(as_trainer, address, "Name,Status\n<b>Ann</b>,present\n=1+1,present\n")
    assert "<b>Ann</b>" not in page.text
    assert "&lt;b&gt;Ann&lt;/b&gt;" in page.text


@pytest.mark.parametrize("state", ["signed off", "to come", "canceled"])
def test_a_closed_register_takes_no_file(as_trainer, room, address, state, time):
    page = check(as_trainer, address, TABLE)
    if state == "signed off":
        make_signed_off(room.session, room.trainer)
    elif state == "to come":
        time.set("12:00", date(2026, 10, 19))
    else:
        db.session.get_one(TrainingSession, room.session.id).cancelled_at = time.set("20:31")
        db.session.commit()
    before = count_marks()
    assert "Check the file" not in as_trainer.get(address).text
    assert confirm(as_trainer, address, page).status_code == 409
    assert count_marks() == before


def test_nobody_reads_in_their_own_attendance(room, address, app):
    own = make_person("Imara Osei", roles=["trainer"], cohort_id=room.cohort.id)
    enrollment = make_enrollment(room.cohort, person=own)
    client = app.test_client().sign_in(own.id)
    page = check(client, address, "Name,Status\nImara Osei,present\nŁucja Wiśniewska,present\n")
    assert "Your own attendance" in page.text
    confirm(client, address, page, save=[str(enrollment.id), str(room.trainees[0].id)])
    assert (len(marks(enrollment)), len(marks(room.trainees[0]))) == (0, 1)


def test_the_form_sent_twice_has_one_effect(as_trainer, room, address):
    page = check(as_trainer, address, TABLE)
    key = str(uuid.uuid4())
    for _ in range(2):
        assert confirm(as_trainer, address, page, request_key=key).status_code == 303
    assert count_marks() == 3
    assert confirm(as_trainer, address, page).status_code == 409
    assert count_marks() == 3


def test_a_walk_in_added_afterwards_is_found_in_the_same_file(as_trainer, room, address):
    text = "Name,Status\nJosé Ibarra-Díaz,present\n"
    page = check(as_trainer, address, text)
    where = f"/sessions/{room.session.id}/walk-ins"
    assert f'href="{where}"' in page.text
    assert as_trainer.post_form(where, {"chosen_name": "José Ibarra-Díaz"}).status_code == 303
    assert confirm(as_trainer, address, check(as_trainer, address, text)).status_code == 303
    assert count_marks() == 1


def test_strangers_and_others_are_refused(client, room, address):
    assert client.get(address).location.startswith("/sign-in")
    for roles, status in ((["trainee"], 403), (["auditor"], 403), (["trainer"], 404)):
        client.sign_in(make_person("Nuno Farrow", roles=roles, cohort_id=make_cohort().id).id)
        assert client.get(address).status_code == status
        assert check(client, address, TABLE).status_code == status
    assert client.get(f"/sessions/{uuid.uuid4()}/marks-from-file").status_code == 404
    assert count_marks() == 0


def test_thirty_people_cost_what_one_does(as_administrator, time):
    counts = []
    for people in (1, 3, 30):
        room = make_room(people)
        address = f"/sessions/{room.session.id}/marks-from-file"
        names = [*NAMES] + [f"Person {n:02}" for n in range(3, people)]
        text = "Name,Arrived\n" + "".join(f"{name},5:55 pm\n" for name in names[:people])
        with statements() as shown:
            page = check(as_administrator, address, text)
        with statements() as saved:
            assert confirm(as_administrator, address, page).status_code == 303
        counts.append((len(shown), len(saved)))
    # shown: the request key, sign-in 2, the session, the register 2, the people's addresses, who teaches
    # saved: those, the lock, the people locked with their marks 2, the audit's 4, the marks, the request key
    assert counts[0] == counts[1] == counts[2]
    assert counts[0][0] <= 8
    assert counts[0][1] <= 17
