"""Every change of a status leaves a row that nobody can change: who, when, why."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from advocates.audit.checking import check_chain
from advocates.cohorts.history import status_history
from advocates.cohorts.models import Enrollment
from advocates.database import db, reading
from tests.factories.cohorts import make_cohort
from tests.factories.people import make_person


@pytest.fixture
def enrollment_id(as_administrator):
    """Enrolled, withdrawn and enrolled again through the screens."""
    cohort_id = make_cohort().id
    person = {"chosen_name": "Wen Harlow", "email": "wen@example.org"}
    as_administrator.post_form(f"/cohorts/{cohort_id}/enroll", person)
    enrollment_id = db.session.scalars(select(Enrollment.id)).one()
    as_administrator.post_form(f"/enrollments/{enrollment_id}/withdraw", {"reason": "agency_wish"})
    as_administrator.post_form(f"/cohorts/{cohort_id}/enroll", person)
    return enrollment_id


def test_each_step_is_told_in_order(enrollment_id):
    steps = [(s.from_status, s.to_status, s.reason_code, s.changed_by) for s in status_history(enrollment_id)]
    assert steps == [
        (None, "enrolled", None, "Ada Quill"),
        ("enrolled", "withdrawn", "agency_wish", "Ada Quill"),
        ("withdrawn", "enrolled", None, "Ada Quill"),
    ]
    with reading():
        assert check_chain()[1] is None


def test_staff_read_who_and_why_and_the_trainee_reads_when(client, as_administrator, enrollment_id):
    page = as_administrator.get(f"/enrollments/{enrollment_id}").text.partition("Changes of the enrollment")[2]
    for said in ("Enrolled", "Withdrawn", "At their agency", "Ada Quill"):
        assert said in page
    person_id = db.session.get_one(Enrollment, enrollment_id).person_id
    own = client.sign_in(person_id).get(f"/enrollments/{enrollment_id}").text.partition("Changes of the enrollment")[2]
    assert "Withdrawn" in own
    assert "Ada Quill" not in own


@pytest.mark.parametrize(
    "statement",
    ["UPDATE enrollment_status_change SET to_status = 'completed'", "DELETE FROM enrollment_status_change"],
)
def test_no_change_can_be_changed_or_taken_away(enrollment_id, statement):
    db.session.remove()
    with pytest.raises(DBAPIError), db.engine.begin() as connection:
        connection.execute(text(statement))


def test_a_row_that_was_tampered_with_is_found(enrollment_id):
    db.session.remove()
    with db.engine.begin() as connection:
        on_table = "" if db.engine.dialect.name == "sqlite" else " ON enrollment_status_change"
        connection.execute(text(f"DROP TRIGGER enrollment_status_change_no_update{on_table}"))
        connection.execute(
            text("UPDATE enrollment_status_change SET reason_code = 'mistake' WHERE reason_code IS NOT NULL")
        )
    with reading():
        finding = check_chain()[1]
    assert finding is not None
    assert finding.table == "enrollment_status_change"


def test_an_enrollment_from_before_shows_no_empty_table(as_administrator):
    from tests.factories.cohorts import make_enrollment

    enrollment = make_enrollment(make_cohort(), person=make_person("Wen Harlow", roles=["trainee"]))
    assert "Changes of the enrollment" not in as_administrator.get(f"/enrollments/{enrollment.id}").text
