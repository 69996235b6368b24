"""One person goes on elsewhere: what it means is shown before anything is done."""

import uuid
from datetime import date

import pytest
from sqlalchemy import select

from advocates import clock
from advocates.attendance.correcting import correct_mark
from advocates.attendance.rules import CorrectionReason, Outcome, Typed
from advocates.cohorts.models import Placement
from advocates.cohorts.seats import CohortClosed
from advocates.database import db
from advocates.equivalence.models import Transfer
from advocates.transfers.moving import move_people
from advocates.transfers.rules import MoveReason
from tests.budgets import statements
from tests.factories.cohorts import make_cohort
from tests.factories.people import make_person
from tests.factories.transfers import move
from tests.transfers.pages import chosen_of, form_of, words


def address(crossing):
    return f"/enrollments/{crossing.trainee.id}/move"


def test_the_page_asks_where_to_first(as_administrator, crossing):
    page = as_administrator.get(address(crossing))
    assert "Spring 2027 – Victim Advocate Training, version 2" in page.text
    assert "Hours there" not in page.text


def test_what_a_transfer_means_is_shown_before_it_is_done(as_administrator, crossing):
    page = words(as_administrator.get(f"{address(crossing)}?to={crossing.cohort.id}"))
    assert "2 h 50 min of 40 h" in page
    assert "2 h 25 min of 3 h" in page
    assert "minutes 60–85" in page
    assert "35 min in sessions to come" in page
    assert "one enrollment is closed for good" in page
    assert db.session.scalars(select(Transfer)).all() == []


def test_what_a_move_means_is_what_the_new_schedule_still_owes(as_administrator, crossing):
    other = make_cohort(crossing.room.version)
    page = words(as_administrator.get(f"{address(crossing)}?to={other.id}"))
    assert page.count("2 h 50 min of 40 h") == 2
    assert "37 h 10 min have no session there" in page
    assert "one enrollment is closed for good" not in page


def test_sent_it_is_done_once(as_administrator, crossing):
    page = as_administrator.get(f"{address(crossing)}?to={crossing.cohort.id}")
    data = form_of(page, crossing.cohort, "new_version") | {"request_key": str(uuid.uuid4())}
    for _time in range(2):
        response = as_administrator.post_form(address(crossing), data)
        assert (response.status_code, response.location) == (303, f"/cohorts/{crossing.cohort.id}")
    (transfer,) = db.session.scalars(select(Transfer))
    assert transfer.reason_code == "new_version"
    page = as_administrator.get(f"/enrollments/{transfer.to_enrollment_id}").text
    assert "2 h 25 min" in page


def test_without_a_reason_nothing_is_done(as_administrator, crossing):
    page = as_administrator.get(f"{address(crossing)}?to={crossing.cohort.id}")
    response = as_administrator.post_form(address(crossing), form_of(page, crossing.cohort, ""))
    assert response.status_code == 422
    assert "Choose a reason." in response.text
    assert chosen_of(response)


def test_figures_that_changed_meanwhile_are_shown_again(as_administrator, crossing):
    room = crossing.room
    page = as_administrator.get(f"{address(crossing)}?to={crossing.cohort.id}")
    correct_mark(
        room.trainer.id,
        room.session.id,
        crossing.trainee.id,
        1,
        Typed(Outcome.ABSENT),
        CorrectionReason.TYPED_WRONG,
    )
    db.session.commit()
    response = as_administrator.post_form(address(crossing), form_of(page, crossing.cohort))
    assert response.status_code == 409
    assert "Something changed since this page was shown." in response.text
    assert db.session.scalars(select(Transfer)).all() == []


def test_a_full_cohort_says_so(as_administrator, crossing):
    crossing.cohort.capacity = 0
    db.session.add(crossing.cohort)
    db.session.commit()
    page = as_administrator.get(f"{address(crossing)}?to={crossing.cohort.id}")
    response = as_administrator.post_form(address(crossing), form_of(page, crossing.cohort))
    assert response.status_code == 409
    assert "1 seat is missing in Spring 2027. Nobody was moved." in response.text


def test_without_a_map_the_page_leads_to_proposing_one(as_administrator, crossing):
    other = make_cohort(title="Of another program")
    page = as_administrator.get(f"{address(crossing)}?to={other.id}").text
    assert "No approved map says what of their version counts in the other." in page
    assert f"/equivalence-maps/new?from_version_id={crossing.room.version.id}" in page
    assert "Nobody here can go on in this cohort." in page


