"""Planning a cohort from nothing to invitations sent, counted; and the builder without JavaScript."""

from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from advocates import clock
from tests.journeys import opening
from tests.journeys.cast import ADMINISTRATOR, PASSWORD, TRAINEES, latest_autumn
from tests.journeys.keyboard import Visitor
from tests.journeys.site import Site, wait_for
from tests.journeys.story import Story

MOST_ACTIONS = 25
PLACE = "Malcolm X College"


class Counting(Visitor):
    """Counts what a person does: each field typed or pasted, each choice, each link and button."""

    actions = 0

    def type(self, label: str, text: str, within: Locator | None = None) -> None:
        self.actions += 1
        super().type(label, text, within)

    def type_day(self, label: str, day: date) -> None:
        self.actions += 1
        super().type_day(label, day)

    def choose(self, label: str, option: str, within: Locator | None = None) -> None:
        self.actions += 1
        super().choose(label, option, within)

    def tick(self, label: str, within: Locator | None = None) -> None:
        self.actions += 1
        super().tick(label, within)

    def enter(self, control: Locator) -> None:
        self.actions += 1
        super().enter(control)


def test_an_evening_and_saturday_cohort_of_24_takes_at_most_25_actions(
    site: Site, browser: Browser, tmp_path: Path
) -> None:
    story = Story(site, browser, latest_autumn(), tmp_path)
    opening.first_administrator(story)
    _publish_the_curriculum(story)
    first = clock.today() + timedelta(days=21)
    people = "\n".join(f"{member.name}, {member.email}, Harborlight Community Partners" for member in TRAINEES)

    admin = Counting(story.stranger().page, site.address)
    admin.open("/sign-in")
    admin.type("E-mail address", ADMINISTRATOR.email)
    admin.type("Password", PASSWORD)
    admin.press("Sign in")
    admin.follow("Cohorts", within=admin.page.get_by_role("navigation", name="Main"))
    admin.follow("Create a cohort")
    admin.type("Title", "Evenings and Saturdays")
    admin.choose("Curriculum version", "Victim Advocate Training, version 1")
    admin.type("Place", PLACE)
    admin.type_day("First day", first)
    admin.type_day("Last day", first + timedelta(days=60))
    admin.type("Seats", "24")
    admin.press("Create the cohort")
    cohort = admin.path
    admin.follow("Sessions and coverage")
    admin.follow("Lay out sessions")
    admin.press("Show the sessions")
    admin.reads("sessions would be laid out", "Every minute of the curriculum finds a place.")
    admin.press("Lay out these")
    admin.follow("Evenings and Saturdays")
    admin.follow("Enroll from a list")
    admin.type("People, one in each line", people)
    admin.press("Check the list")
    admin.press("Enroll 24 people")
    admin.reads("24 of 24")
    wait_for(lambda: len(site.mailbox.mails) >= len(TRAINEES), "24 invitations")
    assert {mail["To"] for mail in site.mailbox.mails} == {member.email for member in TRAINEES}
    admin.page.goto(f"{site.address}{cohort}/schedule")
    admin.reads("40 h 00 min", "0 h 00 min", within=admin.main.get_by_role("row", name="All modules"))
    print(f"{admin.actions} actions")  # noqa: T201
    assert admin.actions <= MOST_ACTIONS
    _build_five_days_without_javascript(site, browser, first)


def _publish_the_curriculum(story: Story) -> None:
    story.site.command("curriculum", "import", str(opening.CURRICULUM))
    admin = story.of(ADMINISTRATOR)
    admin.open("/curricula")
    admin.follow("Victim Advocate Training")
    admin.unfold(admin.main.locator("summary", has_text="Publish this version"))
    admin.press("Publish version 1 for good")


def _build_five_days_without_javascript(site: Site, browser: Browser, first: date) -> None:
    """Five long days do not hold 40 hours; one button adds a sixth; then a session is split."""
    page = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
    _sign_in(page, site)
    page.goto(f"{site.address}/cohorts/new")
    page.get_by_label("Title").fill("Five long days")
    page.get_by_label("Curriculum version").select_option(label="Victim Advocate Training, version 1")
    page.get_by_label("Place").fill(PLACE)
    page.get_by_label("First day").fill(f"{first:%Y-%m-%d}")
    page.get_by_label("Last day").fill(f"{first + timedelta(days=30):%Y-%m-%d}")
    page.get_by_label("Seats").fill("24")
    page.get_by_role("button", name="Create the cohort").click()
    page.get_by_role("link", name="Sessions and coverage").click()
    page.get_by_role("link", name="Lay out sessions").click()
    page.locator("label", has_text="Five long days").click()
    page.get_by_role("button", name="Show the sessions").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("of the curriculum finds no place")
    page.get_by_role("region", name="more day").get_by_role("button").click()
    expect(main).to_contain_text("Every minute of the curriculum finds a place.")
    page.get_by_role("button", name="Lay out these").click()
    expect(main.get_by_role("row", name="All modules")).to_contain_text("0 h 00 min")
    page.get_by_role("link", name="Split").first.click()
    page.get_by_label("Day", exact=True).fill(f"{first + timedelta(days=28):%Y-%m-%d}")
    page.get_by_role("button", name="Split the session").click()
    if page.get_by_label("Hold it all the same").count():
        page.locator("label", has_text="Hold it all the same").click()
        page.get_by_role("button", name="Split the session").click()
    expect(main).to_contain_text("The session is split in two.")
    expect(main.get_by_role("row", name="All modules")).to_contain_text("0 h 00 min")
    page.context.close()


def _sign_in(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/sign-in")
    page.get_by_label("E-mail address").fill(ADMINISTRATOR.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
