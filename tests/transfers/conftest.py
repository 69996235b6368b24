"""A class that was taught, and a cohort on the next version of its curriculum, where people may go on."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tests.factories.attendance import make_signed_off
from tests.factories.cohorts import make_cohort
from tests.factories.schedule import make_session
from tests.factories.transfers import make_map, make_next_version


@dataclass
class Crossing:
    """The room's trainees hold 85 minutes each of the first two modules.

    In the next version those take 60 and 120 minutes: 25 of the first module's minutes do not map. Its cohort teaches
    both on October 27.
    """

    room: Any
    new: Any
    cohort: Any
    session: Any
    map: Any

    @property
    def trainee(self) -> Any:
        return self.room.trainees[0]


@pytest.fixture
def crossing(room: Any) -> Crossing:
    make_signed_off(room.session, room.trainer)
    new = make_next_version(room.version, (60, 120), delivery_caps_minutes={}, delivery_minimums_minutes={})
    cohort = make_cohort(new, title="Spring 2027")
    session = make_session(cohort, date(2026, 10, 27), "17:30", ((0, 0, 60), (1, 0, 120)))
    return Crossing(room, new, cohort, session, make_map(room.version, new))
