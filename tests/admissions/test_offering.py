"""A free seat goes to the next who waits: at the write that frees it, and by the sweep."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from advocates.admissions.models import Offer
from advocates.admissions.offering import sweep_offers
from advocates.admissions.rules import OfferState
from advocates.audit.checking import check_chain
from advocates.audit.models import AuditEvent
from advocates.cohorts.history import status_history
from advocates.cohorts.models import Enrollment, EnrollmentStatusChange, Placement
from advocates.cohorts.rules import Line, Newcomer
from advocates.cohorts.waiting import waitlist_newcomers
from advocates.database import db, reading
from advocates.messages.models import OutboxMessage
from advocates.people.models import PersonProfile
from advocates.worker import sweep_once
from tests.admissions.conftest import BEFORE, status
from tests.factories.admissions import make_agency, make_quota, make_waiting, make_window
from tests.factories.cohorts import make_enrollment
from tests.factories.people import make_person
from tests.messages.mail_server import mail_settings

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.usefixtures("time", "with_mail")


def _withdraw(client, enrollment):
    return client.post_form(f"/enrollments/{enrollment.id}/withdraw", {"reason": "own_wish"})


def _history(enrollment):
    rows = db.session.scalars(
        select(EnrollmentStatusChange).filter_by(enrollment_id=enrollment.id).order_by(EnrollmentStatusChange.id)
    )
    return [(row.from_status, row.to_status, row.reason_code, row.changed_by) for row in rows]


def _full(cohort, *names):
    return [make_enrollment(cohort, name) for name in names]


def test_withdrawing_offers_the_seat_to_the_first_in_line_and_writes_to_them(as_administrator, administrator, cohort):
    leaving, _staying = _full(cohort, "Ann", "Bo")
    first, second = make_waiting(cohort, "Cy", "Di")
    assert _withdraw(as_administrator, leaving).status_code == 303
    assert (status(first), status(second)) == ("offered", "waitlisted")
    offer = db.session.scalars(select(Offer)).one()
    assert (offer.enrollment_id, offer.made_by, offer.expires_at) == (first.id, None, BEFORE + 72 * HOUR)
    mail = db.session.scalars(select(OutboxMessage)).one()
    assert mail.subject == "Your training"
    assert "/offers/" in mail.body
    assert _history(leaving) == [("enrolled", "withdrawn", "own_wish", administrator.id)]
    assert _history(first) == [("waitlisted", "offered", "next_in_line", None)]
    actions = db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()
    assert actions == ["offer_seats", "withdraw_enrollment"]
    with reading():
        assert check_chain()[1] is None


def test_an_applicant_who_withdraws_frees_no_seat(as_administrator, cohort):
    _full(cohort, "Ann", "Bo")
    (waiting,) = make_waiting(cohort, "Cy")
    assert _withdraw(as_administrator, make_enrollment(cohort, "Di", status="applied")).status_code == 303
    assert status(waiting) == "waitlisted"


def _give_seats(client, cohort, capacity):
    address = f"/cohorts/{cohort.id}/edit"
    return client.post_form(
        address,
        {
            "title": cohort.title,
            "curriculum_version_id": str(cohort.curriculum_version_id),
            "place": cohort.place,
            "time_zone": cohort.time_zone,
            "starts_on": "2026-10-20",
            "ends_on": "2026-12-19",
            "capacity": str(capacity),
            "seen": client.seen(address),
        },
    )


def test_more_seats_are_offered_in_order(as_administrator, cohort):
    _full(cohort, "Ann", "Bo")
    line = make_waiting(cohort, "Cy", "Di", "Ed")
    _give_seats(as_administrator, cohort, 4)
    assert [status(each) for each in line] == ["offered", "offered", "waitlisted"]


def test_the_next_one_follows_past_an_agency_that_has_filled_its_quota(as_administrator, cohort):
    door = make_agency()
    make_quota(cohort, door, 0)
    (held_back,) = make_waiting(cohort, "Cy", agency=door)
    (follows,) = make_waiting(cohort, "Di")
    _withdraw(as_administrator, _full(cohort, "Ann", "Bo")[0])
    assert (status(held_back), status(follows)) == ("waitlisted", "offered")


@pytest.mark.parametrize("terms", [{"offers_by_itself": False}, {"is_on": False, "offers_by_itself": False}])
def test_where_an_administrator_decides_nothing_is_offered_by_itself(as_administrator, cohort, terms):
    make_window(cohort, **terms)
    (waiting,) = make_waiting(cohort, "Cy")
    _withdraw(as_administrator, _full(cohort, "Ann", "Bo")[0])
    assert sweep_offers() == 0
    assert status(waiting) == "waitlisted"


def test_nothing_is_offered_by_itself_once_the_training_has_begun(as_administrator, cohort, time):
    time.set(BEFORE + timedelta(days=21))
    (waiting,) = make_waiting(cohort, "Cy")
    _withdraw(as_administrator, _full(cohort, "Ann", "Bo")[0])
    assert status(waiting) == "waitlisted"


def test_an_offer_expires_and_goes_to_the_next(as_administrator, cohort, time):
    first, second = make_waiting(cohort, "Cy", "Di")
    make_enrollment(cohort, "Ann")
    assert sweep_offers() == 0
    assert (status(first), status(second)) == ("offered", "waitlisted")
    time.set(BEFORE + 72 * HOUR - timedelta(seconds=1))
    assert sweep_offers() == 0
    time.set(BEFORE + 72 * HOUR)
    assert sweep_offers() == 1
    assert (status(first), status(second)) == ("withdrawn", "offered")
    assert _history(first)[-1] == ("offered", "withdrawn", "offer_expired", None)
    states = db.session.scalars(select(Offer.state).order_by(Offer.id)).all()
    assert states == [OfferState.EXPIRED, OfferState.OPEN]
    placement = db.session.scalars(select(Placement).filter_by(enrollment_id=first.id)).one()
    assert placement.reason_code == "offer_expired"
    assert sweep_offers() == 0
    with reading():
        assert check_chain()[1] is None


@pytest.mark.parametrize("known", [{"email": None}, {"declines_mail": True}])
def test_who_cannot_be_written_to_keeps_the_seat_until_somebody_tells_them(app, cohort, time, known):
    person = make_person("Cy Vale")
    enrollment = make_enrollment(cohort, person=person, status="waitlisted")
    for name, value in known.items():
        setattr(db.session.get_one(PersonProfile, person.id), name, value)
    db.session.commit()
    sweep_offers()
    assert db.session.scalars(select(Offer.expires_at)).one() is None
    assert not db.session.scalars(select(OutboxMessage)).all()
    time.set(BEFORE + timedelta(days=10))
    assert sweep_offers() == 0
    assert status(enrollment) == "offered"


def test_an_offer_to_hand_over_is_told_with_the_withdrawal_and_stands_on_the_home_page(app, as_administrator, cohort):
    leaving, _staying = _full(cohort, "Ann", "Bo")
    make_waiting(cohort, "Cy Vale")
    with mail_settings(app, mail_server=""):
        response = _withdraw(as_administrator, leaving)
    page = as_administrator.get(response.location).text
    assert "A seat is offered to the next in line: hand over the link on the applications page." in page
    home = as_administrator.get("/").text
    assert f"1 offer not handed over in {cohort.title}" in home
    assert "application for" not in home


def test_an_offer_that_was_mailed_needs_no_handing_over(as_administrator, cohort):
    leaving, _staying = _full(cohort, "Ann", "Bo")
    make_waiting(cohort, "Cy Vale")
    assert "hand over" not in as_administrator.get(_withdraw(as_administrator, leaving).location).text
    assert "not handed over" not in as_administrator.get("/").text


def test_an_offer_to_hand_over_is_told_with_added_seats(app, as_administrator, cohort):
    _full(cohort, "Ann", "Bo")
    make_waiting(cohort, "Cy Vale")
    with mail_settings(app, mail_server=""):
        response = _give_seats(as_administrator, cohort, 3)
    assert "hand over the link" in as_administrator.get(response.location).text


def test_an_offer_that_an_administrator_overtook_takes_nobody_out(app, cohort, time):
    (waiting,) = make_waiting(cohort, "Cy")
    sweep_offers()
    db.session.get_one(Enrollment, waiting.id, populate_existing=True).status = "enrolled"
    db.session.commit()
    time.set(BEFORE + 73 * HOUR)
    assert sweep_offers() == 0
    assert status(waiting) == "enrolled"
    assert db.session.scalars(select(Offer.state)).one() is OfferState.ENDED


def test_the_worker_sweeps_offers(app, cohort):
    (waiting,) = make_waiting(cohort, "Cy")
    db.session.remove()
    with mail_settings(app, mail_server=""):
        sweep_once(app)
    assert status(waiting) == "offered"


def test_who_is_put_on_the_waitlist_while_a_seat_is_free_waited_before_it_was_offered(cohort, administrator):
    line = [Line(1, Newcomer("Wen Harlow", "wen@example.org"))]
    (enrollment_id,) = waitlist_newcomers(administrator.id, cohort.id, line)
    assert [step.to_status for step in status_history(enrollment_id)] == ["waitlisted", "offered"]
