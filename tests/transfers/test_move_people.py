"""Many go on elsewhere at once: everybody's hours before and after, all of the chosen or nobody."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from advocates import clock
from advocates.cohorts.models import Placement
from advocates.database import db
from advocates.equivalence.models import Transfer
from tests.budgets import statements
from tests.factories.admissions import make_waiting
from tests.factories.attendance import make_signed_off
from tests.factories.cohorts import make_cohort
from tests.factories.transfers import make_map, make_next_version
from tests.room import make_room
from tests.transfers.pages import chosen_of, form_of, words


def address(crossing):
    return f"/cohorts/{crossing.room.cohort.id}/move-people"


def test_everybodys_hours_are_shown_before_and_after(as_administrator, crossing):
    page = words(as_administrator.get(f"{address(crossing)}?to={crossing.cohort.id}"))
    assert page.count("2 h 50 min of 40 h") == 3
    assert page.count("2 h 25 min of 3 h") == 3


def test_only_who_is_ticked_is_moved(as_administrator, crossing):
    page = as_administrator.get(f"{address(crossing)}?to={crossing.cohort.id}")
    assert " checked" not in page.text
    assert "Move the people ticked" in page.text
    data = form_of(page, crossing.cohort)
    data["chosen"] = data["chosen"][:2]
    response = as_administrator.post_form(address(crossing), data)
    assert response.status_code == 303
    assert len(db.session.scalars(select(Transfer)).all()) == 2
    here = db.session.scalars(select(Placement).filter_by(cohort_id=crossing.room.cohort.id, ended_at=None)).all()
    assert len(here) == 1
    assert "2 people go on here." in as_administrator.get(response.location).text
    left = words(as_administrator.get(f"/cohorts/{crossing.room.cohort.id}"))
    assert left.count("– Transferred to another version, Oct 20, 2026") == 2


def test_nobody_ticked_is_refused_and_the_reason_kept(as_administrator, crossing):
    data = {"to": crossing.cohort.id, "reason": "own_wish"}
    response = as_administrator.post_form(address(crossing), data)
    assert response.status_code == 422
    assert 'id="chosen-error" role="alert">Choose whom to move.' in response.text
    assert response.text.count('aria-describedby="chosen-error"') == 3
    assert 'selected value="own_wish"' in response.text


def test_too_few_seats_move_nobody_and_keep_who_was_ticked(as_administrator, crossing):
    crossing.cohort.capacity = 1
    db.session.add(crossing.cohort)
    db.session.commit()
    page = as_administrator.get(f"{address(crossing)}?to={crossing.cohort.id}")
    data = form_of(page, crossing.cohort)
    data["chosen"] = data["chosen"][:2]
    response = as_administrator.post_form(address(crossing), data)
    assert response.status_code == 409
    assert "1 seat is missing in Spring 2027." in response.text
    assert response.text.count(" checked") == 2
    assert db.session.scalars(select(Transfer)).all() == []


def test_a_cohort_whose_version_was_changed_offers_itself(as_administrator, crossing):
    room = crossing.room
    assert f'value="{room.cohort.id}"' not in as_administrator.get(address(crossing)).text
    room.cohort.curriculum_version_id = crossing.new.id
    db.session.add(room.cohort)
    db.session.commit()
    page = as_administrator.get(f"{address(crossing)}?to={room.cohort.id}")
    assert len(chosen_of(page)) == page.text.count(" checked") == 3
    assert as_administrator.post_form(address(crossing), form_of(page, room.cohort)).status_code == 303
    assert len(db.session.scalars(select(Transfer)).all()) == 3


def test_the_seat_that_is_freed_is_offered_and_who_hands_over_the_link_is_told(as_administrator, crossing):
    room = crossing.room
    room.cohort.capacity, room.cohort.starts_on = 3, clock.today(room.cohort.time_zone) + timedelta(days=9)
    db.session.add(room.cohort)
    db.session.commit()
    make_waiting(room.cohort, "Cy Vale")
    page = as_administrator.get(f"{address(crossing)}?to={crossing.cohort.id}")
    data = form_of(page, crossing.cohort)
    response = as_administrator.post_form(address(crossing), {**data, "chosen": data["chosen"][:1]})
    assert "hand over the link on the applications page" in as_administrator.get(response.location).text


def test_an_empty_cohort_says_so(as_administrator):
    page = as_administrator.get(f"/cohorts/{make_cohort().id}/move-people").text
    assert "Nobody is in training in this cohort" in page


def test_a_trainer_is_refused(app, crossing):
    assert app.test_client().sign_in(crossing.room.trainer.id).get(address(crossing)).status_code == 403


@pytest.mark.parametrize("people", [1, 3, 30])
def test_the_preview_costs_the_same_for_thirty(as_administrator, time, people):
    room = make_room(people)
    make_signed_off(room.session, room.trainer)
    new = make_next_version(room.version, (60, 120))
    make_map(room.version, new)
    cohort = make_cohort(new)
    with statements() as sent:
        as_administrator.get(f"/cohorts/{room.cohort.id}/move-people?to={cohort.id}")
    assert len(sent) <= 36, len(sent)
