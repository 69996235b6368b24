"""The register in a browser: a room in few actions, mark by mark, by keyboard, and two trainers at once."""

import time
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from advocates.cohorts.models import Enrollment
from advocates.database import db
from advocates.schedule.models import TrainingSession
from tests.factories.attendance import make_mark
from tests.factories.people import make_person
from tests.journeys.phone import Class, House, Phone, make_class

# On the register the second stands first.
ONE, TWO, THREE = "Łucja Wiśniewska", "Nguyễn Thị Hạnh", "محمد العلي"


def test_thirty_people_with_five_exceptions_take_at_most_fifteen_actions(house: House, phone: Phone) -> None:
    thirty = make_class(house, 30)
    phone.belongs_to(thirty.trainer_id)
    phone.opens(thirty.path)
    began = time.monotonic()
    phone.presses("Everyone is here")
    phone.types("Person 04", Arrived="5:55")
    phone.types("Person 09", Left="8:20")
    phone.types("Person 15", Out="6:40", Back="7:00", **{"Out_(2)": "7:40", "Back_(2)": "7:50"})
    phone.taps("Person 21", "Not here")
    phone.taps("Person 28", "?")
    phone.has_saved()
    took = time.monotonic() - began
    print(f"30 people, 5 exceptions: {phone.actions} actions, {took:.1f} s")  # noqa: T201
    assert phone.actions <= 15
    expect(phone.page.locator("[data-count=present]")).to_have_text("28")
    stored = thirty.stored()
    assert stored["Person 21"][-1] == "absent"
    assert stored["Person 28"][-1] == "not_established"
    assert stored["Person 15"] == ["present", "present"]
    assert len(thirty.marks("Person 05")) == 1


def test_a_room_is_marked_by_keyboard_alone(phone: Phone, room: Class) -> None:
    """Arrows move, a letter says how it was, t or Enter opens the times, Escape goes back."""
    keys = phone.page.keyboard
    phone.row(TWO).get_by_label("Here", exact=True).focus()
    for key in ("p", "ArrowDown", "a", "ArrowDown", "t"):
        keys.press(key)
    expect(phone.row(THREE).get_by_label("Arrived")).to_be_focused()
    keys.type("5:55")
    keys.press("Escape")
    expect(phone.row(THREE).get_by_label("Here", exact=True)).to_be_focused()
    keys.press("Enter")
    expect(phone.row(THREE).get_by_label("Arrived")).to_be_focused()
    keys.press("Enter")
    keys.press("ArrowUp")
    expect(phone.row(ONE).get_by_label("Not here")).to_be_focused()
    keys.press("x")
    phone.has_saved()
    assert room.stored() == {TWO: ["present"], ONE: ["absent", "not_established"], THREE: ["present"]}
    expect(phone.row(THREE).locator(".person__note")).to_have_text("2 h 25 min awaiting confirmation · arrived 5:55 PM")


def test_times_come_back_as_they_were_understood_and_the_modules_are_counted(phone: Phone, room: Class) -> None:
    phone.presses("Everyone is here")
    phone.types(ONE, Arrived="+25", Out="6:40", Back="7:00")
    phone.page.keyboard.press("Enter")
    phone.has_saved()
    row = phone.row(ONE)
    row.locator(".person__name").click()
    expect(row.get_by_label("Arrived")).to_have_value("5:55 PM")
    expect(row.get_by_label("Back", exact=True)).to_have_value("7:00 PM")
    assert len(room.marks(ONE)) == 2, "from one time to the next nothing is saved yet"
    phone.page.get_by_text("Minutes by module").click()
    cells = phone.page.locator("[data-module]").first.locator("td")
    expect(cells.nth(1)).to_have_text("2")
    expect(cells.nth(2)).to_have_text("1")


