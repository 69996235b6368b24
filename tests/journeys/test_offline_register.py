"""No signal: what is recorded in a room without network is stored once the network is back, and nothing is lost."""

import pytest
from playwright.sync_api import Dialog, Route, expect

from advocates.attendance.models import MarkWay
from advocates.attendance.reopening import reopen_session
from advocates.attendance.rules import ReopenReason
from advocates.cohorts.models import Enrollment
from advocates.database import db
from advocates.people.models import Person
from advocates.schedule.models import TrainingSession
from tests.factories.attendance import make_signed_off
from tests.factories.people import make_person
from tests.journeys.phone import Class, House, Phone, make_class

ONE, TWO, THREE = "Łucja Wiśniewska", "Nguyễn Thị Hạnh", "محمد العلي"
WITHOUT_NETWORK = "No network: it is stored on this device."


@pytest.fixture
def service_workers(request: pytest.FixtureRequest) -> str:
    """Where answers are made up, without the service worker: a browser that has one does not always ask the test."""
    return "block" if request.function in ROUTED else "allow"


def test_a_room_without_network_is_stored_once_it_is_back(house: House, phone: Phone) -> None:
    """Marked, reloaded, killed and opened again, while the server is shut; then everything is sent once."""
    five = make_class(house, 5)
    phone.belongs_to(five.trainer_id)
    phone.opens(five.path)
    phone.keeps_the_register()
    phone.loses_network()
    phone.presses("Everyone is here")
    phone.has_unsent(5)
    phone.reads("#save-problem", WITHOUT_NETWORK)
    phone.types("Person 03", Arrived="5:55")
    phone.taps("Person 04", "Not here")
    phone.has_unsent(7)

    phone.page.reload()
    phone.reads("#copy-notice", "This is the copy of")
    phone.has_unsent(7)
    expect(phone.row("Person 04").get_by_label("Not here")).to_be_checked()
    house.shut()
    phone.comes_back()
    phone.opens(five.path)
    phone.taps(ONE, "?")
    phone.has_unsent(8)
    assert {name for mark in phone.waiting() for name in mark} & {"name", "said"} == set()
    assert not any(name in str(phone.waiting()) for name in five.people)
    waiting = phone.waiting()

    house.open()
    phone.finds_network()
    phone.has_saved()
    expect(phone.page.locator("#copy-notice")).to_be_hidden()
    assert five.stored() == {
        ONE: ["present", "not_established"],
        TWO: ["present"],
        THREE: ["present"],
        "Person 03": ["present", "present"],
        "Person 04": ["present", "absent"],
    }
    marks = [mark for name in five.people for mark in five.marks(name)]
    assert {mark.way for mark in marks} == {MarkWay.OFFLINE}
    recorded = {mark["client_key"]: mark["device_at"] for mark in waiting}
    assert {str(m.client_key): f"{m.device_at:%Y-%m-%dT%H:%M:%SZ}" for m in marks if m.device_at} == recorded


def test_what_is_sent_twice_is_stored_once(phone: Phone, room: Class) -> None:
    """The answer was lost: the same body comes again."""
    bodies = []

    def lose_the_answer(route: Route) -> None:
        if route.request.method == "POST" and not bodies:
            bodies.append(route.request.post_data)
            route.fetch()
            route.abort("connectionreset")
        else:
            if route.request.method == "POST":
                bodies.append(route.request.post_data)
            route.continue_()

    phone.page.route("**/marks", lose_the_answer)
    phone.taps(ONE, "Not here")
    phone.has_saved()
    assert len(bodies) >= 2
    assert room.stored()[ONE] == ["absent"]


@pytest.mark.parametrize("status", [400, 500, 503])
def test_a_mark_outlives_every_answer_of_a_server_in_trouble(phone: Phone, room: Class, status: int) -> None:
    trouble = lambda route: route.fulfill(status=status, json={"message": "Trouble."})  # noqa: E731
    phone.page.route("**/marks", trouble)
    phone.taps(ONE, "Here")
    phone.has_unsent(1)
    expect(phone.page.locator("#save-problem")).not_to_be_empty()
    assert [mark["outcome"] for mark in phone.waiting()] == ["present"]
    assert room.stored()[ONE] == []
    phone.page.unroute("**/marks", trouble)
    phone.page.reload()
    phone.has_saved()
    assert room.stored()[ONE] == ["present"]


def test_a_mark_that_cannot_be_read_does_not_hold_up_the_others(phone: Phone, room: Class) -> None:
    bad = str(room.people[TWO])

    def read(route: Route) -> None:
        if bad in (route.request.post_data or ""):
            route.fulfill(status=400, json={"message": "These marks cannot be read."})
        else:
            route.continue_()

    phone.page.route("**/marks", read)
    phone.presses("Everyone is here")
    phone.has_unsent(1)
    phone.reads("#save-problem", "could not read a mark")
    assert room.stored() == {ONE: ["present"], TWO: [], THREE: ["present"]}


