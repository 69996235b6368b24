"""What the demo leaves open, done by its administrator, so that there is a page of every kind to look at."""

import re

from playwright.sync_api import Page

from tests.journeys.site import Site


def close_the_pilot(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/cohorts")
    page.get_by_role("link", name="Pilot cohort").click()
    page.get_by_role("link", name="Close the cohort").click()
    page.get_by_role("button", name="Close the cohort").click()
    page.get_by_role("link", name="Open it again").first.wait_for()


def begin_a_map(page: Page, site: Site) -> None:
    """From the second curriculum to the first: the other way round than the map of the demo."""
    page.goto(f"{site.address}/equivalence-maps/new")
    page.get_by_label("Version that people leave").select_option(index=1)
    page.get_by_label("Version that they go on in").select_option(index=2)
    page.get_by_role("button", name="Begin the map").click()
    page.wait_for_url(re.compile("/edit$"))


def offer_again(page: Page, site: Site) -> str:
    """The link that answers an offer: it stands in a mail and nowhere else."""
    page.goto(site.address)
    page.get_by_role("link", name=re.compile("applications? for")).first.click()
    row = page.get_by_role("row").filter(has=page.get_by_role("button", name="Send a new link")).first
    email = re.search(r"\S+@example\.org", row.inner_text())
    assert email, row.inner_text()
    row.get_by_role("button", name="Send a new link").click()
    return site.link_mailed_to(email[0]).removeprefix(site.address)
