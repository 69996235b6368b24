"""Step 7: what completes the training besides hours: tests, skills, agreements and the certificate name."""

from collections.abc import Sequence

from playwright.sync_api import expect

from advocates import clock
from tests.journeys.cast import (
    ADMINISTRATOR,
    FAILED_TEST,
    LACKS_SKILL,
    STEPPED_OUT,
    TRAINEES,
    TRAINERS,
    UNNAMED,
    UNSIGNED,
    Member,
)
from tests.journeys.keyboard import Visitor
from tests.journeys.story import Story

LAST_SKILL = "Hands over and closes"
ON_PAPER = tuple(member for member in TRAINEES if member is not STEPPED_OUT)


def record_both_tests(story: Story) -> None:
    """Right answers out of 50; 35 pass."""
    trainer = story.of(TRAINERS[0])
    trainer.open(story.cohort)
    trainer.follow("Tests")
    trainer.heading("Tests")
    trainer.type("Number of questions", "50")
    _type_scores(trainer, dict.fromkeys(TRAINEES, "21"))
    trainer.follow("Post-test")
    _type_scores(trainer, dict.fromkeys(TRAINEES, "44") | {FAILED_TEST: "34"})
    trainer.reads(
        "Not passed", "34 of 50", "2 attempts left", within=trainer.main.get_by_role("row", name=FAILED_TEST.name)
    )
    expect(trainer.main.get_by_text("Passed", exact=True)).to_have_count(len(TRAINEES) - 1)


def sign_the_skills(story: Story) -> None:
    """An administrator takes over the rubrics and says who may sign; a trainer then watches skill by skill.

    The first person by keys alone, the others by the same form.
    """
    admin = story.of(ADMINISTRATOR)
    admin.open(story.cohort)
    admin.follow("Skills")
    admin.follow("Write the rubrics")
    admin.press("Use the shipped rubrics")
    admin.reads("6 rubrics were added.")
    admin.open(story.cohort)
    admin.follow("Skills")
    admin.press("Authorize all trainers of this cohort")
    admin.reads("2 trainers may sign from today on.")
    trainer = story.of(TRAINERS[1])
    trainer.open(story.cohort)
    trainer.follow("Skills")
    skills = [link.inner_text() for link in trainer.main.locator(".skill__name").all()]
    assert len(skills) == 6
    for skill in skills:
        trainer.follow(skill)
        for number, member in enumerate(member for member in TRAINEES if (member, skill) != (LACKS_SKILL, LAST_SKILL)):
            _see(trainer, member, by_keys=number == 0)
        trainer.follow("Skills")
    person_by_person = trainer.main.locator("details.confirm")
    expect(person_by_person.get_by_text("6 of 6 signed")).to_have_count(len(TRAINEES) - 1)


def sign_agreements_on_screen(story: Story) -> None:
    """One trainee reads each text and types a name under it."""
    trainee = story.of(STEPPED_OUT)
    for _ in range(2):
        trainee.open("/agreements")
        trainee.enter(trainee.main.get_by_role("link", name="Read and sign").first)
        trainee.tick("I have read this text and I agree to it.")
        trainee.type("Your name", STEPPED_OUT.name)
        trainee.press("Sign this agreement")
        trainee.reads("Your signature is recorded.")
    expect(trainee.main.get_by_text("Not signed yet")).to_have_count(0)


def type_in_agreements_on_paper(story: Story) -> None:
    """The others signed on paper, which one trainer types in and the other one witnessed."""
    typist = story.of(TRAINERS[0])
    typist.open(story.cohort)
    typist.follow("Agreements")
    texts = [
        link.inner_text() for link in typist.main.get_by_role("navigation", name="Text on the paper").locator("a").all()
    ]
    assert len(texts) == 2
    for text in texts:
        typist.follow(text)
        signers = [m for m in ON_PAPER if m is not UNSIGNED or text.startswith("Confidentiality")]
        typist.type_day("Signed on", clock.today())
        typist.choose("Witness", TRAINERS[1].name)
        _tick_names(typist, signers)
        typist.press("Record the signatures")
        typist.reads("The signatures are recorded.")


def confirm_certificate_names(story: Story) -> None:
    """One trainee on screen, the others on paper; one paper never comes."""
    trainee = story.of(STEPPED_OUT)
    trainee.open("/")
    trainee.follow("Confirm your name as the certificate prints it")
    trainee.press("Yes, print my name like this")
    trainee.reads("Your name is confirmed")
    admin = story.of(ADMINISTRATOR)
    addresses = _addresses(admin)
    for member in ON_PAPER:
        if member is not UNNAMED:
            admin.open(f"{addresses[member.name]}/certificate-name")
            admin.choose("Witness", TRAINERS[0].name)
            admin.press("Record the paper")
            admin.reads("The paper is recorded, and the name is confirmed.")


def _see(trainer: Visitor, member: Member, *, by_keys: bool) -> None:
    """Every criterion that is needed, then done; it is signed once the server has it."""
    row = trainer.main.locator("li.seen").filter(has_text=member.name)
    boxes = row.locator(".usa-checkbox").all()[:5]
    done = row.get_by_role("button", name="Done: sign it")
    if by_keys:
        trainer.unfold(row.locator("summary"))
        for box in boxes:
            trainer.tab_to(box.get_by_role("checkbox"))
            trainer.page.keyboard.press("Space")
        trainer.tab_to(done)
        trainer.page.keyboard.press("Enter")
    else:
        row.locator("summary").click()
        for box in boxes:
            box.locator("label").click()
        done.click()
    expect(row.locator(".seen__state")).to_have_text("signed")


def _type_scores(trainer: Visitor, scores: dict[Member, str]) -> None:
    for member in sorted(scores, key=lambda member: trainer.place_of(member.name)):
        trainer.type(f"Right answers of {member.name}", scores[member])
    trainer.press("Save the scores")
    trainer.reads("The scores are saved.")


def _tick_names(typist: Visitor, members: Sequence[Member]) -> None:
    for member in sorted(members, key=lambda member: typist.place_of(member.name)):
        typist.tick(member.name)


def _addresses(admin: Visitor) -> dict[str, str]:
    """Of everybody by name, from both pages of the list."""
    found = {}
    for page in (1, 2):
        admin.open(f"/people?page={page}")
        for link in admin.main.get_by_role("table").get_by_role("link").all():
            found[link.inner_text()] = link.get_attribute("href") or ""
    return found
