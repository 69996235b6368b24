"""Step 6: what a trainee reads on the first screen, half-way through."""

from tests.journeys.cast import STEPPED_OUT
from tests.journeys.classroom import TRAUMA
from tests.journeys.story import Story


def first_screen_half_way(story: Story) -> None:
    """Two evenings are signed off, a Saturday is marked; 8 sessions and a make-up are still open."""
    trainee = story.signs_in(STEPPED_OUT)
    trainee.heading("Home")
    for label, hours in (
        ("Credited", "5 h 20 min"),
        ("Awaiting confirmation", "6 h 00 min"),
        ("Attendance not recorded yet", "28 h 20 min"),
        ("Still possible", "0 h 00 min"),
        ("Needs a make-up", "0 h 20 min"),
        ("Required", "40 h 00 min"),
    ):
        trainee.reads(label + hours)
    trainee.reads("You have 5 h 20 min of 40 h 00 min.", "Open evening", "Read and sign your agreements")
    trainee.reads("0 h 20 min: ask your trainer", within=trainee.main.get_by_role("row", name=TRAUMA))
    assert "100" not in trainee.main.inner_text()


def first_screen_after_the_make_up(story: Story) -> None:
    trainee = story.of(STEPPED_OUT)
    trainee.open("/")
    trainee.reads("Credited5 h 40 min", "You have 5 h 40 min of 40 h 00 min.")