def test_a_time_that_cannot_be_keeps_what_was_typed_and_holds_up_nobody_else(phone: Phone, room: Class) -> None:
    phone.types(ONE, Arrived="4:10")
    phone.taps(TWO, "Here")
    row = phone.row(ONE)
    expect(row.locator(".usa-error-message").first).to_have_text(
        "4:10 PM is outside the session. Type a time from 5:30 PM to 8:30 PM."
    )
    expect(row.get_by_label("Arrived")).to_have_value("4:10")
    expect(row.get_by_label("Arrived")).to_have_attribute("aria-invalid", "true")
    phone.reads("#save-look", "1 to correct")
    phone.page.reload()
    expect(row.get_by_label("Arrived")).to_have_value("4:10")
    assert room.stored() == {ONE: [], TWO: ["present"], THREE: []}
    phone.types(ONE, Arrived="5:55")
    phone.page.keyboard.press("Enter")
    phone.has_saved()
    expect(row.locator(".usa-error-message")).to_have_count(0)
    assert room.stored()[ONE] == ["present"]


def test_a_refused_time_can_be_let_go(phone: Phone, room: Class) -> None:
    phone.types(ONE, Arrived="noon")
    phone.page.keyboard.press("Enter")
    phone.presses("Leave it as it was before")
    phone.has_saved()
    expect(phone.row(ONE).get_by_label("Here", exact=True)).not_to_be_checked()
    assert room.stored()[ONE] == []


def test_what_is_typed_is_not_called_saved_and_outlives_a_closed_tab(phone: Phone, room: Class) -> None:
    phone.presses("Everyone is here")
    phone.has_saved()
    phone.types(ONE, Arrived="5:55")
    expect(phone.page.locator("#save-now")).to_have_text("Being typed")
    expect(phone.page.locator("#save-state")).to_be_empty()
    phone.comes_back()
    phone.opens(room.path)
    phone.has_saved()
    expect(phone.row(ONE).get_by_label("Arrived")).to_have_value("5:55 PM")
    assert room.stored()[ONE] == ["present", "present"]


def test_what_a_closing_page_could_not_store_is_taken_in_by_the_next_one(phone: Phone, room: Class) -> None:
    phone.page.evaluate("() => { indexedDB.open = () => new EventTarget(); }")  # never answers
    phone.taps(ONE, "Not here")
    phone.comes_back()
    phone.opens("/")
    phone.waits_until(lambda: room.stored()[ONE] == ["absent"])
    phone.sends_everything()
    assert phone.page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('mark '))") == []


@pytest.mark.parametrize("mistake", ["Not here", "?"])
def test_a_tap_by_mistake_taken_back_keeps_the_times(phone: Phone, room: Class, mistake: str) -> None:
    phone.types(ONE, Arrived="5:55", Out="6:40", Back="7:00")
    phone.page.keyboard.press("Enter")
    phone.has_saved()
    phone.taps(ONE, mistake)
    phone.has_saved()
    phone.taps(ONE, "Here")
    phone.has_saved()
    said = "2 h 10 min awaiting confirmation · arrived 5:55 PM, out 6:40 PM to 7:00 PM"
    expect(phone.row(ONE).locator(".person__note")).to_have_text(said)
    first, away, last = room.marks(ONE)
    assert away.intervals == "[]"
    assert last.intervals == first.intervals


def test_times_of_somebody_tapped_away_outlive_a_reload_and_give_no_minutes(phone: Phone, room: Class) -> None:
    """Never stored, as the tap came before they were sent; and let go once they are cleared."""
    phone.types(ONE, Arrived="5:55", Out="6:40", Back="7:00")
    phone.taps(ONE, "Not here")
    phone.has_saved()
    phone.page.reload()
    expect(phone.row(ONE).get_by_label("Not here")).to_be_checked()
    expect(phone.row(ONE).locator(".person__note")).to_have_text("Not here")
    expect(phone.row(ONE).get_by_label("Arrived")).to_have_value("5:55")
    assert room.marks(ONE)[-1].intervals == "[]"
    phone.taps(ONE, "Here")
    phone.has_saved()
    expect(phone.row(ONE).locator(".person__note")).to_contain_text("arrived 5:55 PM, out 6:40 PM to 7:00 PM")
    phone.taps(ONE, "?")
    phone.has_saved()
    row = phone.row(ONE)
    row.locator(".person__name").click()
    for label in ("Arrived", "Out", "Back"):
        row.get_by_label(label, exact=True).fill("")
    phone.page.reload()
    phone.taps(ONE, "Here")
    phone.has_saved()
    expect(phone.row(ONE).locator(".person__note")).to_have_text("2 h 50 min awaiting confirmation")


