"""Walk-ins: somebody new, an applicant, a guest from another cohort."""

import uuid
from datetime import date

import pytest
from sqlalchemy import func, select

from advocates.attendance.crediting import recredit
from advocates.audit.models import AuditEvent
from advocates.cohorts.accepting import accept_application
from advocates.cohorts.models import Cohort, Enrollment, Placement
from advocates.cohorts.moving import withdraw_enrollment
from advocates.cohorts.rules import EnrollmentStatus, WithdrawalReason
from advocates.curriculum.models import CurriculumVersion
from advocates.database import db
from advocates.hours.queries import enrollment_balance
from advocates.people.models import Account, PersonProfile, RoleGrant
from advocates.schedule.models import SessionSeat
from tests.budgets import statements
from tests.factories.attendance import make_signed_off
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person

NAME = "Søren Achterberg"


@pytest.fixture
def address(room):
    return f"/sessions/{room.session.id}/walk-ins"


def enrollment_named(name):
    query = select(Enrollment).join(PersonProfile, PersonProfile.person_id == Enrollment.person_id)
    return db.session.scalars(query.where(PersonProfile.chosen_name == name)).one_or_none()


def seats():
    return [(s.enrollment_id, s.kind.value) for s in db.session.scalars(select(SessionSeat))]


def people():
    return db.session.scalar(select(func.count()).select_from(PersonProfile))


def other_cohort(room, trainer=None):
    cohort = make_cohort(db.session.get_one(CurriculumVersion, room.version.id))
    if trainer is not None:
        db.session.add(
            RoleGrant(person_id=trainer.id, role="trainer", cohort_id=cohort.id, granted_at=cohort.created_at)
        )
        db.session.commit()
    return cohort, make_enrollment(cohort, "Ilse Marchetti")


def test_a_trainers_walk_in_is_an_applicant_on_the_register_without_an_account(as_trainer, room, address):
    response = as_trainer.post_form(address, {"chosen_name": NAME, "pronunciation": "SUR-en"})
    assert response.status_code == 303
    assert response.location.endswith(room.address)
    walk_in = enrollment_named(NAME)
    assert walk_in.status is EnrollmentStatus.APPLIED
    assert walk_in.curriculum_version_id == room.version.id
    assert seats() == [(walk_in.id, "walk_in")]
    assert db.session.get(Account, walk_in.person_id) is None
    assert NAME in as_trainer.get(room.address).text


def test_an_applicant_who_is_not_accepted_earns_nothing(app, as_trainer, room, address, administrator):
    as_trainer.post_form(address, {"chosen_name": NAME})
    walk_in = enrollment_named(NAME)
    make_signed_off(room.session, room.trainer)
    withdraw_enrollment(administrator.id, walk_in.id, WithdrawalReason.NOT_ACCEPTED)
    assert recredit(administrator.id, [walk_in.id], "anything") == []
    db.session.commit()
    assert app.test_cli_runner().invoke(args=["hours", "check"]).output.endswith(" 0 differences\n")


def test_an_applicants_minutes_count_once_accepted(as_trainer, room, address, administrator):
    as_trainer.post_form(address, {"chosen_name": NAME})
    walk_in = enrollment_named(NAME)
    make_signed_off(room.session, room.trainer)
    assert enrollment_balance(room.trainees[0].id).credited_minutes == 170
    assert enrollment_balance(walk_in.id).credited_minutes == 0
    accept_application(administrator.id, walk_in.id)
    db.session.commit()
    assert enrollment_balance(walk_in.id).credited_minutes == 170
    assert recredit(administrator.id, [walk_in.id], "check") == []


def test_an_administrators_walk_in_is_enrolled_at_once(as_administrator, room, address):
    assert as_administrator.post_form(address, {"chosen_name": NAME}).status_code == 303
    assert enrollment_named(NAME).status is EnrollmentStatus.ENROLLED
    assert seats() == []
    assert NAME in as_administrator.get(room.address).text


def test_in_a_full_cohort_an_administrators_walk_in_is_noted_as_an_applicant(as_administrator, room, address):
    db.session.get_one(Cohort, room.cohort.id).capacity = 3
    db.session.commit()
    as_administrator.post_form(address, {"chosen_name": NAME})
    assert enrollment_named(NAME).status is EnrollmentStatus.APPLIED
    assert "once an administrator accepts" in as_administrator.get(room.address).text


def test_the_form_sent_twice_adds_one_person(as_trainer, address):
    key = str(uuid.uuid4())
    for _ in range(2):
        assert as_trainer.post_form(address, {"chosen_name": NAME, "request_key": key}).status_code == 303
    assert len(seats()) == 1


