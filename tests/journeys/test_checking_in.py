"""An evening at which people check in by themselves: by the code on the wall, and at a tablet by the door."""

import json
import os
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.factories.schedule import local
from tests.journeys.keyboard import Visitor
from tests.journeys.site import Site, serve
from tests.journeys.test_accessibility import DESKTOP, PHONE, TURN_AROUND, WCAG
from tests.journeys.wall_clock import WallClock

TODAY = date(2026, 10, 21)
TRAINEE = "Marisol Vantage"
TABLET, PROJECTOR = {"width": 768, "height": 1024}, {"width": 1280, "height": 800}
SHOTS = os.environ.get("ADVOCATES_SCREENSHOTS")
At = Callable[..., None]


@pytest.fixture
def at(tmp_path: Path) -> At:
    """Sets the time of day, and the seconds; it is ten minutes before the class."""
    clock = WallClock(tmp_path)

    def set_clock(time: str, seconds: int = 0) -> None:
        instant: datetime = local(TODAY, time)
        clock.set(instant + timedelta(seconds=seconds))

    set_clock("17:20")
    return set_clock


@pytest.fixture
def site(fresh_database: Callable[[str], str], tmp_path: Path, at: At) -> Iterator[Site]:
    with serve(fresh_database("checking-in"), tmp_path, WallClock(tmp_path)) as site:
        yield site


def test_an_evening_at_which_people_check_in_by_themselves(site: Site, browser: Browser, at: At) -> None:
    sign_ins = json.loads(site.command("demo", "load", "--json", "--today", str(TODAY)))["sign_ins"]
    people = {entry["role"]: entry for entry in sign_ins}
    trainer, tablet = (_visitor(site, browser) for _ in range(2))
    for visitor in (trainer, tablet):
        _sign_in(visitor, people["trainer"])
        visitor.follow("Take attendance")
        visitor.follow("Check-ins")
    phone = _visitor(site, browser, PHONE)
    _by_the_code_on_the_wall(trainer, phone, people["trainee"], at)
    personal_code = _sees_the_personal_code(phone)
    _becomes_a_kiosk(tablet, trainer)
    _at_the_kiosk(tablet, personal_code, at)
    _is_confirmed(trainer, at)
    _kiosk_ends(trainer, tablet)
    assert "chain unbroken" in site.command("audit", "check")


def test_without_javascript_the_code_changes_and_a_kiosk_takes_codes(site: Site, browser: Browser, at: At) -> None:
    sign_ins = json.loads(site.command("demo", "load", "--json", "--today", str(TODAY)))["sign_ins"]
    people = {entry["role"]: entry for entry in sign_ins}
    page = _plain_page(site, browser, people["trainee"])
    page.goto(f"{site.address}/my-code")
    code = page.locator(".my-code").inner_text()
    page.context.close()
    page = _plain_page(site, browser, people["trainer"])
    page.get_by_role("link", name="Take attendance").click()
    page.get_by_role("link", name="Check-ins").click()
    list_address = page.url
    at("17:24", 28)
    page.get_by_role("link", name="Show the code for the room").click()
    first = page.locator(".room-code__code").inner_text()
    at("17:24", 30)
    expect(page.locator(".room-code__code")).not_to_have_text(first, timeout=10_000)
    at("20:31")
    page.goto(list_address)
    page.get_by_role("button", name="Confirm the ticked marks").click()
    expect(page.get_by_role("main")).to_contain_text("7 marks are confirmed.")
    page.get_by_text("Make this device a kiosk").click()
    page.get_by_role("button", name="Start the kiosk").click()
    page.get_by_label("Your personal code").fill(code)
    page.get_by_role("button", name="OK").click()
    expect(page.get_by_role("status")).to_contain_text("Welcome. Recorded at 8:31 PM.")
    expect(page.get_by_role("status")).to_be_empty(timeout=10_000)
    page.context.close()


