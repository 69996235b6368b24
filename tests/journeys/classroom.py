"""Steps 4 and 5: the register by exceptions, sign-off, a correction, and missed parts that are made up."""

from collections.abc import Mapping

from playwright.sync_api import Locator, expect

from tests.journeys.cast import ABSENT, LATE, LEFT_EARLY, STEPPED_OUT, TRAINEES, TRAINERS, UNCERTAIN, Member
from tests.journeys.keyboard import Visitor
from tests.journeys.story import Story

FIRST_EVENING, SECOND_EVENING, FIRST_SATURDAY, CATCHING_UP = 0, 1, 2, 11
TRAUMA = "Impact of trauma from violent crime"


def first_evening(story: Story) -> None:
    """Everybody is there from start to end."""
    trainer = story.signs_in(TRAINERS[0])
    trainer.follow("Cohorts", within=trainer.page.get_by_role("navigation", name="Main"))
    trainer.follow(story.autumn.title)
    trainer.follow("Sessions and coverage")
    trainer.reads("Awaiting sign-off")
    _mark_everybody(story, trainer, FIRST_EVENING)
    _sign_off(story, trainer, FIRST_EVENING)


def second_evening(story: Story) -> None:
    """Five exceptions, as clock times or as what is known; then nothing is credited before the sign-off."""
    trainer = story.of(TRAINERS[0])
    _mark_everybody(story, trainer, SECOND_EVENING)
    trainer.reads("2 h 50 min awaiting confirmation", within=_row(trainer, TRAINEES[-1]))
    _type_times(trainer, LATE, Arrived="5:55")
    _type_times(trainer, LEFT_EARLY, Left="8:20")
    _type_times(trainer, STEPPED_OUT, Out="6:40", Back="7:00")
    _press_letter(trainer, ABSENT, "a")
    _press_letter(trainer, UNCERTAIN, "x")
    _is_saved(trainer)
    trainer.reads("22 here", "1 not here", "1 ?", "0 unmarked")
    for member, said in _second_evening_as_marked().items():
        trainer.reads(*said, within=_row(trainer, member))


def sign_off_the_second_evening(story: Story) -> None:
    trainer = story.of(TRAINERS[0])
    _sign_off(story, trainer, SECOND_EVENING)
    trainer.reads("The register is locked.")
    for member, credited in (
        (TRAINEES[-1], "2 h 50 min"),
        (LATE, "2 h 25 min"),
        (LEFT_EARLY, "2 h 40 min"),
        (STEPPED_OUT, "2 h 30 min"),
        (ABSENT, "0 h 00 min"),
        (UNCERTAIN, "0 h 00 min"),
    ):
        trainer.reads(f"{credited} credited", within=_row(trainer, member))


def correct_a_mark(story: Story) -> None:
    """A signed paper turns up: the correction needs a reason, and is shown as one."""
    trainer = story.of(TRAINERS[0])
    trainer.follow(UNCERTAIN.name)
    trainer.tick("Here")
    trainer.press("Correct the mark")
    trainer.reads("Choose a reason")
    trainer.choose("Reason for the correction", "The signed paper sheet says otherwise")
    trainer.press("Correct the mark")
    history = trainer.main.locator(".history")
    trainer.reads("Could not be established", "correction", "The signed paper sheet says otherwise", within=history)
    trainer.follow("Register")
    trainer.reads("corrected", "2 h 50 min credited", within=_row(trainer, UNCERTAIN))


def saturday_awaits_its_sign_off(story: Story) -> None:
    _mark_everybody(story, story.of(TRAINERS[0]), FIRST_SATURDAY)


