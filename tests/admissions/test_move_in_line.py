"""The order of the waitlist: up, down, to the front."""

import uuid

import pytest
from sqlalchemy import select

from advocates.audit.models import AuditEvent
from advocates.cohorts.models import Enrollment
from advocates.cohorts.waiting import waitlist
from advocates.database import db
from tests.factories.admissions import make_waiting
from tests.factories.cohorts import make_enrollment
from tests.factories.people import make_person


def move(client, enrollment, steps, **more):
    return client.post_form(f"/enrollments/{enrollment.id}/waitlist-place", {"steps": str(steps), **more})


@pytest.mark.parametrize(
    ("who", "steps", "after"),
    [
        (1, -1, "BACD"),
        (1, 1, "ACBD"),
        (3, -3, "DABC"),
        (3, -99, "DABC"),
        (0, 99, "BCDA"),
        (0, -1, "ABCD"),
        (2, 0, "ABCD"),
    ],
)
def test_somebody_moves_as_far_as_the_line_reaches(as_administrator, cohort, who, steps, after):
    cohort_id = cohort.id
    line = make_waiting(cohort, "Ann", "Bo", "Cy", "Di")
    response = move(as_administrator, line[who], steps)
    assert response.location == f"/cohorts/{cohort_id}/applications#waitlist"
    db.session.rollback()
    assert "".join(person.chosen_name[0] for person in waitlist(cohort_id)) == after
    assert db.session.scalars(select(AuditEvent.action)).all() == ([] if after == "ABCD" else ["move_in_line"])


def test_who_waited_before_there_was_an_order_comes_last_and_can_be_moved(as_administrator, cohort):
    cohort_id = cohort.id
    old = make_enrollment(cohort, "Old", status="waitlisted")
    make_waiting(cohort, "Ann")
    assert [person.chosen_name for person in waitlist(cohort_id)] == ["Ann", "Old"]
    move(as_administrator, old, -1)
    assert [person.chosen_name for person in waitlist(cohort_id)] == ["Old", "Ann"]


@pytest.mark.parametrize("typed", ["", "up", "9999999999"])
def test_what_is_no_number_of_places_changes_nothing(as_administrator, cohort, typed):
    (person, _) = make_waiting(cohort, "Ann", "Bo")
    assert move(as_administrator, person, typed).status_code == 422


def test_who_does_not_wait_has_no_place(as_administrator, cohort):
    enrollment = make_enrollment(cohort)
    response = move(as_administrator, enrollment, 1)
    assert response.status_code == 409
    assert "Nothing was changed." in response.text
    assert db.session.get_one(Enrollment, enrollment.id).waitlist_position is None


def test_only_administrators_move_and_a_missing_enrollment_is_404(client, as_administrator, cohort):
    (person, _) = make_waiting(cohort, "Ann", "Bo")
    assert as_administrator.post_form(f"/enrollments/{uuid.uuid4()}/waitlist-place").status_code == 404
    assert move(client, person, 1).location.startswith("/sign-in")
    client.sign_in(make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id).id)
    assert move(client, person, 1).status_code == 403


@pytest.mark.parametrize(
    ("who", "steps", "is_refused"), [(1, -1, True), (1, 1, True), (0, 1, True), (2, -2, True), (2, 1, False)]
)
def test_nobody_changes_their_own_place(as_administrator, administrator, cohort, who, steps, is_refused):
    (first,) = make_waiting(cohort, "Ann")
    own = make_enrollment(cohort, person=administrator, status="waitlisted")
    own.waitlist_position = 2
    line = [first, own, *make_waiting(cohort, "Cy", "Di")]
    response = move(as_administrator, line[who], steps)
    assert response.status_code == (409 if is_refused else 303)
    after = [person.enrollment_id for person in waitlist(cohort.id)]
    assert (after == [enrollment.id for enrollment in line]) is is_refused