@pytest.mark.parametrize(
    ("name", "said"), [("", "Type a name."), ("  ", "at least one letter"), ("Łucja Wiśniewska", "tells the two apart")]
)
def test_a_bad_name_is_refused_with_what_was_typed(as_trainer, address, room, name, said):
    before = people()
    response = as_trainer.post_form(address, {"chosen_name": name, "pronunciation": "as it is written"})
    assert response.status_code == 422
    assert said in response.text
    assert 'value="as it is written"' in response.text
    assert people() == before


def test_an_administrator_is_told_of_a_known_name_too(as_administrator, address, room):
    response = as_administrator.post_form(address, {"chosen_name": "łucja wiśniewska"})
    assert response.status_code == 422
    assert "tells the two apart" in response.text


def test_an_applicant_of_the_cohort_gets_a_seat(as_trainer, room, address):
    applicant = make_enrollment(room.cohort, "Zofia Kern", status="applied")
    assert "Zofia Kern" not in as_trainer.get(room.address).text
    assert "Zofia Kern" in as_trainer.get(address).text
    assert as_trainer.post_form(address, {"enrollment_id": applicant.id}).status_code == 303
    assert seats() == [(applicant.id, "walk_in")]
    assert as_trainer.post_form(address, {"enrollment_id": applicant.id}).status_code == 409


def test_a_guest_from_a_cohort_in_scope_earns_nothing(as_trainer, room, address):
    _, guest = other_cohort(room, room.trainer)
    assert "Ilse Marchetti" in as_trainer.get(f"{address}?q=ilse").text
    assert as_trainer.post_form(address, {"enrollment_id": guest.id}).status_code == 303
    assert seats() == [(guest.id, "guest")]
    make_signed_off(room.session, room.trainer)
    assert enrollment_balance(guest.id).credited_minutes == 0


def test_people_out_of_scope_are_neither_found_nor_seated(as_trainer, as_administrator, room, address):
    _, stranger = other_cohort(room)
    assert "Ilse Marchetti" not in as_trainer.get(f"{address}?q=Ilse").text
    assert as_trainer.post_form(address, {"enrollment_id": stranger.id}).status_code == 404
    assert as_trainer.post_form(address, {"enrollment_id": uuid.uuid4()}).status_code == 404
    assert as_trainer.post_form(address, {"enrollment_id": "x"}).status_code == 404
    assert seats() == []
    assert "Ilse Marchetti" in as_administrator.get(f"{address}?q=Ilse").text
    assert "Ilse Marchetti" in as_administrator.get(f"{address}?q=Il%00se").text


def test_nobody_seats_themself_or_somebody_who_left(as_trainer, as_administrator, room, address):
    cohort, gone = other_cohort(room, room.trainer)
    own = make_enrollment(cohort, person=room.trainer)
    db.session.scalars(select(Placement).filter_by(enrollment_id=gone.id)).one().ended_at = cohort.created_at
    db.session.commit()
    assert "Bertil Oakes</strong>" not in as_trainer.get(f"{address}?q=Bertil").text
    for enrollment in (own, gone):
        assert as_trainer.post_form(address, {"enrollment_id": enrollment.id}).status_code == 404
    assert seats() == []


@pytest.mark.parametrize("state", ["signed off", "to come"])
def test_a_closed_register_takes_nobody(as_trainer, room, address, state, time):
    if state == "signed off":
        make_signed_off(room.session, room.trainer)
    else:
        time.set("12:00", date(2026, 10, 19))
    assert "Somebody new" not in as_trainer.get(address).text
    response = as_trainer.post_form(address, {"chosen_name": NAME})
    assert response.status_code == 409
    assert enrollment_named(NAME) is None


def test_strangers_and_others_are_refused(client, room, address):
    assert client.get(address).location.startswith("/sign-in")
    for roles, status in ((["trainee"], 403), (["auditor"], 403), (["trainer"], 404)):
        person = make_person("Nuno Farrow", roles=roles, cohort_id=make_cohort().id)
        client.sign_in(person.id)
        assert client.get(address).status_code == status
        assert client.post_form(address, {"chosen_name": NAME}).status_code == status
    assert enrollment_named(NAME) is None
    assert client.get(f"/sessions/{uuid.uuid4()}/walk-ins").status_code == 404


def test_the_page_costs_the_same_for_many_applicants(as_trainer, room, address):
    counts = []
    for more in (1, 20):
        for n in range(more):
            make_enrollment(room.cohort, f"Applicant {more}-{n}", status="applied")
        with statements() as sent:
            assert as_trainer.get(f"{address}?q=applicant").status_code == 200
        counts.append(len(sent))
    # sign-in and roles, the session with its cohort, applicants, guests
    assert counts[0] == counts[1] <= 6


def test_it_is_in_the_audit_trail(as_trainer, address):
    as_trainer.post_form(address, {"chosen_name": NAME})
    assert db.session.scalars(select(AuditEvent.action)).all() == ["note_walk_in"]
