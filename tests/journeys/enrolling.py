"""Step 3: 24 trainees by form and by list, the mails that invite them, and two trainers."""

from playwright.sync_api import expect

from tests.journeys.cast import ADMINISTRATOR, LATE, STEPPED_OUT, TRAINEES, TRAINERS, Member
from tests.journeys.keyboard import Visitor
from tests.journeys.site import wait_for
from tests.journeys.story import Story

AGENCY = "Harborlight Community Partners"


def enroll_one_by_form(story: Story) -> None:
    admin = story.of(ADMINISTRATOR)
    admin.open(story.cohort)
    admin.follow("Enroll a person")
    admin.type("Name", LATE.name)
    admin.type("E-mail address", LATE.email)
    admin.type("Agency", AGENCY)
    admin.type("How the name is said", "WOO-tsya vish-NYEF-ska")
    admin.press("Enroll")
    admin.reads(LATE.name, AGENCY, "1 of 26")


def enroll_the_others_by_list(story: Story) -> None:
    """Three bad lines of 23: each is told, and nobody is enrolled before they are mended."""
    admin = story.of(ADMINISTRATOR)
    others = [f"{member.name}, {member.email}, {AGENCY}" for member in TRAINEES[1:]]
    bad = {4: "Uncertain Address, not-an-address", 9: f", nameless@agency.example, {AGENCY}", 15: others[0]}
    admin.follow("Enroll from a list")
    _check(admin, [bad.get(number, line) for number, line in enumerate(others, 1)])
    admin.reads("3 lines of 23 are wrong. Nobody was enrolled.")
    for number, said in ((4, "This is no e-mail address"), (9, "The name is missing"), (15, "line 1")):
        line = admin.page.get_by_role("cell", name=str(number), exact=True)
        admin.reads(said, within=admin.main.get_by_role("row").filter(has=line))
    expect(admin.main.get_by_role("button", name="Enroll 23 people")).to_have_count(0)
    somewhere_else = admin.page.context.new_page()
    somewhere_else.goto(story.cohort)
    expect(somewhere_else.get_by_role("main")).to_contain_text("1 of 26")
    somewhere_else.close()
    _check(admin, others)
    admin.reads("Nothing is written yet.")
    admin.press("Enroll 23 people")
    admin.reads("24 of 26")
    for member in TRAINEES:
        link = admin.main.get_by_role("link", name=member.name, exact=True)
        story.records[member.name] = link.get_attribute("href") or ""


def everybody_is_written_to(story: Story) -> None:
    """Each of the 24 gets one mail with a link of their own; one of them chooses a password."""

    def all_mails() -> bool:
        return len(story.site.mailbox.mails) >= len(TRAINEES)

    wait_for(all_mails, "24 mails")
    links = {story.site.link_mailed_to(member.email) for member in TRAINEES}
    assert len(links) == len(story.site.mailbox.mails) == len(TRAINEES)
    assert not [m for m in story.site.mailbox.mails if "victim" in m["Subject"].lower()]
    trainee = story.joins(STEPPED_OUT)
    trainee.heading("Home")


def two_trainers_join(story: Story) -> None:
    admin = story.of(ADMINISTRATOR)
    for trainer in TRAINERS:
        _add_trainer(admin, trainer)
    admin.open(story.cohort)
    admin.follow("Assign trainers")
    for trainer in TRAINERS:
        admin.tick(trainer.name)
    admin.press("Save")
    admin.reads(*(trainer.name for trainer in TRAINERS))
    for trainer in TRAINERS:
        story.joins(trainer).heading("Home")


def _check(admin: Visitor, lines: list[str]) -> None:
    admin.type("People, one in each line", "\n".join(lines))
    admin.press("Check the list")


def _add_trainer(admin: Visitor, trainer: Member) -> None:
    admin.open("/people/new")
    admin.type("Name", trainer.name)
    admin.type("E-mail address", trainer.email)
    admin.press("Add the person")
    admin.heading(trainer.name)
    admin.unfold(admin.main.locator("summary", has_text="Give a role"))
    admin.choose("Role", "Trainer")
    admin.choose("Cohort", "Every cohort")
    admin.press("Give the role")
    admin.press("Send an invitation")
    admin.reads("It is on its way to")
