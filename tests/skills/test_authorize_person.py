"""Somebody may sign one skill or all of them, from when to when."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from advocates import clock
from advocates.database import db
from advocates.skills.models import SkillAuthorization
from tests.factories.people import make_person
from tests.skills.conftest import SKILLS


def address(cohort):
    return f"/curriculum-versions/{cohort.curriculum_version_id}/skills/authorize"


def rows():
    db.session.expire_all()
    return db.session.scalars(select(SkillAuthorization)).all()


@pytest.fixture
def guest(app):
    return make_person("Bo Carr", roles=["trainer"])


def test_authorizes_for_one_skill_and_some_days(cohort, guest, as_administrator):
    today = clock.today()
    data = {"person": str(guest.id), "skill": SKILLS[1], "from_on": str(today), "until_on": str(today)}
    assert as_administrator.post_form(address(cohort), data).status_code == 303
    (row,) = rows()
    assert (row.person_id, row.skill, row.from_on, row.until_on) == (guest.id, SKILLS[1], today, today)
    wider = {"person": str(guest.id), "skill": "", "from_on": str(today)}
    assert as_administrator.post_form(address(cohort), wider).status_code == 303
    assert as_administrator.post_form(address(cohort), data).status_code == 422  # all of it is granted by now
    assert len(rows()) == 2


def test_wrong_input_is_kept_and_grants_nothing(cohort, guest, as_administrator):
    today, trainee = clock.today(), make_person("Wen Harlow", roles=["trainee"])
    good = {"person": str(guest.id), "skill": SKILLS[1], "from_on": str(today), "until_on": ""}
    for change, sentence in (
        ({"person": ""}, "Choose a person."),
        ({"person": str(trainee.id)}, "Not a valid choice"),
        ({"skill": "Juggles"}, "Not a valid choice"),
        ({"from_on": ""}, "Say from which day on."),
        ({"until_on": str(today - timedelta(days=1))}, "The last day comes before the first."),
    ):
        response = as_administrator.post_form(address(cohort), good | change)
        assert response.status_code == 422
        assert sentence in response.text
    assert rows() == []


def test_others_are_refused(cohort, client, as_trainer):
    assert client.get(address(cohort)).location.startswith("/sign-in")
    assert as_trainer.get(address(cohort)).status_code == 403
