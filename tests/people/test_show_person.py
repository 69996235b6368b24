"""One person, as an administrator sees them."""

import uuid

from advocates.database import db
from advocates.people.models import PersonProfile
from tests.budgets import statements
from tests.factories.cohorts import make_cohort
from tests.factories.people import make_person
from tests.people.refusals import assert_only_administrators


def test_the_page_tells_roles_account_and_certificate_name(as_administrator):
    cohort = make_cohort(title="Fall 2026")
    person = make_person("Wen Harlow", roles=["trainer"], cohort_id=cohort.id, certificate_name="王文")
    page = as_administrator.get(f"/people/{person.id}").text
    assert "Fall 2026" in page
    assert "every cohort" in page
    assert "no password yet" in page
    assert "王文" in page
    assert "not confirmed" in page


def test_a_walk_in_has_no_account_to_invite(as_administrator):
    person = make_person("Walk In")
    db.session.get_one(PersonProfile, person.id).email = None
    db.session.commit()
    assert "Send an invitation" not in as_administrator.get(f"/people/{person.id}").text


def test_the_page_costs_the_same_for_any_number_of_roles(as_administrator):
    cohorts = [make_cohort() for _ in range(3)]
    person = make_person("Wen Harlow")
    counts = []
    for cohort in cohorts:
        as_administrator.post_form(f"/people/{person.id}/roles", {"role": "trainer", "cohort_id": str(cohort.id)})
        as_administrator.get(f"/people/{person.id}")
        with statements() as sent:
            as_administrator.get(f"/people/{person.id}")
        counts.append(len(sent))
    # the sign-in, the person, an open link, roles, the name to print, earlier trainings, the cohorts to choose from
    assert counts == [7, 7, 7]


def test_nobody_unknown_is_shown(as_administrator):
    assert as_administrator.get(f"/people/{uuid.uuid4()}").status_code == 404


def test_nobody_else_may(app):
    assert_only_administrators(app, f"/people/{make_person().id}")
