"""One button lets every trainer of a cohort sign all skills from today on."""

from sqlalchemy import select

from advocates import clock
from advocates.database import db
from advocates.skills.models import SkillAuthorization
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person


def address(cohort):
    return f"/cohorts/{cohort.id}/skills/authorize"


def rows():
    db.session.expire_all()
    return db.session.scalars(select(SkillAuthorization)).all()


def test_authorizes_every_trainer_once(as_administrator):
    cohort = make_cohort()
    make_enrollment(cohort)
    people = {make_person(name, roles=["trainer"], cohort_id=cohort.id).id for name in ("Rosa Ebel", "Bo Carr")}
    assert as_administrator.post_form(address(cohort)).status_code == 303
    assert {row.person_id for row in rows()} == people
    assert {(row.skill, row.from_on, row.until_on) for row in rows()} == {(None, clock.today(), None)}
    assert "May sign today: Bo Carr, Rosa Ebel" in as_administrator.get(f"/cohorts/{cohort.id}/skills").text
    as_administrator.post_form(address(cohort))
    assert len(rows()) == 2


def test_without_trainers_it_says_so(as_administrator):
    cohort = make_cohort()
    make_enrollment(cohort)
    as_administrator.post_form(address(cohort))
    assert "Nobody was added" in as_administrator.get(f"/cohorts/{cohort.id}/skills").text


def test_others_are_refused(cohort, client, as_trainer, as_administrator):
    before = len(rows())
    assert client.post_form(address(cohort)).location.startswith("/sign-in")
    assert as_trainer.post_form(address(cohort)).status_code == 403
    assert as_administrator.get(address(cohort)).status_code == 405
    assert len(rows()) == before
