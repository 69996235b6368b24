"""The sign-in sheet to print."""

import io
import uuid
from datetime import date

import pikepdf

from advocates.attendance.models import AttendanceMark
from advocates.database import db
from advocates.schedule.models import TrainingSession
from tests.budgets import statements
from tests.factories.attendance import make_seat
from tests.factories.certificates import text_of
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person
from tests.factories.schedule import local
from tests.room import make_room


def address(room):
    return f"/sessions/{room.session.id}/sheet.pdf"


def sizes(pdf):
    """The font sizes of the text, but for the line of one point that only fills the foot."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = set()
        for page in document.pages:
            scale = 1.0
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "cm":
                    scale = float(operands[0]) if float(operands[0]) not in {1.0, 0.75} else scale
                if str(operator) == "Tf":
                    found.add(round(float(operands[1]) * scale, 1))
    return {size for size in found if size > 1.5}


def test_a_late_evening_is_named_by_its_own_day(as_trainer, room):
    session = db.session.merge(room.session)
    session.planned_start = local(date(2026, 10, 20), "19:30")  # 0:30 of the 21st, UTC
    db.session.commit()
    assert 'filename="sign-in-sheet-2026-10-20.pdf"' in as_trainer.get(address(room)).headers["Content-Disposition"]


def test_it_names_the_session_and_everybody_in_every_script(as_trainer, room):
    make_enrollment(room.cohort, "王小明")
    make_enrollment(room.cohort, "Ірина Коваль")
    response = as_trainer.get(address(room))
    assert response.mimetype == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    (page,) = text_of(response.data)
    for text in ("Sign-in sheet", "Tuesday, October 20, 2026, 5:30", "Malcolm X College", "Łucja Wiśniewska", "1 / 1"):
        assert text in page.replace("\u202f", " ")
    for name in ("Nguyễn Thị Hạnh", "王小明", "Ірина Коваль"):
        assert name in page
    assert any("\u0600" <= character <= "\u06ff" or "\ufb50" <= character <= "\ufefc" for character in page)


def test_it_is_tagged_and_repeats_its_heading_on_each_page(as_administrator, time):
    room = make_room(30)
    pdf = as_administrator.get(address(room)).data
    pages = text_of(pdf)
    assert len(pages) == 2
    assert all("Signature" in page for page in pages)
    assert f"{len(pages)} / {len(pages)}" in pages[-1]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "en"


def test_in_large_print_nothing_is_smaller_than_14_points(as_trainer, room):
    normal, large = as_trainer.get(address(room)).data, as_trainer.get(f"{address(room)}?large=1").data
    assert min(sizes(large)) >= 14
    assert min(sizes(normal)) >= 9
    assert "Nguyễn Thị Hạnh" in text_of(large)[0]
    with pikepdf.open(io.BytesIO(large)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.pages[0].MediaBox[2] == 792


def test_it_has_room_to_leave_and_come_back_and_asks_no_reason(as_trainer, room):
    page = " ".join(text_of(as_trainer.get(address(room)).data)[0].split())
    for heading in ("In", "Out", "In again", "Out again", "Signature"):
        assert heading in page
    assert "Please write no reasons on this sheet." in page


def test_it_can_be_printed_before_the_day_and_stores_nothing(as_trainer, room, time):
    time.set("09:00", date(2026, 10, 1))
    assert as_trainer.get(address(room)).status_code == 200
    assert db.session.query(AttendanceMark).count() == 0


def test_visitors_with_a_seat_stand_on_it(as_trainer, room):
    make_seat(room.session, make_enrollment(make_cohort(), "Ilse Marchetti"), "guest")
    assert "Ilse Marchetti" in text_of(as_trainer.get(address(room)).data)[0]


def test_a_cancelled_session_has_none(as_trainer, room, time):
    db.session.get_one(TrainingSession, room.session.id).cancelled_at = time.set("20:31")
    db.session.commit()
    assert as_trainer.get(address(room)).status_code == 409


def test_strangers_and_others_are_refused(client, room):
    assert client.get(address(room)).location.startswith("/sign-in")
    for roles, status in ((["trainee"], 403), (["auditor"], 403), (["trainer"], 404)):
        client.sign_in(make_person("Nuno Farrow", roles=roles, cohort_id=make_cohort().id).id)
        assert client.get(address(room)).status_code == status
    assert client.get(f"/sessions/{uuid.uuid4()}/sheet.pdf").status_code == 404
    assert client.post_form(address(room)).status_code == 405


def test_it_costs_the_same_for_thirty(as_trainer, room):
    for n in range(27):
        make_enrollment(room.cohort, f"Person {n}")
    with statements() as sent:
        as_trainer.get(address(room))
    # sign-in and roles, the session with its cohort, the roster
    assert len(sent) <= 5
