"""A room on the evening of October 20, 2026: its people, their trainer, one session. It is 8:31 PM.

A plugin that `conftest.py` names, so that every folder of tests has the fixtures `time` and `room`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest

from advocates import clock
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.curriculum import make_version
from tests.factories.people import make_person
from tests.factories.schedule import local, make_session

DAY = date(2026, 10, 20)


@dataclass
class Room:
    """`session` runs from 5:30 to 8:30 PM: 85 minutes of the first module, a break of 10, 85 of the second."""

    version: Any
    cohort: Any
    session: Any
    trainer: Any
    trainees: list[Any]

    @property
    def address(self) -> str:
        return f"/sessions/{self.session.id}/attendance"

    def row(self, trainee: Any, *, version: int = 0, **fields: Any) -> dict[str, Any]:
        """Fields of one person as the page names them; `absences_0_out` is sent as `absences-0-out`."""
        names = {field: field.replace("_", "-") if field != "client_key" else field for field in fields}
        return {f"{trainee.id}-version": version} | {f"{trainee.id}-{names[f]}": value for f, value in fields.items()}


class Time:
    """Sets what `clock.now()` answers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch

    def set(self, clock_time: str, day: date = DAY) -> datetime:
        at = local(day, clock_time)
        self._monkeypatch.setattr(clock, "now", lambda: at)
        return at


def make_room(people: int, version: Any = None) -> Room:
    version = version or make_version()
    cohort = make_cohort(version)
    trainer = make_person("Bertil Oakes", roles=["trainer"], cohort_id=cohort.id)
    names = ("Łucja Wiśniewska", "Nguyễn Thị Hạnh", "محمد العلي")
    trainees = [make_enrollment(cohort, names[n] if n < 3 else f"Person {n:02}") for n in range(people)]
    return Room(version, cohort, make_session(cohort), trainer, trainees)


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    standing = Time(monkeypatch)
    standing.set("20:31")
    return standing


@pytest.fixture
def room(app: Any, time: Time) -> Room:
    return make_room(3)
