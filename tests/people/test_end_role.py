"""Roles are taken back, but never the last administrator's."""

import uuid

from sqlalchemy import select

from advocates import clock
from advocates.database import db
from advocates.people.models import Account, RoleGrant
from tests.factories.cohorts import make_cohort
from tests.factories.people import make_person
from tests.people.refusals import assert_only_administrators


def _grant(person, cohort_id=None):
    return db.session.scalars(select(RoleGrant).filter_by(person_id=person.id, cohort_id=cohort_id)).one()


def _is_open(grant_id):
    db.session.rollback()
    return db.session.scalar(select(RoleGrant.ended_at).filter_by(id=grant_id)) is None


def test_a_role_ends_at_the_next_click_of_its_holder(app, as_administrator, administrator):
    db.session.get_one(Account, administrator.id).password_hash = "x"
    person = make_person("Wen Harlow", roles=["administrator"])
    client = app.test_client()
    client.sign_in(person.id)
    assert client.get("/people").status_code == 200
    assert as_administrator.post_form(f"/role-grants/{_grant(person).id}/end").location == f"/people/{person.id}"
    assert client.get("/people").status_code == 403
    assert client.get("/profile").status_code == 200


def test_the_last_administrator_stays(as_administrator, administrator):
    closed = make_person("Closed", roles=["administrator"], password_hash="x")
    db.session.get_one(Account, closed.id).disabled_at = clock.now()
    db.session.commit()
    grant_id = _grant(administrator).id
    response = as_administrator.post_form(f"/role-grants/{grant_id}/end")
    assert response.status_code == 422
    assert "Nobody else can administer" in response.text
    assert _is_open(grant_id)


def test_an_administrator_may_leave_to_another(as_administrator, administrator):
    make_person("Another", roles=["administrator"], password_hash="x")
    grant_id = _grant(administrator).id
    assert as_administrator.post_form(f"/role-grants/{grant_id}/end").status_code == 303
    assert not _is_open(grant_id)
    assert as_administrator.get("/people").status_code == 403


def test_a_trainer_of_no_cohort_any_more_is_no_trainer_of_one(as_administrator):
    cohort = make_cohort()
    person = make_person("Wen Harlow", roles=["trainer"], cohort_id=cohort.id)
    everywhere, here = _grant(person).id, _grant(person, cohort.id).id
    as_administrator.post_form(f"/role-grants/{everywhere}/end")
    assert not _is_open(everywhere)
    assert not _is_open(here)


def test_a_trainer_can_leave_one_cohort(as_administrator):
    cohort = make_cohort()
    person = make_person("Wen Harlow", roles=["trainer"], cohort_id=cohort.id)
    everywhere, here = _grant(person).id, _grant(person, cohort.id).id
    as_administrator.post_form(f"/role-grants/{here}/end")
    assert _is_open(everywhere)
    assert not _is_open(here)


def test_the_same_form_sent_twice_ends_it_once(as_administrator):
    grant_id = _grant(make_person("Wen Harlow", roles=["trainee"])).id
    key = {"request_key": str(uuid.uuid4())}
    answers = [as_administrator.post_form(f"/role-grants/{grant_id}/end", key) for _ in range(2)]
    assert [a.status_code for a in answers] == [303, 303]
    assert as_administrator.post_form(f"/role-grants/{grant_id}/end").status_code == 303


def test_nobody_else_may_and_nothing_unknown_ends(app, as_administrator):
    grant_id = _grant(make_person("Wen Harlow", roles=["trainee"])).id
    assert_only_administrators(app, f"/role-grants/{grant_id}/end", "POST")
    assert _is_open(grant_id)
    assert as_administrator.post_form(f"/role-grants/{uuid.uuid4()}/end").status_code == 404
