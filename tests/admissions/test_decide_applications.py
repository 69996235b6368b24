"""Deciding: a seat is offered while one is free, else the waitlist; turning down frees what was held."""

import uuid

import pytest
from sqlalchemy import select

from advocates.admissions.models import Offer
from advocates.admissions.offering import sweep_offers
from advocates.audit.checking import check_chain
from advocates.cohorts.models import EnrollmentStatusChange
from advocates.database import db, reading
from advocates.messages.models import OutboxMessage
from advocates.people.models import PersonProfile
from tests.admissions.conftest import status
from tests.budgets import statements
from tests.factories.admissions import make_agency, make_quota, make_waiting
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("time")


def decide(client, cohort, decision, *enrollments, **more):
    ids = [str(each.id) for each in enrollments]
    return client.post_form(
        f"/cohorts/{cohort.id}/applications/decide", {"decision": decision, "enrollment_ids": ids, **more}
    )


def _applied(cohort, *names):
    return [make_enrollment(cohort, name, status="applied") for name in names]


def test_who_applied_first_is_offered_a_free_seat_and_others_wait(as_administrator, administrator, cohort, with_mail):
    people = _applied(cohort, "Ann", "Bo", "Cy")
    response = decide(as_administrator, cohort, "offer", *people)
    assert response.location == f"/cohorts/{cohort.id}/applications"
    assert [status(each) for each in people] == ["offered", "offered", "waitlisted"]
    page = as_administrator.get(response.location).text
    assert "2 seats were offered. No further seat is free: 1 person was put on the waitlist." in page
    assert len(db.session.scalars(select(OutboxMessage)).all()) == 2
    changes = db.session.scalars(select(EnrollmentStatusChange)).all()
    assert {(c.to_status.value, c.reason_code, c.changed_by) for c in changes} == {
        ("offered", "approved", administrator.id),
        ("waitlisted", "cohort_full", administrator.id),
    }
    with reading():
        assert check_chain()[1] is None


def test_a_full_cohort_says_why_those_approved_wait(as_administrator, cohort):
    make_enrollment(cohort, "Ann")
    make_enrollment(cohort, "Bo")
    response = decide(as_administrator, cohort, "offer", *_applied(cohort, "Cy", "Di"))
    page = as_administrator.get(response.location).text
    assert "No seat is free: 2 people were put on the waitlist." in page
    assert "usa-alert--success" not in page


def test_who_waits_for_a_seat_of_their_agency_is_not_told_that_no_seat_is_free(as_administrator, cohort):
    door = make_agency()
    make_quota(cohort, door, 0)
    (person,) = _applied(cohort, "Ann")
    db.session.get_one(PersonProfile, person.person_id).agency_id = door.id
    db.session.commit()
    response = decide(as_administrator, cohort, "offer", person)
    page = as_administrator.get(response.location).text
    assert "1 person was put on the waitlist." in page
    assert "No seat is free" not in page


def test_putting_on_the_waitlist_by_choice_names_no_lack_of_seats(as_administrator, cohort):
    response = decide(as_administrator, cohort, "waitlist", *_applied(cohort, "Ann", "Bo"))
    assert "2 people were put on the waitlist." in as_administrator.get(response.location).text


def test_without_a_mail_server_the_links_are_shown_this_once(as_administrator, client, cohort):
    (person,) = _applied(cohort, "Ann Roe")
    response = decide(as_administrator, cohort, "offer", person)
    assert response.status_code == 200
    assert "http://localhost/offers/" in response.text
    link = response.text.partition("http://localhost")[2].partition("<")[0]
    assert client.get(link).status_code == 200
    assert "http://localhost/offers/" not in as_administrator.get(f"/cohorts/{cohort.id}/applications").text


def test_an_agency_is_never_offered_more_than_its_quota(as_administrator, cohort, with_mail):
    door = make_agency()
    make_quota(cohort, door, 1)
    people = make_waiting(cohort, "Ann", "Bo", agency=door)
    decide(as_administrator, cohort, "offer", *people)
    assert [status(each) for each in people] == ["offered", "waitlisted"]
    assert "1 person stays as they were" in as_administrator.get(f"/cohorts/{cohort.id}/applications").text


def test_the_waitlist_keeps_the_order_of_applying(as_administrator, cohort):
    people = _applied(cohort, "Ann", "Bo")
    decide(as_administrator, cohort, "waitlist", *reversed(people))
    text = as_administrator.get(f"/cohorts/{cohort.id}/applications").text
    assert text.index("Ann") < text.index("Bo")
    assert [status(each) for each in people] == ["waitlisted", "waitlisted"]


def test_turning_down_an_offer_frees_the_seat_for_the_next(as_administrator, cohort, with_mail):
    make_enrollment(cohort, "Ann")
    held, following = make_waiting(cohort, "Bo", "Cy")
    sweep_offers()
    assert (status(held), status(following)) == ("offered", "waitlisted")
    decide(as_administrator, cohort, "turn_down", held)
    assert (status(held), status(following)) == ("withdrawn", "offered")
    assert sorted(db.session.scalars(select(Offer.state)).all()) == ["ended", "open"]


@pytest.mark.parametrize(
    ("decision", "said"), [("", "Choose what to do with them."), ("promote", "Choose what to do with them.")]
)
def test_what_is_no_decision_changes_nothing(as_administrator, cohort, decision, said):
    (person,) = _applied(cohort, "Ann")
    response = decide(as_administrator, cohort, decision, person)
    assert response.status_code == 422
    assert said in response.text
    assert status(person) == "applied"


def test_somebody_must_be_chosen_and_those_of_another_cohort_are_not_touched(as_administrator, cohort):
    assert "Choose at least one person first." in decide(as_administrator, cohort, "offer").text
    other = make_cohort()
    (stranger,) = _applied(other, "Zed")
    decide(as_administrator, cohort, "turn_down", stranger)
    assert status(stranger) == "applied"
    assert decide(as_administrator, cohort, "offer", make_enrollment(other)).status_code == 303


def test_nobody_decides_about_themself(as_administrator, administrator, cohort):
    own = make_enrollment(cohort, person=administrator, status="applied")
    (other,) = _applied(cohort, "Ann")
    response = decide(as_administrator, cohort, "offer", own, other)
    assert response.status_code == 409
    assert "your own enrollment" in response.text
    assert (status(own), status(other)) == ("applied", "applied")


def test_a_form_sent_twice_offers_once(as_administrator, cohort, with_mail):
    (person,) = _applied(cohort, "Ann")
    key = str(uuid.uuid4())
    for _ in range(2):
        assert decide(as_administrator, cohort, "offer", person, request_key=key).status_code == 303
    assert len(db.session.scalars(select(Offer)).all()) == 1


def test_only_administrators_decide(client, as_administrator, cohort):
    (person,) = _applied(cohort, "Ann")
    assert decide(client, cohort, "offer", person).location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id).id)
    assert decide(client, cohort, "offer", person).status_code == 403
    assert as_administrator.get(f"/cohorts/{cohort.id}/applications/decide").status_code == 405
    assert status(person) == "applied"


def test_statements_do_not_grow_with_those_chosen(as_administrator, with_mail):
    counts = []
    for rows in (1, 3, 30):
        cohort = make_cohort(capacity=30)
        people = _applied(cohort, *(f"P{number}" for number in range(rows)))
        with statements() as sent:
            decide(as_administrator, cohort, "offer", *people)
        counts.append(len(sent))
    assert len(set(counts)) == 1, counts
