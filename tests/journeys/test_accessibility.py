"""Every page of the demo, for each role: axe finds nothing, and a phone never scrolls sideways.

A new page is looked at as soon as a link leads to it; one that no link leads to fails here until it is looked at.
"""

import json
import os
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import create_engine, select

from advocates.credentials.models import IssuingBatch
from advocates.sittings.models import Sitting
from tests.journeys.site import Site, serve
from tests.journeys.staging import begin_a_map, close_the_pilot, offer_again
from tests.journeys.walking import walk
from tests.site.access_table import ACCESS, ALL, OWN, PUBLIC_ENDPOINTS

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/verify/).+")
SHOTS = os.environ.get("ADVOCATES_SCREENSHOTS")
# People of the demo who are looked at together: a graduate is a trainee with other pages.
PEOPLE = {"trainee": ("trainee", "graduate")}
OF_TRAINEES = "only who is in a cohort has a certificate's name to confirm"
OF_A_CLASS = "only who attends or teaches has a calendar of it"
OF_WHO_IS_ASKED = "only who is or was in training is asked by a survey"
MACHINES = "read by programs"
SCRIPTS = "read by the scripts of the register, the skills and the tests"
PICTURES = "an image, which the pages of questions show"
NOT_LOOKED_AT: dict[str, dict[str, str]] = {
    "administrator": {
        "evaluations.answer_own_survey": OF_WHO_IS_ASKED,
        "calendars.show_calendar": OF_A_CLASS,
        "calendars.show_entry": OF_A_CLASS,
        "credentials.issuing_progress": MACHINES,
        "attendance.show_marks": SCRIPTS,
        "skills.show_observations": SCRIPTS,
        "question_bank.show_image": PICTURES,
    },
    "trainer": {
        "evaluations.answer_own_survey": OF_WHO_IS_ASKED,
        "question_bank.show_image": PICTURES,
        "people.confirm_certificate_name": OF_TRAINEES,
        "attendance.show_marks": SCRIPTS,
        "skills.show_observations": SCRIPTS,
    },
    "trainee": {"sittings.show_answers": SCRIPTS},
    "auditor": {
        "evaluations.answer_own_survey": OF_WHO_IS_ASKED,
        "calendars.show_calendar": OF_A_CLASS,
        "calendars.show_entry": OF_A_CLASS,
        "people.confirm_certificate_name": OF_TRAINEES,
    },
    "anyone": {
        "evaluations.answer_survey": "the form that a trainee's home leads to, by a link that stands in a mail alone",
        "check_in.kiosk": "only on a tablet that staff made a kiosk: test_checking_in.py looks at it",
        "calendars.show_feed": MACHINES,
        "attendance.service_worker": MACHINES,
        "attendance.web_manifest": MACHINES,
        "overview.healthz": MACHINES,
        "overview.readyz": MACHINES,
    },
}
# What the layout does for a language that is written from right to left.
TURN_AROUND = """() => new Promise(done => {
  const sheet = document.querySelector("link[href*='css/app.css']");
  sheet.onload = done;
  sheet.href = sheet.href.replace("app.css", "app.rtl.css");
  document.documentElement.dir = "rtl";
})"""


