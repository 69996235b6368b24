"""Every kind of page of the demo, for each role: axe finds nothing, and a phone never scrolls sideways."""

import json
import os
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.site import Site, serve

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/verify/).+")
SHOTS = os.environ.get("ADVOCATES_SCREENSHOTS")
MOST_PAGES = 70
# What the layout does for a language that is written from right to left.
TURN_AROUND = """() => new Promise(done => {
  const sheet = document.querySelector("link[href*='css/app.css']");
  sheet.onload = done;
  sheet.href = sheet.href.replace("app.css", "app.rtl.css");
  document.documentElement.dir = "rtl";
})"""


@pytest.fixture(scope="module")
def demo(fresh_database: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, dict[str, Any]]]:
    """The demo program on a running site."""
    with serve(fresh_database("accessibility"), tmp_path_factory.mktemp("accessibility")) as site:
        yield site, json.loads(site.command("demo", "load", "--json"))


@pytest.mark.parametrize("role", ["administrator", "trainer", "trainee", "graduate", "auditor"])
def test_every_kind_of_page_is_accessible_on_a_phone_and_a_desk(demo, browser: Browser, role: str) -> None:
    site, loaded = demo
    sign_in = next(entry for entry in loaded["sign_ins"] if entry["role"] == role)
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{site.address}/sign-in")
    page.get_by_label("E-mail address").fill(sign_in["email"])
    page.get_by_label("Password", exact=True).fill(sign_in["password"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site.address}/")
    award = loaded["certificate_url"].removeprefix(site.address).removesuffix("/certificate.pdf")
    starts = ["/", award] if role == "administrator" else ["/"]
    paths = _crawl(page, site.address, starts)
    problems = [problem for path in paths for problem in _problems(page, site.address, path, role)]
    page.close()
    assert not problems, "\n".join(problems)


def test_the_pages_without_an_account_are_accessible(demo, browser: Browser) -> None:
    site, loaded = demo
    page = browser.new_page(viewport=PHONE)
    code = loaded["verify_url"].rsplit("/", 1)[1]
    paths = ["/sign-in", "/password/forgotten", "/verify", f"/verify/{code}", "/verify/unknown", "/invitations/unknown"]
    problems = [problem for path in paths for problem in _problems(page, site.address, path, "anyone")]
    page.close()
    assert not problems, "\n".join(problems)


def _crawl(page: Page, address: str, starts: list[str]) -> Iterator[str]:
    """One address of each kind that links lead to from where it starts, nearest first."""
    waiting, kinds = deque(starts), {ID.sub("*", start) for start in starts}
    for _ in range(MOST_PAGES):
        if not waiting:
            return
        path = waiting.popleft()
        page.goto(address + path)
        yield path
        hrefs = page.locator("a[href^='/']").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        for href in (href.split("#")[0] for href in hrefs):
            kind = ID.sub("*", href.split("?")[0])
            if kind not in kinds and not re.search(r"\.pdf$|/export$|/static/", kind):
                kinds.add(kind)
                waiting.append(href)
    raise AssertionError(f"more than {MOST_PAGES} kinds of pages: {sorted(kinds)}")


def _problems(page: Page, address: str, path: str, role: str) -> Iterator[str]:
    for viewport in (PHONE, DESKTOP):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        page.goto(address + path)
        where = f"{role} {path} at {viewport['width']}"
        found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
        for violation in found.response["violations"]:
            yield f"{where}: {violation['id']} {[node['target'] for node in violation['nodes']][:3]}"
        yield from _sideways(page, where)
        _shoot(page, role, path, viewport["width"])
        if viewport is PHONE:
            page.evaluate(TURN_AROUND)
            yield from _sideways(page, f"{where}, right to left")


def _sideways(page: Page, where: str) -> Iterator[str]:
    widths = page.evaluate("[document.scrollingElement.scrollWidth, window.innerWidth]")
    if widths[0] > widths[1]:
        yield f"{where}: the page is {widths[0]} pixels wide in a window of {widths[1]}"


def _shoot(page: Page, role: str, path: str, width: int) -> None:
    if SHOTS:
        name = re.sub(r"[^a-z0-9]+", "-", ID.sub("1", path.split("?")[0])).strip("-") or "home"
        page.screenshot(path=Path(SHOTS) / f"{role}-{name}-{width}.png", full_page=True)
