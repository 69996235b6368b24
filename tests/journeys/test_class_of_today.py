"""A class that is held today, by keyboard: its register while it runs, and its sign-off once it is over."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.factories.schedule import local
from tests.journeys.keyboard import Visitor
from tests.journeys.site import Site, serve
from tests.journeys.wall_clock import WallClock

TODAY = date(2026, 10, 21)
TRAINEE = "Marisol Vantage"
LATE, AWAY, EARLY, ABSENT, UNSURE = (
    "Thaddeus Moonfield",
    "Lavinia Stormcloud",
    "Delphine Arrowsmith",
    "Solomon Tidewater",
    "سمير النجار",
)


@pytest.fixture
def wall_clock(tmp_path: Path) -> Callable[[str], None]:
    """Sets the time of day; it is 5:20 PM, ten minutes before the class."""
    clock = WallClock(tmp_path)
    clock.set(local(TODAY, "17:20"))
    return lambda time: clock.set(local(TODAY, time))


@pytest.fixture
def site(fresh_database: Callable[[str], str], tmp_path: Path, wall_clock: Any) -> Iterator[Site]:
    with serve(fresh_database("today"), tmp_path, WallClock(tmp_path)) as site:
        yield site


def test_a_class_of_today_from_the_first_screen_to_its_sign_off(site: Site, browser: Browser, wall_clock) -> None:
    sign_ins = json.loads(site.command("demo", "load", "--json", "--today", str(TODAY)))["sign_ins"]
    people = {entry["role"]: entry for entry in sign_ins}
    trainer = _signs_in(site, browser, people["trainer"])
    trainee = _signs_in(site, browser, people["trainee"])
    trainee.reads("Credited15 h 30 min", "Awaiting confirmation6 h 00 min")
    _marks_the_room(trainer, wall_clock)
    _keeps_up_with_who_comes_and_goes(trainer, wall_clock)
    trainee.open("/")
    trainee.reads("Credited15 h 30 min", "Awaiting confirmation8 h 50 min")
    _cannot_sign_off_before_the_end(trainer)
    _signs_off(trainer, wall_clock)
    trainee.open("/")
    trainee.reads("Credited18 h 20 min", "Awaiting confirmation6 h 00 min")
    assert "0 differences" in site.command("hours", "check")
    assert "chain unbroken" in site.command("audit", "check")


def _signs_in(site: Site, browser: Browser, person: dict[str, str]) -> Visitor:
    visitor = Visitor(browser.new_context(locale="en-US", base_url=site.address).new_page(), site.address)
    visitor.open("/sign-in")
    visitor.type("E-mail address", person["email"])
    visitor.type("Password", person["password"])
    visitor.press("Sign in")
    return visitor


def _marks_the_room(trainer: Visitor, wall_clock: Callable[[str], None]) -> None:
    """From the first screen: everybody is here, but for those who are not here yet and one nobody is sure of."""
    trainer.reads("Your cohorts today", "5:30 PM – 8:30 PM")
    trainer.follow("Take attendance")
    wall_clock("17:34")
    people = trainer.main.locator("[data-person]").count()
    trainer.reads(f"Marks everybody without a mark ({people}) as here until 8:30 PM.")
    trainer.tab_to(trainer.main.get_by_role("button", name="Everyone is here"))
    trainer.page.keyboard.press("Enter")
    trainer.reads(f"{people} here", "0 unmarked")
    trainer.reads("2 h 50 min awaiting confirmation", within=_row(trainer, TRAINEE))
    for name, letter in ((LATE, "a"), (ABSENT, "a"), (UNSURE, "x")):
        trainer.tab_to(_row(trainer, name).get_by_role("radio").first)
        trainer.page.keyboard.press(letter)
    _saves(trainer)
    trainer.reads(f"{people - 3} here", "2 not here", "1 ?", "0 unmarked")


def _keeps_up_with_who_comes_and_goes(trainer: Visitor, wall_clock: Callable[[str], None]) -> None:
    """Whoever comes after all is here by the time alone; a return is recorded once it happened."""
    wall_clock("17:58")
    _types(trainer, LATE, "Arrived", "5:55")
    _saves(trainer)
    trainer.reads("1 not here", "1 ?", "0 unmarked")
    assert trainer.page.evaluate("window.scrollY") > 0, "whoever saves stays where they were in the room"
    trainer.reads("2 h 25 min awaiting confirmation", "arrived 5:55 PM", within=_row(trainer, LATE))
    wall_clock("18:42")
    _types(trainer, AWAY, "Out", "6:40")
    _types(trainer, EARLY, "Left", "8:20")
    _saves(trainer)
    trainer.reads("1 h 10 min awaiting confirmation", "left 6:40 PM", within=_row(trainer, AWAY))
    trainer.reads("2 h 40 min awaiting confirmation", "left 8:20 PM", within=_row(trainer, EARLY))
    _types(trainer, AWAY, "Back", "7:00")
    trainer.page.keyboard.press("Enter")
    trainer.reads("7:00 PM is still to come. Record it once the person is here.", within=_row(trainer, AWAY))
    wall_clock("19:05")
    _types(trainer, AWAY, "Back", "7:00 pm")
    _saves(trainer)
    trainer.reads("2 h 30 min awaiting confirmation", "out 6:40 PM to 7:00 PM", within=_row(trainer, AWAY))


def _cannot_sign_off_before_the_end(trainer: Visitor) -> None:
    trainer.follow("Go to sign-off")
    trainer.reads("This class is planned until 8:30 PM. Sign it off when it is over")
    trainer.press("Sign off and credit the minutes")
    trainer.reads("Nothing was changed yet", "8:30 PM is still to come.")


def _signs_off(trainer: Visitor, wall_clock: Callable[[str], None]) -> None:
    wall_clock("20:31")
    trainer.press("Sign off and credit the minutes")
    trainer.reads("Signed off. The minutes are credited.", "The register is locked.")
    for name, credited in (
        (TRAINEE, "2 h 50 min"),
        (LATE, "2 h 25 min"),
        (AWAY, "2 h 30 min"),
        (EARLY, "2 h 40 min"),
        (ABSENT, "0 h 00 min"),
        (UNSURE, "0 h 00 min"),
    ):
        trainer.reads(f"{credited} credited", within=_row(trainer, name))


def _row(trainer: Visitor, name: str) -> Locator:
    return trainer.main.get_by_role("listitem").filter(has_text=name)


def _types(trainer: Visitor, name: str, label: str, clock: str) -> None:
    details = _row(trainer, name).locator("details").first
    if details.get_attribute("open") is None:
        trainer.unfold(details.locator("summary").first)
    trainer.type(label, clock, within=details)


def _saves(trainer: Visitor) -> None:
    """By leaving the field."""
    trainer.page.keyboard.press("Enter")
    expect(trainer.main.locator("#save-now")).to_have_text("Everything is saved")
