"""Marks that can never be sent hold up no other, and are seen and removed; a shared device keeps no names."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import expect
from sqlalchemy import select, update

from advocates import clock
from advocates.cohorts.models import Placement
from advocates.database import db
from advocates.people.models import Person, RoleGrant
from advocates.schedule.models import TrainingSession
from tests.factories.check_in import make_kiosk
from tests.factories.people import make_person
from tests.journeys.phone import Class, House, Phone

ONE, TWO, THREE = "Łucja Wiśniewska", "Nguyễn Thị Hạnh", "محمد العلي"
PUT = """(mark) => new Promise((resolve) => {
  const opening = indexedDB.open("attendance", 1);
  opening.onsuccess = () => {
    const change = opening.result.transaction("marks", "readwrite");
    change.objectStore("marks").put(mark);
    change.oncomplete = () => { opening.result.close(); resolve(); };
  };
})"""


def test_one_who_left_the_register_holds_up_nobody_and_can_be_let_go(phone: Phone, room: Class) -> None:
    _mark_all_without_network(phone)
    seat = db.session.scalars(select(Placement).filter_by(enrollment_id=room.people[ONE])).one()
    seat.ended_at = room.starts
    db.session.commit()
    phone.finds_network()
    phone.has_unsent(1)
    assert room.stored() == {ONE: [], TWO: ["present"], THREE: ["present"]}
    phone.page.reload()
    phone.page.get_by_role("link", name="1 cannot be sent").click()
    phone.reads("#unsent", "This person is no longer on the register.")
    assert not any(name in phone.page.content() for name in room.people)
    phone.page.get_by_role("button", name="Remove from this device").click()
    phone.reads("#unsent-state", "Everything is saved")
    expect(phone.page.locator("#unsent")).to_be_focused()
    assert phone.waiting() == []


def test_marks_of_a_canceled_session_are_seen_and_let_go(phone: Phone, room: Class) -> None:
    _mark_all_without_network(phone)
    _change_session(room, cancelled_at=clock.now())
    phone.finds_network()
    phone.reads("#save-problem", "This session was canceled")
    phone.page.get_by_role("link", name="Open the register as it is now").click()
    phone.reads("#waiting", "Not sent yet: 3")
    phone.page.get_by_role("link", name="What cannot be sent").click()
    phone.reads("#unsent", "This session was canceled, so it has no register.")
    expect(phone.page.get_by_role("button", name="Remove from this device")).to_have_count(3)
    phone.page.get_by_role("button", name="Remove from this device").first.click()
    phone.reads("#unsent-state", "Not sent yet: 2")
    phone.page.get_by_text("Remove all of these", exact=True).click()
    phone.page.get_by_role("button", name="Remove all of these from this device").click()
    phone.reads("#unsent-state", "Everything is saved")
    assert phone.waiting() == []


def test_marks_of_who_teaches_here_no_more_are_seen_and_sent_once_the_role_is_back(phone: Phone, room: Class) -> None:
    _mark_all_without_network(phone)
    _end_roles(room, clock.now())
    phone.finds_network()
    phone.reads("#save-problem", "You may not record here any more.")
    phone.opens("/")
    phone.page.get_by_role("link", name="What cannot be sent").click()
    phone.reads("#unsent", "You may not record here any more.")
    expect(phone.page.get_by_role("button", name="Remove from this device")).to_have_count(3)
    _end_roles(room, None)
    phone.page.reload()
    phone.reads("#unsent-state", "Everything is saved")
    assert room.stored() == {ONE: ["present"], TWO: ["present"], THREE: ["present"]}


def test_a_write_that_met_another_is_no_closed_register(phone: Phone, room: Class) -> None:
    """It is tried again by itself."""
    answers: list[int] = []

    def collide(route: Any) -> None:
        if route.request.method == "POST" and not answers:
            answers.append(409)
            route.fulfill(status=409, json={"message": "Somebody else was quicker."})
        else:
            route.continue_()

    phone.page.route("**/marks", collide)
    phone.taps(ONE, "Not here")
    phone.sends_everything()
    assert answers == [409]
    assert room.stored()[ONE] == ["absent"]


def test_a_refused_mark_is_not_dropped_for_what_somebody_else_recorded_on_the_device(phone: Phone, room: Class) -> None:
    phone.loses_network()
    phone.types(ONE, Arrived="99:99")
    phone.row(TWO).get_by_label("Here", exact=True).focus()
    phone.has_unsent(1)
    (mine,) = phone.waiting()
    colleague = str(make_person("Corin Vale").id)
    theirs = {**mine, "client_key": colleague, "by": colleague, "arrived": "", "order": mine["order"] + 1}
    phone.page.evaluate(PUT, theirs)
    phone.finds_network()
    phone.reads("#save-look", "1 to correct")
    assert {mark["by"]: mark.get("state") for mark in phone.waiting()} == {mine["by"]: "refused", colleague: None}
    assert room.stored()[ONE] == []


def test_no_copy_stays_for_who_may_not_record_here_any_more(phone: Phone, room: Class) -> None:
    phone.keeps_the_register()
    _end_roles(room, clock.now())
    phone.opens(room.path)
    phone.waits_until(lambda: not phone.is_kept())
    phone.loses_network()
    phone.opens(room.path)
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("No network")


def test_no_copy_stays_of_a_canceled_session(phone: Phone, room: Class) -> None:
    phone.keeps_the_register()
    _change_session(room, cancelled_at=clock.now())
    phone.opens(room.path)
    phone.waits_until(lambda: not phone.is_kept())


def test_a_tablet_at_the_door_forgets_the_register(phone: Phone, room: Class) -> None:
    phone.keeps_the_register()
    _begin_class(room)
    phone.opens(f"/sessions/{room.session_id}/check-ins")
    phone.page.get_by_text("Make this device a kiosk").click()
    phone.page.get_by_role("button", name="Start the kiosk").click()
    phone.page.get_by_label("Your personal code").wait_for()
    phone.waits_until(lambda: not phone.is_kept())
    phone.loses_network()
    phone.opens(room.path)
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("No network")


def test_a_network_that_hangs_is_said_at_the_door(house: House, phone: Phone, room: Class) -> None:
    _begin_class(room)
    session = db.session.get_one(TrainingSession, room.session_id)
    _, token = make_kiosk(session, db.session.get_one(Person, room.trainer_id))
    phone.context.clear_cookies()
    phone.context.add_cookies([{"name": "kiosk", "value": token, "url": house.address}])
    phone.opens("/kiosk")
    field = phone.page.get_by_label("Your personal code")
    field.fill("123456")
    with house.hanging():
        phone.page.get_by_role("button", name="OK").first.click()
        expect(phone.page.locator("#said")).to_contain_text("No connection just now.", timeout=8000)
    expect(field).to_have_value("")


def _mark_all_without_network(phone: Phone) -> None:
    phone.loses_network()
    phone.presses("Everyone is here")
    phone.has_unsent(3)


def _change_session(room: Class, **values: Any) -> None:
    db.session.execute(update(TrainingSession).filter_by(id=room.session_id).values(**values))
    db.session.commit()


def _begin_class(room: Class) -> None:
    """A door is open only around its class."""
    now = clock.now()
    _change_session(room, planned_start=now - timedelta(minutes=10), planned_end=now + timedelta(hours=1))


def _end_roles(room: Class, at: Any) -> None:
    db.session.execute(update(RoleGrant).filter_by(person_id=room.trainer_id).values(ended_at=at))
    db.session.commit()