def make_up_by_an_equivalent_activity(story: Story) -> None:
    """One trainer proposes exactly the slice that was missed; the other one decides."""
    proposer, decider = (story.of(trainer) for trainer in TRAINERS)
    proposer.open(story.record_of(STEPPED_OUT) + "/make-ups")
    missing = proposer.main.get_by_role("row", name=TRAUMA)
    proposer.reads("0–20 of 150", "0 h 20 min", "equivalent activity", within=missing)
    proposer.follow("Make this up", within=missing)
    proposer.choose("How it is made up", "Equivalent activity: One-to-one review with a trainer")
    proposer.type_day("Day of the activity", story.autumn.make_up_day)
    proposer.type("Evidence", "Worked through the missed pages of the handbook with Renata.")
    proposer.press("Propose the make-up")
    proposer.reads("Proposed. Somebody else decides on it.")
    proposer.open("/make-ups")
    proposer.reads("Another person decides on this one.")
    decider.open("/make-ups")
    decider.reads(STEPPED_OUT.name, TRAUMA, "minutes 0–20")
    decider.press("Approve")
    decider.reads("Approved. Exactly this part is credited.", "0 h 20 min of 0 h 20 min credited")


def catch_up_in_another_session(story: Story) -> None:
    """It teaches the part again and ends 20 minutes early: only what was delivered counts, and only once."""
    trainer = story.of(TRAINERS[1])
    trainer.open(story.sessions[CATCHING_UP] + "/attendance")
    _press_letter(trainer, ABSENT, "a")
    _mark_everybody(story, trainer, CATCHING_UP)
    trainer.follow("Go to sign-off")
    trainer.type("Class ended at", "6:40")
    trainer.press("Sign off and credit the minutes")
    trainer.reads("0 h 25 min credited", within=_row(trainer, LATE))


def all_other_sessions(story: Story) -> None:
    """The first Saturday, which is marked already, and the eight sessions after it."""
    trainer = story.of(TRAINERS[1])
    _sign_off(story, trainer, FIRST_SATURDAY)
    for number in range(FIRST_SATURDAY + 1, CATCHING_UP):
        _mark_everybody(story, trainer, number)
        _sign_off(story, trainer, number)


def _second_evening_as_marked() -> Mapping[Member, tuple[str, ...]]:
    return {
        LATE: ("2 h 25 min awaiting confirmation", "arrived 5:55 PM"),
        LEFT_EARLY: ("2 h 40 min awaiting confirmation", "left 8:20 PM"),
        STEPPED_OUT: ("2 h 30 min awaiting confirmation", "out 6:40 PM to 7:00 PM"),
        ABSENT: ("Not here",),
        UNCERTAIN: ("Could not be established",),
    }


def _row(trainer: Visitor, member: Member) -> Locator:
    return trainer.main.get_by_role("listitem").filter(has_text=member.name)


def _mark_everybody(story: Story, trainer: Visitor, number: int) -> None:
    address = story.sessions[number] + "/attendance"
    if trainer.path != address:
        trainer.open(address)
    trainer.tab_to(trainer.main.get_by_role("button", name="Everyone is here"))
    trainer.page.keyboard.press("Enter")
    trainer.reads("0 unmarked")
    _is_saved(trainer)


def _is_saved(trainer: Visitor) -> None:
    """Each mark by itself, without a button."""
    expect(trainer.main.locator("#save-now")).to_have_text("Everything is saved")


def _sign_off(story: Story, trainer: Visitor, number: int) -> None:
    """Every part as planned."""
    trainer.follow("Go to sign-off") if trainer.path.startswith(story.sessions[number]) else trainer.open(
        story.sessions[number] + "/sign-off"
    )
    trainer.press("Sign off and credit the minutes")
    trainer.reads("Signed off. The minutes are credited.")


def _type_times(trainer: Visitor, member: Member, **times: str) -> None:
    row = _row(trainer, member)
    trainer.unfold(row.locator("summary").first)
    for label, clock in times.items():
        trainer.type(label, clock, within=row)


def _press_letter(trainer: Visitor, member: Member, letter: str) -> None:
    """The register's own keys: a for not here, x for could not be established."""
    trainer.tab_to(_row(trainer, member).get_by_role("radio").first)
    trainer.page.keyboard.press(letter)
