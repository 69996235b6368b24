"""Who enrolls late owes at once what was taught before they came, and sees it on every page."""

import re

import pytest
from sqlalchemy import select

from advocates.cohorts.models import Enrollment
from advocates.database import db
from advocates.people.models import PersonProfile
from tests.factories.admissions import make_waiting
from tests.factories.attendance import make_signed_off
from tests.overview.conftest import figures_on, words_on

OWED = {"credited": 0, "awaiting": 0, "possible": 45, "missed": 60, "required": 105}
MODULE = "Orientation, the advocate's role and group agreements"


@pytest.fixture
def taught(course, time):
    """The first session was held and signed off without them."""
    time.set("19:00")
    make_signed_off(course.first, course.trainer)
    return course


def _enrollment(name):
    query = select(Enrollment).join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
    return db.session.scalars(query.filter(PersonProfile.chosen_name == name)).one()


def test_the_missed_module_is_a_debt_at_once(taught, as_administrator, see):
    typed = {"chosen_name": "Ximena Late", "email": "ximena@example.org"}
    as_administrator.post_form(f"/cohorts/{taught.cohort.id}/enroll", typed)
    enrollment = _enrollment("Ximena Late")
    record = see(enrollment, f"/enrollments/{enrollment.id}")
    assert figures_on(record) == OWED
    assert figures_on(see(enrollment)) == OWED
    assert "0 h 00 min of 1 h 00 min 1 h 00 min" in words_on(record)
    make_ups = see(taught.trainer, f"/enrollments/{enrollment.id}/make-ups")
    assert MODULE in words_on(make_ups)
    assert "1 h 00 min" in words_on(make_ups)


def test_who_accepts_an_offered_seat_late_owes_the_same(taught, as_administrator, client, see):
    (waiting,) = make_waiting(taught.cohort, "Ximena Late")
    enrollment_id = waiting.id
    chosen = {"decision": "offer", "enrollment_ids": [str(enrollment_id)]}
    shown = as_administrator.post_form(f"/cohorts/{taught.cohort.id}/applications/decide", chosen).text
    link = re.search(r"/offers/[\w-]+", shown)[0]
    assert client.post_form(link, {"answer": "accept"}).status_code == 303
    enrollment = db.session.get_one(Enrollment, enrollment_id)
    assert figures_on(see(enrollment, f"/enrollments/{enrollment_id}")) == OWED
