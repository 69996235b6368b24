"""Applying on the public page: little is asked, and the answer never tells who is known."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from advocates.admissions.consenting import add_consent_text
from advocates.admissions.models import Application, ConsentText
from advocates.admissions.queries import current_consent
from advocates.cohorts.models import Enrollment, EnrollmentStatusChange
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db
from advocates.messages.models import OutboxMessage
from advocates.people.models import Account, PersonProfile
from tests.admissions.conftest import BEFORE
from tests.factories.admissions import make_agency, make_waiting, make_window
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("time")


@pytest.fixture
def opened(cohort):
    make_window(cohort)
    return cohort


def send(client, cohort, **changed):
    text = current_consent()
    typed = {
        "chosen_name": "Łucja Wrzesień",
        "email": "lucja@example.org",
        "agency_id": "",
        "language": "pl",
        "consent_text_id": str(text.id) if text else "",
        "consents": "y",
        **changed,
    }
    return client.post_form(f"/apply/{cohort.id}", typed)


def enrollments():
    return db.session.scalars(select(Enrollment).order_by(Enrollment.id)).all()


def mails():
    return db.session.scalars(select(OutboxMessage.body).order_by(OutboxMessage.id)).all()


def test_an_application_stores_what_was_typed_with_the_consent_and_nobody_need_sign_in(client, opened):
    agency = make_agency()
    page = client.get(f"/apply/{opened.id}")
    assert page.status_code == 200
    assert "we keep your name" in page.text.lower()
    assert "The answer comes to this address." not in page.text
    response = send(client, opened, agency_id=str(agency.id))
    assert response.location == f"/apply/{opened.id}/received"
    (enrollment,) = enrollments()
    assert (enrollment.status, enrollment.enrolled_at) == ("applied", None)
    profile = db.session.get_one(PersonProfile, enrollment.person_id)
    assert (profile.chosen_name, profile.email, profile.language, profile.agency_id) == (
        "Łucja Wrzesień",
        "lucja@example.org",
        "pl",
        agency.id,
    )
    application = db.session.get_one(Application, enrollment.id)
    assert (application.consent_text_id, application.applied_at) == (current_consent().id, BEFORE)
    change = db.session.scalars(select(EnrollmentStatusChange)).one()
    assert (change.from_status, change.to_status, change.changed_by) == (None, "applied", None)


@pytest.mark.parametrize("known_as", ["nobody", "applicant", "trainee here", "trainee elsewhere", "graduate", "staff"])
def test_the_answer_is_the_same_whoever_is_known(app, client, opened, known_as, with_mail):
    if known_as != "nobody":
        roles = ["administrator"] if known_as == "staff" else []
        person = make_person("Ines Marlow", email="lucja@example.org", roles=roles)
        status = {"applicant": "applied", "graduate": "completed"}.get(known_as, "enrolled")
        if known_as != "staff":
            where = opened if known_as != "trainee elsewhere" else make_cohort(_version_of(opened))
            make_enrollment(where, person=person, status=status)
    before = len(enrollments())
    response = send(client, opened)
    assert (response.status_code, response.location) == (303, f"/apply/{opened.id}/received")
    assert client.get(response.location).status_code == 200
    assert len(enrollments()) - before == (known_as in {"nobody", "staff"})
    assert len(mails()) == 1
    if known_as not in {"nobody", "staff"}:
        assert "Nothing was changed" in mails()[0]
        name = db.session.scalars(select(PersonProfile.chosen_name).filter_by(email="lucja@example.org")).one()
        assert name == "Ines Marlow"


def _version_of(cohort):
    return db.session.get_one(CurriculumVersion, cohort.curriculum_version_id)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"chosen_name": ""}, "Type your name."),
        ({"chosen_name": "1234"}, "at least one letter"),
        ({"email": "nobody"}, "Type an e-mail address such as"),
        ({"consents": ""}, "Without this nothing can be stored."),
        ({"agency_id": "0198f8a0-0000-7000-8000-000000000000"}, "agency_id"),
        ({"chosen_name": "Łu\x00cja"}, "chosen_name-error"),
    ],
)
def test_bad_input_is_refused_with_what_was_typed_and_stores_nothing(client, opened, typed, said):
    people = db.session.scalar(select(func.count()).select_from(PersonProfile))
    response = send(client, opened, **typed)
    assert response.status_code == 422
    assert said in response.text
    assert "Nothing was sent yet. Please mend this:" in response.text
    assert "lucja@example.org" in response.text or "email" in typed
    assert db.session.scalar(select(func.count()).select_from(PersonProfile)) == people


def test_a_consent_that_changed_meanwhile_is_shown_again(client, opened, administrator):
    old = current_consent()
    db.session.rollback()
    add_consent_text(administrator.id, "We keep less.", old.version)
    db.session.commit()
    response = send(client, opened, consent_text_id=str(old.id))
    assert response.status_code == 422
    assert "has changed" in response.text
    assert "We keep less." in response.text
    assert not enrollments()
    assert db.session.scalar(select(func.count()).select_from(ConsentText)) == 2


def test_a_page_that_is_switched_off_is_not_there(client, cohort):
    assert client.get(f"/apply/{cohort.id}").status_code == 404
    make_window(cohort, is_on=False)
    assert client.get(f"/apply/{cohort.id}").status_code == 404
    assert send(client, cohort).status_code == 404
    assert not enrollments()


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"opens_at": BEFORE + timedelta(days=1)}, "Applications open on Friday, October 2"),
        ({"closes_at": BEFORE}, "closed"),
    ],
)
def test_outside_its_time_the_page_says_when_and_takes_nothing(client, cohort, terms, said):
    make_window(cohort, **terms)
    page = client.get(f"/apply/{cohort.id}")
    assert (page.status_code, said in page.text) == (200, True)
    assert send(client, cohort).status_code == 409
    assert not enrollments()


def test_where_no_approval_is_needed_a_free_seat_is_offered_at_once_and_others_wait(client, cohort, with_mail):
    make_window(cohort, needs_approval=False)
    make_enrollment(cohort, "Ann")
    send(client, cohort)
    send(client, cohort, email="di@example.org", chosen_name="Di")
    assert [each.status for each in enrollments()] == ["enrolled", "offered", "waitlisted"]
    assert sum("/offers/" in body for body in mails()) == 1


def test_nobody_passes_those_who_wait(client, cohort, with_mail):
    make_window(cohort, needs_approval=False)
    make_enrollment(cohort, "Ann")
    (first,) = make_waiting(cohort, "Cy")
    send(client, cohort)
    statuses = {each.id: each.status for each in enrollments()}
    assert statuses.pop(first.id) == "offered"
    assert sorted(statuses.values()) == ["enrolled", "waitlisted"]


def test_one_address_cannot_be_used_to_write_again_and_again(client, opened, with_mail):
    assert [send(client, opened).status_code for _ in range(6)] == [303] * 5 + [422]
    assert "Too many applications" in send(client, opened).text
    assert len(mails()) == 5
    assert len(enrollments()) == 1


def test_who_asked_not_to_be_written_to_is_not(client, opened, with_mail):
    make_person("Ines Marlow", email="lucja@example.org", declines_mail=True)
    assert send(client, opened).status_code == 303
    assert not mails()
    assert len(enrollments()) == 1


def test_a_form_without_its_token_is_refused(client, opened):
    assert client.post(f"/apply/{opened.id}", data={}).status_code == 400


def test_an_account_is_made_that_nobody_can_sign_in_to_yet(client, opened):
    send(client, opened)
    account = db.session.scalars(select(Account).filter_by(email_key="lucja@example.org")).one()
    assert account.password_hash is None