def test_who_was_signed_out_signs_in_again_and_it_is_sent(phone: Phone, room: Class) -> None:
    phone.context.clear_cookies()
    phone.taps(ONE, "Not here")
    phone.has_unsent(1)
    phone.reads("#save-problem", "You were signed out.")
    phone.page.get_by_role("link", name="Sign in again to send").click()
    phone.reads("#waiting", "Not sent yet: 1. It is sent when whoever recorded it signs in on this device.")
    phone.signs_in(room.email)
    expect(phone.page).to_have_url(f"{room.house.address}{room.path}")
    phone.has_saved()
    assert room.stored()[ONE] == ["absent"]


def test_signing_out_loses_no_mark_and_leaves_no_name(phone: Phone, room: Class) -> None:
    phone.keeps_the_register()
    phone.page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('cut')); }")
    phone.taps(ONE, "Not here")
    phone.has_unsent(1)
    phone.page.get_by_text("Menu", exact=True).click()
    phone.page.get_by_role("button", name="Sign out").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert not phone.is_kept()
    assert len(phone.waiting()) == 1
    phone.signs_in(room.email)
    # From the first page that its person opens, wherever that is.
    expect(phone.page).to_have_url(f"{room.house.address}/")
    phone.sends_everything()
    expect(phone.page.locator("#waiting")).to_be_empty()
    assert room.stored()[ONE] == ["absent"]


def test_another_person_on_the_same_phone_sends_nothing_of_it_and_sees_no_copy(phone: Phone, room: Class) -> None:
    phone.keeps_the_register()
    phone.loses_network()
    phone.taps(ONE, "Not here")
    phone.has_unsent(1)
    colleague = make_person("Corin Vale", roles=["trainer"], cohort_id=room.cohort_id)
    phone.belongs_to(colleague.id)
    phone.finds_network()
    phone.reads("#save-problem", "Somebody else is signed in now.")
    phone.page.reload()
    phone.reads("#waiting", "Recorded here by somebody else and not sent yet: 1.")
    assert not phone.is_kept()
    phone.taps(TWO, "Here")
    expect(phone.page.locator("#save-now")).to_have_text("Everything is saved")
    assert room.stored() == {ONE: [], TWO: ["present"], THREE: []}
    phone.loses_network()
    phone.page.reload()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("No network")
    phone.belongs_to(room.trainer_id)
    phone.finds_network()
    # The page tries again by itself.
    expect(phone.row(ONE)).to_be_visible()
    phone.has_saved()
    assert room.stored()[ONE] == ["absent"]
    assert {mark.recorded_by for mark in room.marks(ONE)} == {room.trainer_id}


def test_a_session_signed_off_meanwhile_hands_what_is_left_to_correction(phone: Phone, room: Class) -> None:
    phone.loses_network()
    phone.taps(ONE, "Not here")
    phone.has_unsent(1)
    make_signed_off(_session(room), _person(room))
    phone.finds_network()
    phone.reads("#save-problem", "This session was signed off in the meantime.")
    phone.has_unsent(1)
    phone.page.get_by_role("link", name="Open the register as it is now").click()
    phone.reads("#left-over", "Recorded on this device and never sent")
    phone.reads("#left-over", "Not here")
    assert room.stored()[ONE] == ["present"]
    expect(phone.page.locator("#left-over").get_by_role("link", name=ONE)).to_have_attribute(
        "href", f"{room.path}/{room.people[ONE]}"
    )
    phone.page.get_by_role("button", name="Remove from this device").click()
    expect(phone.page.locator("#left-over")).to_be_hidden()
    assert phone.waiting() == []


def test_a_session_that_is_opened_again_takes_what_is_left(phone: Phone, room: Class) -> None:
    phone.loses_network()
    phone.taps(ONE, "Not here")
    phone.has_unsent(1)
    make_signed_off(_session(room), _person(room), absent=[_enrollment(room, TWO)])
    phone.finds_network()
    phone.reads("#save-problem", "This session was signed off in the meantime.")
    reopen_session(room.trainer_id, room.session_id, next(iter(ReopenReason)))
    db.session.commit()
    phone.opens(room.path)
    both = phone.page.get_by_role("group", name=f"Which holds for {ONE}?")
    both.get_by_role("button", name="As you recorded").click()
    phone.has_saved()
    assert room.stored()[ONE] == ["present", "absent"]


def test_a_network_that_hangs_is_none(house: House, phone: Phone, room: Class) -> None:
    """After four seconds the copy is shown, with its own scripts."""
    phone.keeps_the_register()
    with house.hanging():
        phone.page.reload(wait_until="commit")
        phone.reads("#copy-notice", "This is the copy of")
        phone.taps(ONE, "Here")
        phone.has_unsent(1)
    phone.page.evaluate("window.dispatchEvent(new Event('online'))")
    phone.sends_everything()
    assert room.stored()[ONE] == ["present"]