@pytest.mark.parametrize("choice", ["theirs", "mine"])
def test_two_trainers_see_both_versions_side_by_side_and_the_second_decides(
    house: House, browser: Browser, phone: Phone, room: Class, choice: str
) -> None:
    colleague = Phone(browser, house)
    colleague.belongs_to(make_person("Corin Vale", roles=["trainer"], cohort_id=room.cohort_id).id)
    colleague.opens(room.path)
    colleague.types(ONE, Arrived="5:55")
    colleague.taps(TWO, "Here")
    colleague.has_saved()
    colleague.context.close()
    phone.taps(ONE, "Not here")
    phone.taps(THREE, "Here")
    both = phone.page.get_by_role("group", name=f"Which holds for {ONE}?")
    expect(both).to_contain_text("As Corin Vale recorded")
    expect(both).to_contain_text("Here, arrived 5:55 PM")
    expect(both.get_by_role("button", name="As you recorded")).to_contain_text("Not here")
    phone.has_unsent(1)
    expect(phone.page.locator("#save-look")).to_have_text("1 to decide")
    phone.page.reload()
    expect(both).to_contain_text("As Corin Vale recorded")
    both.get_by_role("button", name={"theirs": "As Corin Vale", "mine": "As you"}[choice]).click()
    phone.has_saved()
    expect(both).to_have_count(0)
    wanted = {"theirs": ["present"], "mine": ["present", "absent"]}[choice]
    assert room.stored() == {ONE: wanted, TWO: ["present"], THREE: ["present"]}
    expect(phone.row(ONE).get_by_label({"theirs": "Here", "mine": "Not here"}[choice], exact=True)).to_be_checked()


def test_everyone_is_here_overwrites_nobody_whom_a_colleague_marked_meanwhile(phone: Phone, room: Class) -> None:
    colleague = make_person("Corin Vale", roles=["trainer"], cohort_id=room.cohort_id)
    enrollment = db.session.get_one(Enrollment, room.people[ONE])
    make_mark(db.session.get_one(TrainingSession, room.session_id), enrollment, colleague, "absent")
    phone.presses("Everyone is here")
    phone.has_saved()
    expect(phone.row(ONE).get_by_label("Not here")).to_be_checked()
    assert room.stored() == {ONE: ["absent"], TWO: ["present"], THREE: ["present"]}


def test_tomorrows_register_is_kept_today_and_opens_an_hour_before(house: House, phone: Phone) -> None:
    tomorrow = make_class(house, 3, days_ahead=1)
    phone.belongs_to(tomorrow.trainer_id)
    phone.opens(tomorrow.path)
    notice = phone.page.get_by_text("Its register opens at 4:30 PM on")
    expect(notice).to_be_visible()
    expect(phone.page.get_by_role("button", name="Everyone is here")).to_be_disabled()
    phone.keeps_the_register()
    phone.loses_network()
    phone.page.clock.install(time=tomorrow.starts - timedelta(hours=1, seconds=30))
    phone.page.reload()
    phone.reads("#copy-notice", "This is the copy of")
    expect(notice).to_be_visible()
    phone.page.clock.fast_forward("00:31")
    expect(notice).to_be_hidden()
    phone.presses("Everyone is here")
    phone.has_unsent(3)
