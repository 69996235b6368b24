"""A short course: two modules, 60 and 45 minutes, on two evenings; the clock stands before the first one."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any

import pytest

from tests.factories.cohorts import make_enrollment
from tests.factories.graduation import make_short_cohort
from tests.factories.people import make_person
from tests.factories.schedule import make_session
from tests.room import Time

FIRST, SECOND = date(2026, 10, 20), date(2026, 10, 22)
FIGURE = re.compile(r'figure--(\w+)"><dt>[^<]*</dt><dd>(\d+) h (\d+) min</dd>')


@dataclass
class Course:
    """`first` teaches the first module from 5:30 PM, `second` the other one two days later."""

    cohort: Any
    trainer: Any
    first: Any
    second: Any
    trainee: Any


@pytest.fixture
def time(time: Time) -> Time:
    time.set("12:00")
    return time


@pytest.fixture
def course(app: Any, time: Time) -> Course:
    cohort = make_short_cohort(title="Fall 2026", starts_on=FIRST, ends_on=date(2026, 12, 19))
    trainer = make_person("Bertil Oakes", roles=["trainer"], cohort_id=cohort.id)
    first = make_session(cohort, FIRST, "17:30", [(0, 0, 60)])
    second = make_session(cohort, SECOND, "17:30", [(1, 0, 45)])
    return Course(cohort, trainer, first, second, make_enrollment(cohort, "Łucja Wiśniewska"))


@pytest.fixture
def see(app: Any) -> Callable[..., str]:
    """The page as a person (or an enrollment's person) sees it who signs in now."""

    def read(person: Any, address: str = "/") -> str:
        client = app.test_client().sign_in(getattr(person, "person_id", None) or person.id)
        response = client.get(address)
        assert response.status_code == 200
        return str(response.text)

    return read


def figures_on(page: str) -> dict[str, int]:
    """The figures that a page shows, in minutes; each of them stands on it once."""
    found = [(kind, int(hours) * 60 + int(minutes)) for kind, hours, minutes in FIGURE.findall(page)]
    assert len(dict(found)) == len(found)
    return dict(found)


def words_on(page: str) -> str:
    """The text of a page without its tags, in single spaces."""
    body = re.sub(r"<(style|script|head)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())
