"""Assigning a cohort's trainers."""

import uuid

from sqlalchemy import func, select

from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.people.models import RoleGrant
from tests.budgets import statements
from tests.factories.cohorts import make_cohort
from tests.factories.people import make_person


def assign(client, cohort, *people):
    return client.post_form(f"/cohorts/{cohort.id}/trainers", {"person_ids": [str(person.id) for person in people]})


def test_two_trainers_are_assigned_and_reach_the_cohort(client, as_administrator):
    cohort = make_cohort()
    rosa, omar = make_person("Rosa Ebel", roles=["trainer"]), make_person("Omar Said", roles=["trainer"])
    client.sign_in(rosa.id)
    assert client.get(f"/cohorts/{cohort.id}").status_code == 404
    assert assign(as_administrator, cohort, rosa, omar).status_code == 303
    assert client.get(f"/cohorts/{cohort.id}").status_code == 200
    page = as_administrator.get(f"/cohorts/{cohort.id}").text
    assert "Rosa Ebel" in page
    assert "Omar Said" in page
    assert "One trainer alone" not in page


def test_who_is_taken_off_loses_the_cohort_at_once_and_the_grant_stays_on_record(client, as_administrator):
    cohort = make_cohort()
    rosa = make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id)
    omar = make_person("Omar Said", roles=["trainer"], cohort_id=cohort.id)
    client.sign_in(rosa.id)
    assign(as_administrator, cohort, omar)
    assert client.get(f"/cohorts/{cohort.id}").status_code == 404
    grants = db.session.scalars(select(RoleGrant).filter_by(cohort_id=cohort.id)).all()
    assert {grant.person_id: grant.ended_at is None for grant in grants} == {rosa.id: False, omar.id: True}
    assign(as_administrator, cohort, omar, rosa)
    assert client.get(f"/cohorts/{cohort.id}").status_code == 200


def test_the_page_checks_who_is_assigned(as_administrator):
    cohort = make_cohort()
    rosa = make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id)
    make_person("Omar Said", roles=["trainer"])
    page = as_administrator.get(f"/cohorts/{cohort.id}/trainers").text
    assert page.count(" checked") == 1
    assert str(rosa.id) in page


def test_saving_the_same_again_records_nothing(as_administrator):
    cohort = make_cohort()
    assign(as_administrator, cohort, make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id))
    assert db.session.scalar(select(func.count()).select_from(AuditEvent)) == 0


def test_somebody_who_is_no_trainer_is_refused(as_administrator):
    cohort = make_cohort()
    make_person("Rosa Ebel", roles=["trainer"])
    response = assign(as_administrator, cohort, make_person("Wen Harlow", roles=["trainee"]))
    assert response.status_code == 422
    assert "not a valid choice" in response.text
    assert not db.session.scalars(select(RoleGrant).filter_by(cohort_id=cohort.id)).all()


def test_without_any_trainer_the_page_says_what_to_do_first(as_administrator):
    assert "Nobody is a trainer yet." in as_administrator.get(f"/cohorts/{make_cohort().id}/trainers").text


def test_only_administrators_assign_and_a_missing_cohort_is_404(client, as_administrator):
    cohort = make_cohort()
    rosa = make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id)
    assert as_administrator.get(f"/cohorts/{uuid.uuid4()}/trainers").status_code == 404
    assert assign(client, cohort, rosa).location.startswith("/sign-in")
    client.sign_in(rosa.id)
    assert assign(client, cohort).status_code == 403


def test_four_statements_however_many_trainers(as_administrator):
    cohort = make_cohort()
    for rows in (1, 3, 30):
        for n in range(rows):
            make_person(f"Trainer {n}", roles=["trainer"], cohort_id=cohort.id)
        with statements() as sent:
            as_administrator.get(f"/cohorts/{cohort.id}/trainers")
        assert len(sent) <= 4  # the sign-in; the cohort; all trainers; those assigned
