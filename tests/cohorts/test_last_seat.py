"""Two administrators at the same moment and one seat: one enrolls, the other is offered the waitlist for theirs."""

import pytest
from sqlalchemy import select

from advocates.audit.checking import check_chain
from advocates.cohorts.accepting import CohortFull, accept_application
from advocates.cohorts.enrolling import Enrolled, EnrollingRefused, enroll_newcomers
from advocates.cohorts.models import Enrollment
from advocates.cohorts.queries import count_seated
from advocates.cohorts.rules import Line, Newcomer
from advocates.database import db, reading
from tests.factories.admissions import make_agency, make_quota
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person
from tests.together import at_once

ROUNDS = range(5)


@pytest.fixture
def cohort(app):
    """Two seats, one of them taken."""
    cohort = make_cohort(capacity=2)
    make_enrollment(cohort, "Ann")
    return cohort


def _statuses():
    return sorted(db.session.scalars(select(Enrollment.status)).all())


@pytest.mark.parametrize("_round", ROUNDS)
def test_on_the_screen_one_is_enrolled_and_the_other_put_on_the_waitlist(app, cohort, _round):
    address = f"/cohorts/{cohort.id}/enroll"
    clients = [
        app.test_client().sign_in(make_person(name, roles=["administrator"]).id)
        for name in ("Ada Quill", "Hollis Renner")
    ]
    people = [{"chosen_name": name, "email": f"{name.lower()}@example.org"} for name in ("Bo", "Cy")]

    def enroll(number):
        return lambda: clients[number].post_form(address, people[number])

    answers = at_once(app, enroll(0), enroll(1))
    assert sorted(answer.status_code for answer in answers) == [200, 422]
    loser = next(number for number, answer in enumerate(answers) if answer.status_code == 422)
    refused = answers[loser].text
    assert "All seats of this cohort are taken." in refused
    assert "Put on the waitlist" in refused
    assert f'value="{people[loser]["email"]}"' in refused
    assert _statuses() == ["enrolled", "enrolled"]
    db.session.rollback()
    chosen = clients[loser].post_form(address, {**people[loser], "waitlist": "yes"})
    assert chosen.status_code == 303
    assert f"{people[loser]['chosen_name']} is on the waitlist" in clients[loser].get(chosen.location).text
    assert _statuses() == ["enrolled", "enrolled", "waitlisted"]
    with reading():
        assert check_chain()[1] is None


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_newcomer_and_an_applicant_never_fill_one_seat_twice(app, cohort, administrator, _round):
    applicant, cohort_id, actor_id = make_enrollment(cohort, "Di", status="applied").id, cohort.id, administrator.id
    enrolled, accepted = at_once(
        app,
        lambda: enroll_newcomers(actor_id, cohort_id, [Line(1, Newcomer("Bo", "bo@example.org"))]),
        lambda: accept_application(actor_id, applicant),
    )
    refusals = [each for each in (enrolled, accepted) if isinstance(each, EnrollingRefused | CohortFull)]
    assert len(refusals) == 1
    assert sum(isinstance(each, Enrolled) for each in (enrolled, accepted)) == 1
    assert count_seated(cohort_id) == 2


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_seats_of_a_cohort_but_one_of_the_agency_are_filled_once(app, administrator, _round):
    cohort = make_cohort(capacity=5)
    make_quota(cohort, make_agency(), 1)
    cohort_id, actor_id = cohort.id, administrator.id

    def enroll(name):
        line = Line(1, Newcomer(name, f"{name}@example.org", "prairie door"))
        return lambda: enroll_newcomers(actor_id, cohort_id, [line])

    results = at_once(app, enroll("bo"), enroll("cy"))
    refusal = next(each for each in results if isinstance(each, EnrollingRefused))
    assert [(quota.agency, missing) for quota, missing in refusal.judgment.beyond_quota] == [("Prairie Door", 1)]
    assert not refusal.judgment.seats_missing
    assert count_seated(cohort_id) == 1


def test_the_waitlist_is_refused_to_who_is_here_and_to_oneself(as_administrator, administrator, cohort):
    address = f"/cohorts/{cohort.id}/enroll"
    here = {"chosen_name": "Ann", "email": "ann.harlow@example.org", "waitlist": "yes"}
    as_administrator.post_form(address, {**here, "waitlist": ""})
    again = as_administrator.post_form(address, here)
    assert "is in this cohort already" in as_administrator.get(again.location).text
    own = f"ada.{administrator.id.hex[-6:]}@example.org"
    refused = as_administrator.post_form(address, {"chosen_name": "Ada Quill", "email": own, "waitlist": "yes"})
    assert refused.status_code in {303, 422}
    assert "waitlisted" not in _statuses()


def test_a_quota_that_is_filled_refuses_a_single_enrollment_and_an_acceptance(as_administrator):
    cohort, door = make_cohort(), make_agency()
    make_quota(cohort, door, 1)
    address = f"/cohorts/{cohort.id}/enroll"
    as_administrator.post_form(address, {"chosen_name": "Bo", "email": "bo@example.org", "agency": "Prairie Door"})
    typed = {"chosen_name": "Cy", "email": "cy@example.org", "agency": "Prairie Door"}
    refused = as_administrator.post_form(address, typed)
    assert refused.status_code == 422
    assert "Prairie Door has filled its one seat. Change its quota first." in refused.text
    assert "Put on the waitlist" in refused.text
    as_administrator.post_form(address, {**typed, "waitlist": "yes"})
    waiting = db.session.scalars(select(Enrollment.id).filter_by(status="waitlisted")).one()
    response = as_administrator.post_form(f"/enrollments/{waiting}/accept")
    assert response.status_code == 409
    assert "has filled its one seat" in response.text
