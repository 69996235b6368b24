"""Whether and when people may apply, and how long an offer stands."""

import uuid

import pytest
from sqlalchemy import select

from advocates.admissions.models import ApplicationWindow
from advocates.admissions.opening import set_terms
from advocates.admissions.queries import current_consent, terms_of
from advocates.admissions.rules import Terms, TermsDraft
from advocates.audit.models import AuditEvent
from advocates.database import db
from advocates.seen import Seen
from tests.admissions.conftest import status
from tests.factories.admissions import make_waiting
from tests.factories.cohorts import make_cohort
from tests.factories.people import make_person
from tests.together import at_once

pytestmark = pytest.mark.usefixtures("time")
OPEN = {
    "is_on": "y",
    "opens_on": "2026-10-01",
    "closes_on": "2026-10-15",
    "needs_approval": "y",
    "offers_by_itself": "y",
    "offer_hours": "48",
}


def save(client, cohort, **changed):
    address = f"/cohorts/{cohort.id}/application-window"
    typed = {"seen": client.seen(address), **OPEN, **changed}
    return client.post_form(address, {name: value for name, value in typed.items() if value is not None})


def test_switched_on_there_is_a_text_to_agree_to_and_the_page_is_open(as_administrator, client, cohort):
    assert client.get(f"/apply/{cohort.id}").status_code == 404
    assert save(as_administrator, cohort).location == f"/cohorts/{cohort.id}/applications"
    assert current_consent().version == 1
    terms = terms_of(cohort.id)
    assert (terms.offer_hours, terms.opens_at.isoformat(), terms.closes_at.isoformat()) == (
        48,
        "2026-10-01T05:00:00+00:00",
        "2026-10-16T05:00:00+00:00",
    )
    assert client.get(f"/apply/{cohort.id}").status_code == 200
    page = as_administrator.get(f"/cohorts/{cohort.id}/application-window").text
    assert 'value="2026-10-15"' in page
    assert f"http://localhost/apply/{cohort.id}" in page
    actions = db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.seq)).all()
    assert actions == ["add_consent_text", "set_application_window"]


def test_saved_again_as_it_is_nothing_is_recorded(as_administrator, cohort):
    save(as_administrator, cohort)
    save(as_administrator, cohort)
    assert len(db.session.scalars(select(AuditEvent)).all()) == 2


def test_switching_off_takes_the_page_away(as_administrator, client, cohort):
    save(as_administrator, cohort)
    save(as_administrator, cohort, is_on=None)
    assert client.get(f"/apply/{cohort.id}").status_code == 404


def test_letting_seats_be_offered_offers_those_that_are_free(as_administrator, cohort, with_mail):
    save(as_administrator, cohort, offers_by_itself=None)
    (waiting,) = make_waiting(cohort, "Cy")
    save(as_administrator, cohort)
    assert status(waiting) == "offered"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"closes_on": "2026-09-30"}, "closes_on"),
        ({"opens_on": "yesterday"}, "opens_on"),
        ({"closes_on": "9999-12-31"}, "closes_on"),
        ({"offer_hours": "0"}, "offer_hours"),
        ({"offer_hours": "2000"}, "offer_hours"),
        ({"offer_hours": ""}, "offer_hours"),
    ],
)
def test_bad_input_is_refused_at_its_field(as_administrator, cohort, typed, field):
    response = save(as_administrator, cohort, **typed)
    assert response.status_code == 422
    assert f'id="{field}-error"' in response.text
    assert terms_of(cohort.id) == Terms()


def test_who_changed_it_meanwhile_is_not_overwritten(as_administrator, cohort):
    seen = as_administrator.seen(f"/cohorts/{cohort.id}/application-window")
    save(as_administrator, cohort)
    response = save(as_administrator, cohort, offer_hours="24", seen=seen)
    assert response.status_code == 409
    assert "somebody else changed this" in response.text
    assert db.session.get_one(ApplicationWindow, cohort.id).offer_hours == 48


def test_only_administrators(client, as_administrator, cohort):
    address = f"/cohorts/{cohort.id}/application-window"
    assert as_administrator.get(f"/cohorts/{uuid.uuid4()}/application-window").status_code == 404
    assert client.get(address).location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id).id)
    assert client.get(address).status_code == 403
    assert client.post_form(address, OPEN).status_code == 403


def test_two_cohorts_opened_at_the_same_moment_share_one_text(app, cohort):
    actor_id, ids = make_person("Ada Quill", roles=["administrator"]).id, [cohort.id, make_cohort().id]
    draft = TermsDraft(True, None, None, True, True, 48)
    seen = Seen.of(vars(TermsDraft.of(Terms(), "America/Chicago")))
    assert at_once(app, *(lambda id_=id_: set_terms(actor_id, id_, draft, seen) for id_ in ids)) == [None, None]
    assert all(terms_of(id_).is_on for id_ in ids)
    assert current_consent().version == 1
