"""Links that are shown once are copied by a button; without the clipboard they stand there to be selected."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.journeys.keyboard import Visitor
from tests.journeys.site import Site, serve

NEWCOMERS = ("Wanda Ostrowska-Pell", "Ngozi Fairweather", "王小雨")


@pytest.fixture
def site(fresh_database: Callable[[str], str], tmp_path: Path) -> Iterator[Site]:
    """A site without a mail server: links are handed over by the administrator."""
    with serve(fresh_database("copying"), tmp_path, sends_mail=False) as site:
        yield site


def test_links_are_copied_from_the_page_that_shows_them_once(site: Site, browser: Browser) -> None:
    administrator = json.loads(site.command("demo", "load", "--json"))["sign_ins"][0]

    def visit(**settings: Any) -> Visitor:
        context = browser.new_context(locale="en-US", base_url=site.address, **settings)
        return _signs_in(site, context, administrator)

    admin = visit(permissions=["clipboard-read", "clipboard-write"])
    _enrolls_newcomers(admin)
    links = _copies_each(admin)
    _copies_all(admin, links)
    _makes_a_link(admin, NEWCOMERS[0])
    _presses(admin, "Copy the link")
    _is_said(admin, "Copied.")
    assert _clipboard(admin) == admin.main.get_by_label("Link", exact=True).input_value()
    _works(browser, site, links[NEWCOMERS[1]])
    _is_selected_where_the_clipboard_refuses(visit())
    _is_selected_by_hand(visit(java_script_enabled=False))


def _signs_in(site: Site, context: BrowserContext, person: dict[str, str]) -> Visitor:
    visitor = Visitor(context.new_page(), site.address)
    visitor.open("/sign-in")
    visitor.type("E-mail address", person["email"])
    visitor.type("Password", person["password"])
    visitor.press("Sign in")
    return visitor


def _enrolls_newcomers(admin: Visitor) -> None:
    admin.open("/cohorts")
    admin.enter(admin.main.get_by_role("rowheader").get_by_role("link").first)
    admin.follow("Enroll from a list")
    lines = [f"{name}, newcomer{number}@agency.example" for number, name in enumerate(NEWCOMERS)]
    admin.type("People, one in each line", "\n".join(lines))
    admin.press("Check the list")
    admin.press(f"Enroll {len(NEWCOMERS)} people")
    admin.heading("Invitations to hand over")


def _copies_each(admin: Visitor) -> dict[str, str]:
    """The links by name, as they stand on the page and as each is in the clipboard."""
    links = {}
    for name in NEWCOMERS:
        row = admin.main.get_by_role("row").filter(has_text=name)
        links[name] = row.locator("code").inner_text()
        _presses(admin, f"Copy the link of {name}")
        _is_said(admin, f"Copied: the link of {name}.")
        assert _clipboard(admin) == links[name]
    assert len(set(links.values())) == len(NEWCOMERS)
    return links


def _copies_all(admin: Visitor, links: dict[str, str]) -> None:
    _presses(admin, "Copy all")
    _is_said(admin, "Copied: all names, e-mail addresses and links.")
    rows = [line.split("\t") for line in _clipboard(admin).splitlines() if line]
    assert {name: link for name, _email, link in rows} == links


def _works(browser: Browser, site: Site, link: str) -> None:
    newcomer = Visitor(browser.new_context(locale="en-US").new_page(), site.address)
    newcomer.open(link)
    newcomer.heading("Choose a password")


def _makes_a_link(admin: Visitor, name: str) -> None:
    admin.open(f"/people?q={name}")
    admin.follow(name)
    admin.press("Make an invitation link")


def _is_selected_where_the_clipboard_refuses(admin: Visitor) -> None:
    admin.page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
    _makes_a_link(admin, NEWCOMERS[0])
    _presses(admin, "Copy the link")
    _is_said(admin, "Could not be copied by itself. It is selected: copy it by hand.")
    link = admin.main.get_by_label("Link", exact=True).input_value()
    assert admin.page.evaluate("document.getSelection().toString()") == link


def _is_selected_by_hand(admin: Visitor) -> None:
    """No button that does nothing; the whole link stands in a field of its own."""
    _makes_a_link(admin, NEWCOMERS[2])
    expect(admin.main.get_by_role("button", name="Copy the link")).to_have_count(0)
    field = admin.main.get_by_label("Link", exact=True)
    admin.tab_to(field)
    assert field.input_value().startswith(f"{admin.site_address}/invitations/")


def _presses(visitor: Visitor, name: str) -> None:
    """A button that leads nowhere."""
    visitor.tab_to(visitor.main.get_by_role("button", name=name, exact=True))
    visitor.page.keyboard.press("Enter")


def _is_said(visitor: Visitor, text: str) -> None:
    """By a part of the page that a screen reader reads aloud when it changes."""
    expect(visitor.main.get_by_role("status").filter(has_text=text)).to_have_text(text)


def _clipboard(visitor: Visitor) -> str:
    return str(visitor.page.evaluate("navigator.clipboard.readText()"))