def _plain_page(site: Site, browser: Browser, person: dict[str, str]) -> Page:
    """A browser without JavaScript, signed in."""
    page = browser.new_context(java_script_enabled=False, viewport=TABLET).new_page()  # type: ignore[arg-type]
    page.goto(f"{site.address}/sign-in")
    page.get_by_label("E-mail address").fill(person["email"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.get_by_role("button", name="Sign in").click()
    return page


def _visitor(site: Site, browser: Browser, viewport: Any = PROJECTOR) -> Visitor:
    context = browser.new_context(locale="en-US", base_url=site.address, viewport=viewport)
    return Visitor(context.new_page(), site.address)


def _sign_in(visitor: Visitor, person: dict[str, str]) -> None:
    if not visitor.path.startswith("/sign-in"):
        visitor.open("/sign-in")
    visitor.type("E-mail address", person["email"])
    visitor.type("Password", person["password"])
    visitor.press("Sign in")


def _by_the_code_on_the_wall(trainer: Visitor, phone: Visitor, trainee: dict[str, str], at: At) -> None:
    """It changes by itself; whoever is not signed in yet scans once more after that."""
    address = trainer.path
    at("17:24", 28)
    trainer.follow("Show the code for the room")
    shown = trainer.main.locator(".room-code__code")
    first = shown.inner_text()
    at("17:24", 30)
    expect(shown).not_to_have_text(first, timeout=10_000)
    trainer.reads("people have checked in")
    _looks_right(trainer.page, "projector", PROJECTOR, PHONE)
    phone.open(f"/check-in?code={_plain(first)}")
    phone.heading("Sign in")
    at("17:26")
    _sign_in(phone, trainee)
    phone.press("I am here")
    phone.reads("This code is not shown now.")
    _looks_right(phone.page, "check-in-refused", PHONE, turns=False)
    trainer.open(trainer.path)
    phone.open(f"/check-in?code={_plain(shown.inner_text())}")
    _looks_right(phone.page, "check-in-confirm", PHONE, DESKTOP)
    phone.press("I am here")
    phone.reads("Recorded at 5:26 PM.", "You are checked in: in 5:26 PM. Your trainer confirms it.")
    _looks_right(phone.page, "check-in-done", PHONE, DESKTOP)
    trainer.open(address)


def _plain(code: str) -> str:
    return re.sub(r"\s", "", code)


def _sees_the_personal_code(phone: Visitor) -> str:
    phone.follow("My code")
    _looks_right(phone.page, "my-code", PHONE, DESKTOP)
    return _plain(phone.main.locator(".my-code").inner_text())


def _becomes_a_kiosk(tablet: Visitor, trainer: Visitor) -> None:
    """The trainer is signed out there, and nothing but the screen is left; the phone of theirs is as before."""
    tablet.page.set_viewport_size(TABLET)  # type: ignore[arg-type]
    register = tablet.path.replace("check-ins", "attendance")
    tablet.unfold(tablet.main.locator("summary"))
    tablet.press("Start the kiosk")
    tablet.heading("Check in or out")
    tablet.open(register)
    assert tablet.path == "/kiosk"
    _looks_right(tablet.page, "kiosk", TABLET, PHONE, {"width": 1024, "height": 768})
    trainer.open(trainer.path)
    trainer.reads("A kiosk runs since 5:26 PM")


def _at_the_kiosk(tablet: Visitor, code: str, at: At) -> None:
    """By keyboard and by the large keys; the answer goes away by itself, and so does what was typed."""
    page = tablet.page
    at("18:40")
    field = page.get_by_label("Your personal code")
    expect(field).to_be_focused()
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("This code is not known here.")
    _looks_right(page, "kiosk-refused", TABLET, PHONE, turns=False)
    for digit in code:
        page.get_by_role("button", name=digit, exact=True).click()
    expect(field).to_have_value(code)
    page.get_by_role("button", name="OK").click()
    said = page.get_by_role("status")
    expect(said).to_contain_text("Goodbye. Recorded at 6:40 PM.")
    expect(field).to_have_value("")
    _looks_right(page, "kiosk-goodbye", TABLET, turns=False)
    expect(said).to_be_empty(timeout=10_000)
    at("19:00")
    page.context.set_offline(True)
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    expect(said).to_have_text("No connection just now. Tell the trainer that you are here.")
    page.context.set_offline(False)
    page.get_by_text("Coming", exact=True).click()
    field.fill(code)
    page.keyboard.press("Enter")
    expect(said).to_contain_text("Welcome. Recorded at 7:00 PM.")


def _is_confirmed(trainer: Visitor, at: At) -> None:
    """Somebody's own words are shown beside what they propose; ticked are those that need no second look."""
    at("20:31")
    trainer.open(trainer.path)
    row = trainer.main.get_by_role("listitem").filter(has_text=TRAINEE)
    trainer.reads(
        "in 5:26 PM by the code, out 6:40 PM at the tablet, in 7:00 PM at the tablet",
        "Here, out 6:40 PM to 7:00 PM",
        within=row,
    )
    trainer.reads("no check-out, so until 8:30 PM", within=row)
    _looks_right(trainer.page, "check-ins", PHONE, DESKTOP)
    ticked = trainer.main.locator("#arrivals input:checked").count()
    trainer.press(f"Confirm the ticked marks ({ticked})")
    trainer.reads(f"{ticked} marks are confirmed.", "Nothing to confirm")
    trainer.follow("Register")
    trainer.reads("out 6:40 PM to 7:00 PM", within=trainer.main.get_by_role("listitem").filter(has_text=TRAINEE))
    trainer.follow("Check-ins")


def _kiosk_ends(trainer: Visitor, tablet: Visitor) -> None:
    trainer.press("End this kiosk")
    trainer.reads("The kiosk has ended.")
    tablet.open("/kiosk")
    tablet.heading("Sign in")


def _looks_right(page: Page, name: str, *viewports: Any, turns: bool = True) -> None:
    """Axe finds nothing, and nothing is wider than the window; not from right to left either."""
    before = page.viewport_size
    for viewport in viewports:
        page.set_viewport_size(viewport)
        found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
        problems = [(each["id"], [node["target"] for node in each["nodes"]]) for each in found.response["violations"]]
        assert problems == [], f"{name} at {viewport['width']}"
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{viewport['width']}.png", full_page=True)
        assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth"), f"{name}, {viewport}"
    if turns:
        page.evaluate(TURN_AROUND)
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-rtl.png", full_page=True)
        assert page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth"), f"{name}, right to left"
        page.reload()
    page.set_viewport_size(before)  # type: ignore[arg-type]