def test_a_full_phone_says_so_and_tries_to_send_at_once(phone: Phone, room: Class) -> None:
    phone.page.evaluate("""() => { IDBObjectStore.prototype.put = () => {
      throw new DOMException("full", "QuotaExceededError");
    }; }""")
    phone.taps(ONE, "Here")
    phone.has_saved()
    assert room.stored()[ONE] == ["present"]
    phone.loses_network()
    phone.taps(TWO, "Not here")
    phone.has_unsent(1, on_disk=0)
    phone.reads("#save-problem", "This device has no room left.")
    asked: list[str] = []

    def stays(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    phone.page.once("dialog", stays)
    phone.page.close(run_before_unload=True)
    phone.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    phone.finds_network()
    phone.has_saved()
    assert room.stored()[TWO] == ["absent"]


def test_a_copy_older_than_a_day_is_neither_shown_nor_there(phone: Phone, room: Class) -> None:
    phone.keeps_the_register()
    phone.page.evaluate("""async () => {
      const name = (await caches.keys()).find((each) => each.startsWith("register "));
      const cache = await caches.open(name);
      const about = await (await cache.match("/about")).json();
      await cache.put("/about", Response.json({ ...about, at: about.at - 24 * 60 * 60 * 1000 - 1000 }));
    }""")
    phone.loses_network()
    phone.page.reload()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("No network")
    assert not phone.is_kept()


def test_while_nobody_is_signed_in_no_copy_is_shown(phone: Phone, room: Class) -> None:
    phone.keeps_the_register()
    phone.context.clear_cookies()
    phone.opens("/")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    phone.waits_until(lambda: phone.has_cache("nobody is signed in"))
    phone.loses_network()
    phone.opens(room.path)
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("No network")
    expect(phone.page.locator("#kept")).to_be_hidden()
    phone.finds_network()
    # The page tries again by itself.
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("Sign in", timeout=20_000)
    phone.signs_in(room.email)
    expect(phone.row(ONE)).to_be_visible()
    phone.waits_until(lambda: not phone.has_cache("nobody is signed in"))
    phone.loses_network()
    phone.opens(room.path)
    phone.reads("#copy-notice", "This is the copy of")


def test_two_windows_take_turns_and_store_each_mark_once(phone: Phone, room: Class) -> None:
    """Both have the queue; neither sees the other's mark as somebody else's."""
    other = phone.context.new_page()
    other.goto(room.path)
    phone.loses_network()
    phone.taps(ONE, "Here")
    phone.has_unsent(1)
    phone.page, first = other, phone.page
    phone.taps(TWO, "Not here")
    phone.finds_network()
    phone.sends_everything()
    phone.page.wait_for_timeout(300)
    phone.taps(ONE, "Not here")
    phone.sends_everything()
    phone.page = first
    expect(phone.row(ONE).get_by_label("Not here")).to_be_checked()
    assert room.stored() == {ONE: ["present", "absent"], TWO: ["absent"], THREE: []}


def test_without_network_other_pages_lead_to_what_is_kept(phone: Phone, room: Class) -> None:
    phone.keeps_the_register()
    phone.loses_network()
    phone.opens("/cohorts")
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("No network")
    assert not any(name in phone.page.content() for name in room.people)
    phone.page.get_by_role("link", name="Oct 20, 2026").click()
    phone.reads("#copy-notice", "This is the copy of")
    expect(phone.row(ONE)).to_be_visible()
    phone.finds_network()
    phone.page.get_by_role("button", name="Remove now").click()
    expect(phone.page.get_by_role("button", name="Keep on this device")).to_be_visible()
    assert not phone.is_kept()


def test_every_page_says_what_is_not_sent_and_leads_there(phone: Phone, room: Class) -> None:
    phone.loses_network()
    phone.taps(ONE, "Here")
    phone.has_unsent(1)
    phone.context.route("**/marks", lambda route: route.abort())
    phone.finds_network()
    phone.opens("/")
    phone.reads("#waiting", "Not sent yet: 1")
    phone.page.get_by_role("link", name="Open the register").click()
    phone.has_unsent(1)
    phone.context.unroute("**/marks")
    phone.has_saved()
    assert room.stored()[ONE] == ["present"]


def _session(room: Class) -> TrainingSession:
    return db.session.get_one(TrainingSession, room.session_id)


def _enrollment(room: Class, name: str) -> Enrollment:
    return db.session.get_one(Enrollment, room.people[name])


def _person(room: Class) -> Person:
    return db.session.get_one(Person, room.trainer_id)


ROUTED = {
    test_what_is_sent_twice_is_stored_once,
    test_a_mark_outlives_every_answer_of_a_server_in_trouble,
    test_a_mark_that_cannot_be_read_does_not_hold_up_the_others,
    test_every_page_says_what_is_not_sent_and_leads_there,
}
