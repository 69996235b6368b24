"""Creating a cohort."""

from datetime import date

import pytest
from sqlalchemy import func, select

from advocates.cohorts.models import Cohort
from advocates.database import db
from tests.factories.cohorts import make_cohort
from tests.factories.curriculum import make_version
from tests.factories.people import make_person


def typed(version, **changed):
    return {
        "title": "Fall 2026",
        "curriculum_version_id": str(version.id),
        "place": "Malcolm X College, room 1104",
        "time_zone": "America/Chicago",
        "starts_on": "2026-10-20",
        "ends_on": "2026-12-19",
        "capacity": "24",
        **changed,
    }


def count():
    return db.session.scalar(select(func.count()).select_from(Cohort))


def test_a_cohort_is_created_with_its_version_as_the_default(as_administrator):
    version = make_version()
    response = as_administrator.post_form("/cohorts/new", typed(version))
    cohort = db.session.scalars(select(Cohort)).one()
    assert response.location == f"/cohorts/{cohort.id}"
    assert (cohort.curriculum_version_id, cohort.starts_on, cohort.capacity) == (version.id, date(2026, 10, 20), 24)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("ends_on", "2026-10-19", "The last day is before the first day."),
        ("ends_on", "tomorrow", "Not a valid date"),
        ("starts_on", "0026-10-20", "Check the year."),
        ("capacity", "0", "from 1 to 2000"),
        ("capacity", "-3", "from 1 to 2000"),
        ("capacity", "99999999999999999999", "from 1 to 2000"),
        ("title", "  ", "Type a title."),
        ("title", "x" * 201, "200 characters"),
        ("place", "", "Type where it meets."),
        ("time_zone", "Mars/Olympus", "Not a valid choice"),
        ("curriculum_version_id", "", "Choose a published version."),
        ("curriculum_version_id", "nonsense", "Invalid Choice"),
    ],
)
def test_bad_input_is_refused_at_its_field_and_what_was_typed_is_kept(as_administrator, field, value, said):
    data = typed(make_version(), place="Room 7") | {field: value}
    response = as_administrator.post_form("/cohorts/new", data)
    assert response.status_code == 422
    assert said in response.text
    assert f'id="{field}-error"' in response.text
    assert ("Room 7" in response.text) is (field != "place")
    assert count() == 0


def test_a_draft_version_cannot_be_chosen(as_administrator):
    make_version()
    response = as_administrator.post_form("/cohorts/new", typed(make_version(is_published=False)))
    assert response.status_code == 422
    assert count() == 0


def test_a_title_in_use_is_refused(as_administrator):
    version = make_version()
    make_cohort(version, title="Fall 2026")
    response = as_administrator.post_form("/cohorts/new", typed(version))
    assert response.status_code == 422
    assert "Another cohort has this title" in response.text
    assert count() == 1


def test_without_a_published_version_the_page_says_what_to_do_first(as_administrator):
    assert "/curricula" in as_administrator.get("/cohorts/new").text


def test_a_form_sent_twice_creates_one_cohort(as_administrator):
    data = typed(make_version(), request_key="0d8f6bb4-9f0a-4d53-8e52-6a3a4f0dd002")
    first, second = (as_administrator.post_form("/cohorts/new", data) for _ in range(2))
    assert first.location == second.location
    assert count() == 1


def test_only_administrators_create(client):
    version = make_version()
    assert client.get("/cohorts/new").location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=make_cohort(version).id).id)
    assert client.get("/cohorts/new").status_code == 403
    assert client.post_form("/cohorts/new", typed(version)).status_code == 403
    assert count() == 1
