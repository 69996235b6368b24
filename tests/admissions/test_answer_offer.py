"""The private page of an offer: accepted, let go, or too late."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from advocates import clock
from advocates.access import Role
from advocates.admissions.answering import OfferOver, accept_offer, find_offer
from advocates.admissions.models import Offer
from advocates.admissions.offering import sweep_offers
from advocates.admissions.rules import OfferState
from advocates.audit.checking import check_chain
from advocates.cohorts.models import Enrollment, EnrollmentStatusChange, Placement
from advocates.cohorts.rules import EnrollmentStatus
from advocates.database import db, reading
from advocates.messages.models import OutboxMessage
from advocates.people.models import RoleGrant
from tests.admissions.conftest import BEFORE, status
from tests.factories.admissions import make_waiting
from tests.factories.cohorts import make_enrollment
from tests.factories.people import make_person
from tests.people.links import PASSWORD, path_of
from tests.together import at_once

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("time", "with_mail")


def offered_to(cohort, name="Wen Harlow", **more):
    """Somebody who waits is offered a seat: the enrollment and the path of the link in the mail."""
    enrollment = more.get("enrollment") or make_waiting(cohort, name)[0]
    sweep_offers()
    body = db.session.scalars(select(OutboxMessage.body).order_by(OutboxMessage.id.desc())).first()
    for each in db.session:  # the sweep ended its transactions: what the test holds stays readable
        db.session.refresh(each)
    db.session.commit()
    return enrollment, re.search(r"/offers/\S+", body)[0]


def answer(client, path, said):
    return client.post_form(path, {"answer": said})


def test_the_page_names_the_training_and_until_when_and_reading_it_changes_nothing(client, cohort):
    enrollment, path = offered_to(cohort)
    page = client.get(path)
    assert page.status_code == 200
    for said in (cohort.title, "Malcolm X College", "Sunday, October 4, 2026", "10:00\u202fAM CDT", "Accept the seat"):
        assert said in page.text
    assert status(enrollment) == "offered"


def test_accepting_enrolls_and_leads_on_to_choosing_a_password(client, cohort):
    enrollment, path = offered_to(cohort)
    response = answer(client, path, "accept")
    assert response.status_code == 303
    assert "/invitations/" in response.location
    assert status(enrollment) == "enrolled"
    assert db.session.get_one(Enrollment, enrollment.id).enrolled_at == BEFORE
    assert db.session.scalars(select(RoleGrant).filter_by(person_id=enrollment.person_id, role=Role.TRAINEE)).first()
    assert client.post_form(path_of(response.location), {"password": PASSWORD}).status_code == 303
    assert "you are enrolled" in client.get(path).text
    with reading():
        assert check_chain()[1] is None


def test_who_signs_in_already_stays_on_the_page(client, cohort):
    person = make_person("Ines Marlow", roles=["trainee"], password_hash="x")
    _enrollment, path = offered_to(cohort, enrollment=make_enrollment(cohort, status="waitlisted", person=person))
    response = answer(client, path, "accept")
    assert response.location == path
    page = client.get(path)
    assert page.status_code == 410
    assert "The seat is yours" in page.text


def test_letting_it_go_offers_the_seat_to_the_next(client, cohort):
    make_enrollment(cohort, "Ann")
    first, path = offered_to(cohort, "Cy")
    (second,) = make_waiting(cohort, "Di")
    assert answer(client, path, "decline").status_code == 303
    assert (status(first), status(second)) == ("withdrawn", "offered")
    assert "You let this seat go" in client.get(path).text
    last = select(EnrollmentStatusChange).filter_by(enrollment_id=first.id).order_by(EnrollmentStatusChange.id.desc())
    assert db.session.scalars(last).first().reason_code == "offer_declined"


@pytest.mark.parametrize("said", ["accept", "decline"])
@pytest.mark.parametrize("is_swept", [True, False])
def test_after_its_time_nothing_changes_and_a_sentence_says_so(client, cohort, time, said, is_swept):
    enrollment, path = offered_to(cohort)
    time.set(BEFORE + 72 * HOUR)
    if is_swept:
        sweep_offers()
    before = status(enrollment)
    response = answer(client, path, said)
    assert response.status_code == 409
    assert "This offer ended on Sunday, October 4, 2026" in response.text
    assert "Nothing was changed." in response.text
    assert status(enrollment) == before == ("withdrawn" if is_swept else "offered")
    assert client.get(path).status_code == 410


def test_an_answer_counts_once(client, cohort):
    enrollment, path = offered_to(cohort)
    answer(client, path, "accept")
    again = answer(client, path, "accept")
    assert again.status_code == 409
    assert answer(client, path, "decline").status_code == 409
    assert status(enrollment) == "enrolled"
    assert db.session.scalars(select(Offer.state)).all() == [OfferState.ACCEPTED]


@pytest.mark.parametrize(("now", "said"), [("enrolled", "enrolled in this training"), ("withdrawn", "took this")])
def test_an_offer_that_an_administrator_overtook_says_so(client, cohort, now, said):
    enrollment, path = offered_to(cohort)
    db.session.get_one(Enrollment, enrollment.id, populate_existing=True).status = now
    db.session.commit()
    assert said in client.get(path).text
    assert answer(client, path, "accept").status_code == 409
    assert status(enrollment) == now


def test_an_unknown_link_is_not_found_and_an_empty_answer_changes_nothing(client, cohort):
    assert client.get("/offers/not-a-token").status_code == 404
    assert answer(client, "/offers/not-a-token", "accept").status_code == 404
    enrollment, path = offered_to(cohort)
    assert answer(client, path, "perhaps").status_code == 422
    assert status(enrollment) == "offered"


def test_who_left_this_version_before_goes_on_from_there(client, cohort):
    person = make_person("Ines Marlow", roles=["trainee"], password_hash="x")
    earlier = make_enrollment(cohort, person=person, status="withdrawn")
    again = make_enrollment(cohort, person=person, status="waitlisted")
    _same, path = offered_to(cohort, enrollment=again)
    assert answer(client, path, "accept").status_code == 303
    assert (status(earlier), status(again)) == ("enrolled", "withdrawn")
    assert client.get(path).status_code == 410


def test_who_is_withdrawn_while_they_accept_is_told_that_the_offer_is_over(cohort):
    enrollment, path = offered_to(cohort)
    found = find_offer(path.rpartition("/")[2])
    elsewhere = {"synchronize_session": False}  # as another transaction would write between the two
    of_theirs = (
        update(Enrollment).where(Enrollment.id == enrollment.id).values(status=EnrollmentStatus.WITHDRAWN),
        update(Placement).where(Placement.enrollment_id == enrollment.id).values(ended_at=clock.now()),
    )
    for statement in of_theirs:
        db.session.execute(statement, execution_options=elsewhere)
    with pytest.raises(OfferOver):
        accept_offer(found)


def test_of_two_answers_at_once_one_counts(app, cohort):
    enrollment, path = offered_to(cohort)
    clients = [app.test_client(), app.test_client()]
    said = zip(clients, ("accept", "decline"), strict=True)
    works = [lambda pair=pair: answer(pair[0], path, pair[1]).status_code for pair in said]
    assert sorted(at_once(app, *works)) == [303, 409]
    assert status(enrollment) in {"enrolled", "withdrawn"}
