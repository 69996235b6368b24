"""The main jobs with JavaScript switched off: sign in, take attendance with an exception, sign off."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.journeys.site import Site


@pytest.fixture
def loaded(site: Site) -> dict[str, Any]:
    return json.loads(site.command("demo", "load", "--json"))


def test_a_trainer_signs_in_takes_attendance_and_signs_off(site: Site, browser: Browser, loaded) -> None:
    trainer = next(entry for entry in loaded["sign_ins"] if entry["role"] == "trainer")
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{site.address}/sign-in")
    page.get_by_label("E-mail address").fill(trainer["email"])
    page.get_by_label("Password", exact=True).fill(trainer["password"])
    page.get_by_role("button", name="Sign in").click()
    page.goto(loaded["register_url"])
    page.get_by_role("group", name="Marisol Vantage").get_by_text("Not here").click()
    page.get_by_role("button", name="Save").click()
    assert "Not here" in page.get_by_role("group", name="Marisol Vantage").inner_text()
    page.goto(loaded["register_url"].replace("/attendance", "/sign-off"))
    page.get_by_role("button", name="Sign off").click()
    assert "Signed off by" in page.content()
    context.close()
    site.command("hours", "check")
    site.command("audit", "check")
