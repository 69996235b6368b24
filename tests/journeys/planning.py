"""Step 2: a cohort, its sessions laid out from a pattern across the night the clocks go back, and what they cover."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from playwright.sync_api import expect

from advocates import clock
from tests.journeys.cast import ADMINISTRATOR
from tests.journeys.keyboard import Visitor
from tests.journeys.story import Story

PLACE = "Malcolm X College, room 1103"
ETHICS = "Ethics, boundaries, confidentiality, privilege and mandated reporting"


@dataclass(frozen=True)
class Extra:
    """One more session: an hour of the ethics module, from its 80th minute on."""

    title: str
    day: date
    starts: time
    ends: time


def create_the_cohort(story: Story) -> None:
    admin = story.of(ADMINISTRATOR)
    admin.open("/cohorts")
    admin.follow("Create a cohort")
    admin.type("Title", story.autumn.title)
    admin.choose("Curriculum version", "Victim Advocate Training, version 1")
    admin.type("Place", PLACE)
    admin.type_day("First day", story.autumn.first_day)
    admin.type_day("Last day", max(story.autumn.last_day, clock.today() + timedelta(days=30)))
    admin.type("Seats", "26")
    admin.press("Create the cohort")
    admin.heading(story.autumn.title)
    admin.reads(PLACE, "Victim Advocate Training, version 1", "0 of 26")
    story.cohort = admin.path


def lay_out_the_sessions(story: Story) -> None:
    """Everything is shown first; then exactly that is written."""
    admin = story.of(ADMINISTRATOR)
    admin.follow("Sessions and coverage")
    admin.follow("Lay out sessions")
    admin.tick("Evenings and Saturdays: Tuesday and Thursday evenings, and Saturdays")
    admin.type_day("First day", story.autumn.first_day)
    admin.press("Show the sessions")
    _hold_on_holidays(admin)
    admin.reads(
        "11 sessions would be laid out", "Every minute of the curriculum finds a place.", "Nothing is written yet"
    )
    _is_half_past_five_all_along(admin, story.autumn.clocks_change)
    admin.press("Lay out these 11 sessions")
    admin.heading(f"Schedule of {story.autumn.title}")
    _is_half_past_five_all_along(admin, story.autumn.clocks_change)
    everything = admin.main.get_by_role("row", name="All modules")
    admin.reads("40 h 00 min", "0 h 00 min", within=everything)
    expect(admin.main.get_by_role("table", name="Scheduled against required").get_by_text("Complete")).to_have_count(18)


def add_two_sessions(story: Story) -> None:
    """One evening to catch up, which is over, and one to come. Both teach again what is scheduled already."""
    admin = story.of(ADMINISTRATOR)
    for extra in (
        Extra("Catching up", story.autumn.make_up_day, time(18), time(19)),
        Extra("Open evening", clock.today() + timedelta(days=1), time(18), time(19)),
    ):
        admin.open(f"{story.cohort}/schedule")
        admin.follow("Add one session")
        _fill_in(admin, extra)
        admin.press("Add the session")
        if admin.main.get_by_label("Hold it all the same").count():
            admin.tick("Hold it all the same")
            admin.press("Add the session")
        admin.heading(f"Schedule of {story.autumn.title}")
    coverage = admin.main.get_by_role("table", name="Scheduled against required")
    admin.reads("2 h 00 min", "Complete", within=coverage.get_by_role("row", name=ETHICS))
    for link in admin.main.get_by_role("link", name=re.compile("^Attendance")).all():
        story.sessions.append((link.get_attribute("href") or "").removesuffix("/attendance"))
    assert len(story.sessions) == 13


def _hold_on_holidays(admin: Visitor) -> None:
    """This program trains on Election Day and Veterans Day; which of them falls on a session depends on the year."""
    left_out = admin.main.get_by_role("group", name="Closed days left out").get_by_role("checkbox")
    days = [box.get_attribute("id") for box in left_out.all()]
    for day in days:
        admin.tab_to(admin.main.locator(f"[id='{day}']"))
        admin.page.keyboard.press("Space")
    if days:
        admin.press("Show the sessions again")


def _is_half_past_five_all_along(admin: Visitor, clocks_change: date) -> None:
    """People come at the same time by the clock, before the change and after it."""
    tuesdays = clocks_change - timedelta(days=5), clocks_change + timedelta(days=2)
    for tuesday, zone in zip(tuesdays, ("CDT", "CST"), strict=True):
        row = admin.main.get_by_role("row").filter(has_text=f"{tuesday:%A, %B} {tuesday.day}, {tuesday.year}")
        admin.reads("5:30 PM", "8:30 PM", zone, within=row)


def _fill_in(admin: Visitor, extra: Extra) -> None:
    admin.type("Title", extra.title)
    admin.type_day("Day", extra.day)
    admin.type_time("Starts", extra.starts)
    admin.type_time("Ends", extra.ends)
    admin.type("Place", PLACE)
    admin.choose("Part 1: Module or break", f"{ETHICS} (150 min)")
    admin.type("Part 1: From minute", "80")
    admin.type("Part 1: Minutes", "60")
