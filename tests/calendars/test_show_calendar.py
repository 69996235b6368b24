"""One's own month."""

from datetime import date

import pytest

from advocates.access import Role
from advocates.database import db
from advocates.people.granting import create_grants
from advocates.staffing.assigning import add_guest, assign_staff
from tests.budgets import statements
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.people import make_person
from tests.factories.schedule import make_session


def trainer_of(*cohorts):
    person = make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohorts[0].id)
    for cohort in cohorts[1:]:
        create_grants([person.id], Role.TRAINER, None, cohort.id)
    db.session.commit()
    return person


def test_a_trainer_sees_all_their_cohorts_and_what_collides(app):
    one, other = make_cohort(), make_cohort()
    make_session(one), make_session(other, starts="18:00"), make_session(make_cohort())
    page = app.test_client().sign_in(trainer_of(one, other).id).get("/calendar?month=2026-10").text
    assert one.title in page
    assert other.title in page
    assert page.count("at the same time as another") == 2
    assert page.count("session.ics") == 2


def test_a_session_that_names_others_is_not_in_a_trainer_s_calendar(app):
    cohort, administrator = make_cohort(), make_person("Ada Quill", roles=["administrator"])
    trainer, session = trainer_of(cohort), make_session(cohort)
    client = app.test_client().sign_in(trainer.id)
    assert client.get("/calendar?month=2026-10").text.count("session.ics") == 1
    assign_staff(administrator.id, session.id, [add_guest(administrator.id, "Basil Thorne")], is_booked_anyway=False)
    db.session.commit()
    assert client.get("/calendar?month=2026-10").text.count("session.ics") == 0


@pytest.mark.parametrize(
    ("month", "shown"), [("2026-10", 1), ("2026-11", 0), ("", 0), ("x", 0), ("9999-99", 0), ("9999-12", 0)]
)
def test_months(app, time, month, shown):
    time.set("12:00", date(2026, 9, 1))
    cohort = make_cohort()
    make_session(cohort, date(2026, 10, 31), starts="18:00")
    client = app.test_client().sign_in(make_enrollment(cohort, "Wen Harlow").person_id)
    response = client.get(f"/calendar?month={month}")
    assert response.status_code == 200
    assert response.text.count("session.ics") == shown


def test_statements_do_not_grow(app):
    cohort = make_cohort()
    client = app.test_client().sign_in(make_enrollment(cohort, "Wen Harlow").person_id)
    for number in range(1, 4):
        make_session(cohort, date(2026, 10, 20 + number))
        with statements() as sent:
            client.get("/calendar?month=2026-10")
        assert len(sent) == 4
