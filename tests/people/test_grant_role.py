"""Roles are given: several to one person, everywhere or for a cohort, an auditor's until a day."""

import re
import uuid
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from advocates import clock
from advocates.access import Role
from advocates.database import db
from advocates.people.granting import AlreadyGranted, WrongScope, grant_role
from advocates.people.models import RoleGrant
from tests.factories.cohorts import make_cohort
from tests.factories.people import make_person
from tests.people.refusals import assert_only_administrators


@pytest.fixture
def person(app):
    return make_person("Wen Harlow")


def _give(client, person, role, **more):
    return client.post_form(f"/people/{person.id}/roles", {"role": role, "cohort_id": "every", **more})


def _open():
    return db.session.scalar(select(func.count()).select_from(RoleGrant).filter_by(ended_at=None))


def test_one_person_holds_several_roles(app, as_administrator, person):
    for role in ("trainer", "administrator", "trainee"):
        assert _give(as_administrator, person, role).location == f"/people/{person.id}"
    client = app.test_client()
    client.sign_in(person.id)
    assert client.get("/people").status_code == 200


def test_a_role_holds_from_the_next_click(app, as_administrator, person):
    client = app.test_client()
    client.sign_in(person.id)
    assert client.get("/people").status_code == 403
    _give(as_administrator, person, "administrator")
    assert client.get("/people").status_code == 200


def test_an_auditor_reads_one_cohort_until_the_end_of_a_day(as_administrator, person):
    cohort = make_cohort()
    last_day = clock.today() + timedelta(days=30)
    response = _give(as_administrator, person, "auditor", cohort_id=str(cohort.id), expires_on=last_day.isoformat())
    assert response.status_code == 303
    grant = db.session.scalars(select(RoleGrant).filter_by(person_id=person.id)).one()
    assert (grant.role, grant.cohort_id) == (Role.AUDITOR, cohort.id)
    end = grant.expires_at.astimezone(ZoneInfo("America/Chicago"))
    assert (end.date(), end.hour) == (last_day + timedelta(days=1), 0)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"role": "auditor", "expires_on": "+30"}, "Choose the cohort"),
        ({"role": "auditor", "cohort": True}, "last day"),
        ({"role": "auditor", "cohort": True, "expires_on": "-1"}, "last day"),
        ({"role": "auditor", "cohort": True, "expires_on": "+900"}, "last day"),
        ({"role": "administrator", "cohort": True}, "Only trainers and auditors"),
        ({"role": "trainer", "expires_on": "+30"}, "Leave this empty"),
        ({"role": ""}, "Choose a role."),
        ({"role": "trainer", "cohort_id": ""}, "Choose where the role holds."),
        ({"role": "emperor"}, "Invalid Choice"),
        ({"role": "trainer", "cohort_id": "00000000-0000-7000-8000-000000000000"}, "Not a valid choice"),
    ],
)
def test_a_role_that_makes_no_sense_is_refused_at_its_field(as_administrator, person, typed, sentence):
    before = _open()
    if typed.pop("cohort", None):
        typed["cohort_id"] = str(make_cohort().id)
    if "expires_on" in typed:
        typed["expires_on"] = str(clock.today() + timedelta(days=int(typed["expires_on"])))
    response = _give(as_administrator, person, **typed)
    assert response.status_code == 422
    assert sentence in response.text
    assert _open() == before


def test_the_same_role_twice_is_refused(as_administrator, person):
    _give(as_administrator, person, "trainer")
    response = _give(as_administrator, person, "trainer")
    assert response.status_code == 422
    assert "already" in response.text


def test_an_auditor_can_come_back_after_the_end(app, administrator, person):
    cohort = make_cohort()
    day = timedelta(days=1)
    grant_role(administrator.id, person.id, Role.AUDITOR, cohort.id, clock.now() - day)
    grant_role(administrator.id, person.id, Role.AUDITOR, cohort.id, clock.now() + day)
    with pytest.raises(AlreadyGranted):
        grant_role(administrator.id, person.id, Role.AUDITOR, cohort.id, clock.now() + day)
    db.session.rollback()


def test_the_activity_itself_refuses_a_wrong_scope(app, administrator, person):
    with pytest.raises(WrongScope):
        grant_role(administrator.id, person.id, Role.AUDITOR)
    with pytest.raises(WrongScope):
        grant_role(administrator.id, person.id, Role.TRAINEE, make_cohort().id)


def test_the_same_form_sent_twice_gives_one_role(as_administrator, person):
    before, key = _open(), str(uuid.uuid4())
    answers = [_give(as_administrator, person, "trainer", request_key=key) for _ in range(2)]
    assert [a.status_code for a in answers] == [303, 303]
    assert _open() == before + 1


def test_nobody_else_may_and_nobody_unknown_gets_one(app, as_administrator, person):
    assert_only_administrators(app, f"/people/{person.id}/roles", "POST")
    assert as_administrator.post_form(f"/people/{uuid.uuid4()}/roles", {"role": "trainer"}).status_code == 404
    assert as_administrator.get(f"/people/{person.id}/roles").status_code == 405


def test_nothing_is_chosen_at_first_and_a_trainer_is_assigned_on_the_cohorts_page(as_administrator, person):
    page = as_administrator.get(f"/people/{person.id}").text
    assert re.findall(r'<option selected value="(.*?)">', page) == ["", ""]
    given = as_administrator.get(_give(as_administrator, person, "trainer").location).text
    assert "Now assign the trainer to cohorts" in given