@pytest.fixture(scope="module")
def demo(
    fresh_database: Any, tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[tuple[Site, dict[str, Any]]]:
    """The demo program on a running site, with what it leaves open."""
    with serve(fresh_database("accessibility"), tmp_path_factory.mktemp("accessibility")) as site:
        loaded = json.loads(site.command("demo", "load", "--json"))
        page = _signed_in(site, browser, loaded["sign_ins"][0])
        close_the_pilot(page, site)
        begin_a_map(page, site)
        loaded["offer"] = offer_again(page, site)
        page.close()
        yield site, loaded


@pytest.mark.parametrize("role", ["administrator", "trainer", "trainee", "auditor"])
def test_every_page_of_a_role_is_accessible_on_a_phone_and_a_desk(demo, shared_app, browser: Browser, role) -> None:
    site, loaded = demo
    register, award = (loaded[f"{each}_url"].removeprefix(site.address) for each in ("register", "certificate"))
    starts = {
        "administrator": ["/", "/nowhere", register, award.removesuffix("/certificate.pdf"), _issuing(site)],
        "trainer": ["/", register],
    }.get(role, ["/"])
    starts = [*starts, "/not-sent"]  # a script leads there, where something waits
    if role == "trainee":
        starts += _sittings(site)
    reached, problems = set(), []
    for kind in PEOPLE.get(role, (role,)):
        page = _signed_in(site, browser, next(entry for entry in loaded["sign_ins"] if entry["role"] == kind))
        found = walk(page, site.address, shared_app.url_map, starts)
        reached |= found.endpoints
        problems += [*found.broken, *_all_problems(page, site.address, {*starts, *found.pages.values()}, kind)]
        page.close()
    problems += _forgotten(role, _open_to(shared_app, role), reached)
    assert not problems, "\n".join(problems)


def test_every_page_without_an_account_is_accessible(demo, shared_app, browser: Browser) -> None:
    site, loaded = demo
    page = browser.new_page(viewport=PHONE)
    invitation = site.command("people", "create-administrator").removeprefix(site.address)
    code = loaded["verify_url"].rsplit("/", 1)[1]
    starts = ["/sign-in", f"/verify/{code}", "/verify/unknown", invitation, "/invitations/unknown", loaded["offer"]]
    starts += ["/offline", "/survey-answered"]
    apply = walk(page, site.address, shared_app.url_map, ["/apply"]).pages["admissions.apply"]
    starts += [apply, f"{apply}/received"]
    found = walk(page, site.address, shared_app.url_map, starts)
    problems = [*found.broken, *_all_problems(page, site.address, {*starts, *found.pages.values()}, "anyone")]
    page.close()
    problems += _forgotten("anyone", PUBLIC_ENDPOINTS, found.endpoints)
    assert not problems, "\n".join(problems)


def _signed_in(site: Site, browser: Browser, person: dict[str, str]) -> Page:
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{site.address}/sign-in")
    page.get_by_label("E-mail address").fill(person["email"])
    page.get_by_label("Password", exact=True).fill(person["password"])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{site.address}/")
    return page


def _issuing(site: Site) -> str:
    """The run that issued the pilot's certificates: only its own page leads to it once it is done."""
    engine = create_engine(site.environment["ADVOCATES_DATABASE_URL"])
    with engine.connect() as connection:
        batch_id = connection.execute(select(IssuingBatch.id)).scalars().one()
    engine.dispose()
    return f"/issuing/{batch_id}"


def _sittings(site: Site) -> list[str]:
    """What a trainee comes to by sending a form: a look back before the end, and the result after it."""
    engine = create_engine(site.environment["ADVOCATES_DATABASE_URL"])
    with engine.connect() as connection:
        sitting = connection.execute(select(Sitting).filter_by(number=2)).one()
        first = select(Sitting.id).filter_by(enrollment_id=sitting.enrollment_id, number=1)
        finished = connection.execute(first).scalars().one()
    engine.dispose()
    return [f"/sittings/{sitting.id}/review", f"/sittings/{finished}/result"]


def _open_to(app: Flask, role: str) -> set[str]:
    """The endpoints that the role may GET, by the table of who may reach what."""
    gets = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return {endpoint for endpoint in gets if ACCESS.get(endpoint, {}).get(role) in {ALL, OWN}}


def _forgotten(role: str, wanted: Iterable[str], reached: Collection[str]) -> Iterator[str]:
    """A page that was not looked at has a reason, and a reason has such a page."""
    excused = NOT_LOOKED_AT[role]
    for endpoint in sorted({*wanted} - {*reached, *excused}):
        yield f"{role}: nothing leads to {endpoint}; add a start, or a reason to NOT_LOOKED_AT"
    for endpoint in sorted({*excused} & {*reached} | {*excused} - {*wanted}):
        yield f"{role}: {endpoint} needs no reason any more; take it out of NOT_LOOKED_AT"


def _all_problems(page: Page, address: str, paths: Iterable[str], who: str) -> Iterator[str]:
    for path in sorted(paths):
        yield from _problems(page, address, path, who)


def _problems(page: Page, address: str, path: str, who: str) -> Iterator[str]:
    page.goto(address + path)
    for viewport in (DESKTOP, PHONE):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        where = f"{who} {path} at {viewport['width']}"
        found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
        for violation in found.response["violations"]:
            yield f"{where}: {violation['id']} {[node['target'] for node in violation['nodes']][:3]}"
        yield from _sideways(page, where)
        _shoot(page, who, path, viewport["width"])
    page.evaluate(TURN_AROUND)
    yield from _sideways(page, f"{where}, right to left")


def _sideways(page: Page, where: str) -> Iterator[str]:
    widths = page.evaluate("[document.scrollingElement.scrollWidth, window.innerWidth]")
    if widths[0] > widths[1]:
        yield f"{where}: the page is {widths[0]} pixels wide in a window of {widths[1]}"


def _shoot(page: Page, who: str, path: str, width: int) -> None:
    if SHOTS:
        name = re.sub(r"[^a-z0-9]+", "-", ID.sub("1", path.split("?")[0])).strip("-") or "home"
        page.screenshot(path=Path(SHOTS) / f"{who}-{name}-{width}.png", full_page=True)
