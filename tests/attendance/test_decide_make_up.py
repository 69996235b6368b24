"""Deciding on a make-up: approve, refuse, reverse."""

import uuid

import pytest
from sqlalchemy import func, select

from advocates.attendance.models import MakeUp, MakeUpState
from advocates.database import db
from advocates.hours.models import CreditEntry
from tests.budgets import statements
from tests.factories.attendance import make_signed_off
from tests.factories.cohorts import make_cohort
from tests.factories.make_ups import make_approved, make_proposal, make_version_with_activities
from tests.factories.people import make_person
from tests.room import make_room


@pytest.fixture
def room(app, time):
    room = make_room(3, make_version_with_activities())
    make_signed_off(room.session, room.trainer, absent=room.trainees[:1])
    return room


@pytest.fixture
def approver(room):
    return make_person("Imara Osei", roles=["trainer"], cohort_id=room.cohort.id)


@pytest.fixture
def as_approver(app, approver):
    return app.test_client().sign_in(approver.id)


@pytest.fixture
def make_up_id(room):
    return make_proposal(room.trainees[0], room.trainer, minutes=(20, 65)).id


def decide(client, make_up_id, decision, reason="", **more):
    return client.post_form(f"/make-ups/{make_up_id}/decide", {"decision": decision, "reason": reason, **more})


def state(make_up_id):
    return db.session.get_one(MakeUp, make_up_id, populate_existing=True).state


def minutes(room):
    query = select(func.sum(CreditEntry.minutes)).where(CreditEntry.enrollment_id == room.trainees[0].id)
    return db.session.scalar(query) or 0


def test_approving_credits_the_part(as_approver, room, make_up_id):
    response = decide(as_approver, make_up_id, "approve")
    assert (response.status_code, response.location) == (303, "/make-ups")
    assert (state(make_up_id), minutes(room)) == (MakeUpState.APPROVED, 45)


def test_refusing_credits_nothing(as_approver, room, make_up_id):
    assert decide(as_approver, make_up_id, "refuse", "not_held").status_code == 303
    assert (state(make_up_id), minutes(room)) == (MakeUpState.REFUSED, 0)
    assert db.session.get_one(MakeUp, make_up_id).reason_code == "not_held"


def test_reversing_takes_the_credit_back(as_approver, room, approver):
    make_up_id = make_approved(room.trainees[0], room.trainer, approver, minutes=(20, 65)).id
    assert decide(as_approver, make_up_id, "reverse", "entered_by_mistake").status_code == 303
    assert (state(make_up_id), minutes(room)) == (MakeUpState.REVERSED, 0)


@pytest.mark.parametrize(
    ("decision", "reason"),
    [("refuse", ""), ("refuse", "no such reason"), ("nonsense", "not_held"), ("", "")],
)
def test_a_decision_without_its_reason_changes_nothing(as_approver, room, make_up_id, decision, reason):
    response = decide(as_approver, make_up_id, decision, reason)
    assert response.status_code == 422
    assert state(make_up_id) is MakeUpState.PROPOSED
    if decision == "refuse":
        assert '<details class="decide" open>' in response.text


def test_the_proposer_cannot_approve_by_calling_the_address(as_trainer, room, make_up_id):
    response = decide(as_trainer, make_up_id, "approve")
    assert response.status_code == 409
    assert "Neither the proposer nor the trainee decides" in response.text
    assert (state(make_up_id), minutes(room)) == (MakeUpState.PROPOSED, 0)


@pytest.mark.parametrize("decision", ["approve", "refuse"])
def test_the_second_decision_is_told_how_it_stands(as_approver, as_administrator, room, make_up_id, decision):
    decide(as_approver, make_up_id, "approve")
    response = decide(as_administrator, make_up_id, decision, "not_held")
    assert response.status_code == 409
    assert "in the meantime" in response.text
    assert (state(make_up_id), minutes(room)) == (MakeUpState.APPROVED, 45)


def test_what_waits_is_not_reversed(as_approver, make_up_id):
    assert decide(as_approver, make_up_id, "reverse", "not_held").status_code == 409
    assert state(make_up_id) is MakeUpState.PROPOSED


def test_the_form_sent_twice_has_one_effect(as_approver, room, make_up_id):
    key = str(uuid.uuid4())
    assert [decide(as_approver, make_up_id, "approve", request_key=key).status_code for _ in range(2)] == [303, 303]
    assert minutes(room) == 45


def test_strangers_and_others_are_refused(client, room, make_up_id):
    assert decide(client, make_up_id, "approve").location.startswith("/sign-in")
    for roles, status in ((["trainee"], 403), (["auditor"], 403), (["trainer"], 404)):
        client.sign_in(make_person("Nuno Farrow", roles=roles, cohort_id=make_cohort().id).id)
        assert decide(client, make_up_id, "approve").status_code == status
    assert state(make_up_id) is MakeUpState.PROPOSED
    assert client.get(f"/make-ups/{make_up_id}/decide").status_code == 405
    assert decide(client, uuid.uuid4(), "approve").status_code == 404


def test_an_approval_costs_the_same_however_many_wait(as_approver, room, make_up_id):
    counts = []
    for first in (0, 66):
        for n in range(first // 6):
            make_proposal(room.trainees[0], room.trainer, module=1, minutes=(n, n + 1))
        waiting = make_proposal(room.trainees[0], room.trainer, minutes=(first, first + 5))
        with statements() as sent:
            assert decide(as_approver, waiting.id, "approve").status_code == 303
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 24
