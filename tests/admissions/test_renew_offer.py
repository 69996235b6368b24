"""A new link in place of the old one: sent again, or shown to hand over."""

import re
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from advocates.admissions.models import Offer
from advocates.admissions.offering import sweep_offers
from advocates.database import db
from advocates.messages.models import OutboxMessage
from tests.admissions.conftest import BEFORE
from tests.factories.admissions import make_waiting
from tests.factories.cohorts import make_enrollment
from tests.factories.people import make_person
from tests.messages.mail_server import mail_settings

LASTS = timedelta(hours=72)


def renew(client, enrollment_id):
    return client.post_form(f"/enrollments/{enrollment_id}/offer-link")


def _offered(cohort):
    (enrollment,) = make_waiting(cohort, "Wen Harlow")
    enrollment_id = enrollment.id
    sweep_offers()
    return enrollment_id


def _until():
    return db.session.scalars(select(Offer.expires_at)).one()


def test_without_mail_the_link_is_shown_once_and_the_time_begins(as_administrator, client, cohort, time):
    enrollment_id = _offered(cohort)
    time.set(BEFORE + timedelta(days=5))
    response = renew(as_administrator, enrollment_id)
    assert response.status_code == 200
    link = re.search(r"/offers/[\w-]+", response.text)[0]
    assert _until() == BEFORE + timedelta(days=5) + LASTS
    assert client.get(link).status_code == 200
    again = re.search(r"/offers/[\w-]+", renew(as_administrator, enrollment_id).text)[0]
    assert client.get(link).status_code == 404
    assert client.get(again).status_code == 200


def test_with_mail_it_is_sent_again_and_the_time_stays(app, as_administrator, cohort, time):
    with mail_settings(app, mail_server="127.0.0.1"):
        enrollment_id = _offered(cohort)
        time.set(BEFORE + timedelta(days=1))
        assert renew(as_administrator, enrollment_id).status_code == 303
        assert _until() == BEFORE + LASTS
        bodies = db.session.scalars(select(OutboxMessage.body)).all()
        assert len(bodies) == len(set(bodies)) == 2
        time.set(BEFORE + LASTS)
        assert renew(as_administrator, enrollment_id).status_code == 409


@pytest.mark.parametrize("status", ["applied", "waitlisted", "enrolled", "withdrawn", "offered"])
def test_who_holds_no_offer_gets_no_link(as_administrator, cohort, status):
    response = renew(as_administrator, make_enrollment(cohort, status=status).id)
    assert response.status_code == 409
    assert "Nothing was changed." in response.text


def test_nobody_makes_a_link_for_themself(as_administrator, administrator, cohort):
    enrollment = make_enrollment(cohort, person=administrator, status="waitlisted")
    enrollment_id = enrollment.id
    sweep_offers()
    assert renew(as_administrator, enrollment_id).status_code == 409


def test_only_administrators_and_a_missing_enrollment_is_404(client, as_administrator, cohort):
    enrollment_id, cohort_id = _offered(cohort), cohort.id
    assert renew(as_administrator, uuid.uuid4()).status_code == 404
    assert renew(client, enrollment_id).location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort_id).id)
    assert renew(client, enrollment_id).status_code == 403
