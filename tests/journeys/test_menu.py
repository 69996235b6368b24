"""The navigation: on a phone what is opened most and a menu, on a desk every link; by keyboard, with scripts or not."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.journeys.keyboard import Visitor
from tests.journeys.site import Site

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
FOLDED = ("Curricula", "People", "Issuer", "Agreement texts", "Audit trail", "My profile")


@pytest.fixture
def signed_in(site: Site, browser: Browser) -> Callable[..., Visitor]:
    sign_ins = json.loads(site.command("demo", "load", "--json"))["sign_ins"]

    def visit(viewport: dict[str, int], **settings: Any) -> Visitor:
        context = browser.new_context(viewport=viewport, locale="en-US", **settings)
        administrator = Visitor(context.new_page(), site.address)
        administrator.open("/sign-in")
        administrator.type("E-mail address", sign_ins[0]["email"])
        administrator.type("Password", sign_ins[0]["password"])
        administrator.press("Sign in")
        return administrator

    return visit


def test_everything_is_reached_by_keyboard_wherever_it_stands(signed_in) -> None:
    without_scripts = signed_in(PHONE, java_script_enabled=False)
    _takes_one_line(without_scripts)
    _opens_shows_and_leads_on(without_scripts)
    phone = signed_in(PHONE)
    _opens_shows_and_leads_on(phone)
    _closes_by_escape(phone)
    _stands_open_on_a_desk(signed_in(DESK))


def _takes_one_line(visitor: Visitor) -> None:
    box = _navigation(visitor).bounding_box()
    assert box is not None
    assert box["height"] < 60


def _opens_shows_and_leads_on(visitor: Visitor) -> None:
    """A screen reader is told whether it is open, and what is folded is not there until then."""
    visitor.open("/")
    navigation, menu = _navigation(visitor), _menu(visitor)
    for name in FOLDED:
        expect(navigation.get_by_role("link", name=name)).to_have_count(0)
    visitor.tab_to(menu)
    visitor.page.keyboard.press("Enter")
    for name in FOLDED:
        visitor.tab_to(navigation.get_by_role("link", name=name))
    expect(navigation.get_by_role("button", name="Sign out")).to_be_visible()
    visitor.follow("People", within=navigation)
    visitor.heading("People")
    expect(_menu(visitor)).to_have_css("font-weight", "700")


def _closes_by_escape(visitor: Visitor) -> None:
    menu = _menu(visitor)
    visitor.tab_to(menu)
    visitor.page.keyboard.press("Enter")
    visitor.tab_to(_navigation(visitor).get_by_role("link", name="My profile"))
    visitor.page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(_navigation(visitor).get_by_role("link", name="My profile")).to_have_count(0)


def _stands_open_on_a_desk(visitor: Visitor) -> None:
    navigation = _navigation(visitor)
    expect(_menu(visitor)).to_be_hidden()
    for name in ("Home", "Cohorts", "Make-ups", *FOLDED):
        visitor.tab_to(navigation.get_by_role("link", name=name))
    _takes_one_line(visitor)
    visitor.press("Sign out", within=navigation)
    visitor.heading("Sign in")


def _navigation(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("navigation", name="Main")


def _menu(visitor: Visitor) -> Locator:
    return _navigation(visitor).locator("summary")