@pytest.mark.parametrize("to", ["rubbish", "01a20900-0000-7000-8000-000000000000", ""])
def test_a_place_that_is_none_asks_again(as_administrator, crossing, to):
    assert "Hours there" not in as_administrator.get(f"{address(crossing)}?to={to}").text
    response = as_administrator.post_form(address(crossing), {"to": to, "reason": "own_wish"})
    assert response.status_code in {200, 422}
    assert db.session.scalars(select(Placement).where(Placement.ended_at.is_not(None))).all() == []


def test_a_cohort_that_has_ended_is_no_choice(as_administrator, crossing):
    make_cohort(crossing.room.version, title="Long over", ends_on=date(2026, 10, 1), starts_on=date(2026, 9, 1))
    assert "Long over" not in as_administrator.get(address(crossing)).text


def test_a_closed_cohort_takes_nobody_but_lets_people_go(as_administrator, crossing):
    page = as_administrator.get(f"{address(crossing)}?to={crossing.cohort.id}")
    data = form_of(page, crossing.cohort)
    for cohort in (crossing.cohort, crossing.room.cohort):
        cohort.closed_at = clock.now()
        db.session.add(cohort)
    db.session.commit()
    assert "Spring 2027" not in as_administrator.get(address(crossing)).text
    assert as_administrator.post_form(address(crossing), data).status_code == 200
    chosen = dict([data["chosen"][0].split(":")])
    with pytest.raises(CohortClosed):
        move_people(
            crossing.room.trainer.id,
            {crossing.trainee.id: chosen[str(crossing.trainee.id)]},
            crossing.cohort.id,
            MoveReason.OWN_WISH,
        )
    db.session.rollback()
    other = make_cohort(crossing.room.version)
    page = as_administrator.get(f"{address(crossing)}?to={other.id}")
    assert as_administrator.post_form(address(crossing), form_of(page, other)).status_code == 303


def test_a_trainer_is_refused_and_a_missing_enrollment_not_found(app, as_administrator, crossing):
    trainer = app.test_client().sign_in(crossing.room.trainer.id)
    assert trainer.get(address(crossing)).status_code == 403
    assert as_administrator.get(f"/enrollments/{uuid.uuid4()}/move").status_code == 404


def test_both_records_tell_of_the_transfer_and_what_it_left(app, as_administrator, administrator, crossing):
    move(administrator, [crossing.trainee], crossing.cohort)
    (transfer,) = db.session.scalars(select(Transfer))
    for enrollment_id in (transfer.from_enrollment_id, transfer.to_enrollment_id):
        page = words(as_administrator.get(f"/enrollments/{enrollment_id}"))
        assert "25 min do not count in the new version" in page
        assert "minutes 60–85" in page
        assert "Other dates suit better" in page
    own = app.test_client().sign_in(crossing.trainee.person_id)
    assert "You went on in another version of the training." in words(own.get("/"))


def test_nobody_of_another_cohort_reads_an_earlier_record(app, administrator, crossing):
    move(administrator, [crossing.trainee], crossing.cohort)
    (transfer,) = db.session.scalars(select(Transfer))
    stranger = app.test_client().sign_in(make_person("Iva Marsh", roles=["trainer"], cohort_id=crossing.cohort.id).id)
    assert stranger.get(f"/enrollments/{transfer.to_enrollment_id}").status_code == 200
    assert stranger.get(f"/enrollments/{transfer.from_enrollment_id}").status_code == 404


def test_the_preview_takes_a_fixed_number_of_statements(as_administrator, crossing):
    with statements() as sent:
        as_administrator.get(f"{address(crossing)}?to={crossing.cohort.id}")
    assert len(sent) <= 36, len(sent)


def test_who_was_moved_elsewhere_since_the_page_was_shown_stays_there(as_administrator, crossing):
    other, third = make_cohort(crossing.room.version), make_cohort(crossing.room.version)
    data = form_of(as_administrator.get(f"{address(crossing)}?to={other.id}"), other)
    move(make_person("Bea Quill", roles=["administrator"]), [crossing.trainee], third)
    response = as_administrator.post_form(address(crossing), data)
    assert response.status_code == 409
    assert "Something changed since this page was shown" in words(response)
