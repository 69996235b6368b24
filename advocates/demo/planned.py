"""What is planned in the demo: closed days, and a cohort on each pattern that the other stories leave out."""

import uuid
from datetime import date, time, timedelta

from advocates import clock
from advocates.cohorts.planning import CohortDraft
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.queries import published_versions
from advocates.curriculum.shipped import shipped_documents
from advocates.database import db
from advocates.demo import curricula, stage
from advocates.demo.stage import Staff
from advocates.schedule.closing import add_closed_days
from advocates.schedule.planning import Wish
from advocates.schedule.queries import closed_between
from advocates.schedule.rules import Break, Fit, Meeting, Preset, preset_pattern
from advocates.schedule.saving import save_pattern
from advocates.schedule.scheduling import Placing

LIBRARY = "Harold Washington Library Center"
LINK = "https://meet.example.org/advocate-training"
LEAD, WEEKS = timedelta(days=49), timedelta(weeks=8)
DAYTIME = tuple(
    Meeting(weekday, time(9), time(12), DeliveryMode.IN_PERSON, (Break(time(10, 20), time(10, 30)),))
    for weekday in (0, 2, 4)
)


def plan_ahead(staff: Staff, today: date) -> None:
    """A winter break, a saved pattern of mornings, a week of long days with a sixth one, and evenings online."""
    administrator = staff.administrator.person_id
    first = today + LEAD
    monday = first + timedelta(days=-first.weekday() % 7)
    with clock.at(stage.noon(today - timedelta(days=4))):
        add_closed_days(administrator, date(today.year, 12, 24), date(today.year + 1, 1, 1), "Winter break")
        save_pattern(administrator, "Three mornings a week", DAYTIME)
        closed = closed_between(monday, monday + 3 * WEEKS)
        days = preset_pattern(Preset.FIVE_LONG_DAYS, monday, stage.ZONE)
        _plan(staff, Wish(days, closed=closed, fit=Fit.FURTHER_DAYS), "One week", staff.version_id)
        online = preset_pattern(Preset.ONLINE_EVENINGS_AND_DAYS, monday, stage.ZONE)
        _plan(staff, Wish(online, closed=closed), "Online and Saturdays", _statewide())
        db.session.commit()


def _plan(staff: Staff, wish: Wish, title: str, version_id: uuid.UUID) -> None:
    first = wish.pattern.first_day
    draft = CohortDraft(
        title=f"{title}, {first:%B %Y}",
        curriculum_version_id=version_id,
        place=LIBRARY,
        time_zone=stage.ZONE,
        starts_on=first,
        ends_on=first + WEEKS,
        capacity=24,
    )
    stage.open_cohort(staff, draft, wish, (), Placing(LIBRARY, room="Room 4 B", link=LINK))


def _statewide() -> uuid.UUID:
    title = shipped_documents()[curricula.STATEWIDE].title
    return next(version.id for version in published_versions() if version.title == title)
