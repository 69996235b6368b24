"""The list of make-ups: those that wait first, within the actor's cohorts."""

import pytest

from advocates.attendance.making_up import refuse_make_up, reverse_make_up
from advocates.attendance.rules.make_ups import DecisionReason
from advocates.database import db
from tests.budgets import statements
from tests.factories.attendance import make_signed_off
from tests.factories.cohorts import make_cohort
from tests.factories.make_ups import EVIDENCE, make_approved, make_proposal, make_version_with_activities
from tests.factories.people import make_person
from tests.room import make_room


@pytest.fixture
def room(app, time):
    room = make_room(3, make_version_with_activities())
    make_signed_off(room.session, room.trainer, absent=room.trainees)
    return room


@pytest.fixture
def approver(room):
    return make_person("Imara Osei", roles=["trainer"], cohort_id=room.cohort.id)


@pytest.fixture
def as_approver(app, approver):
    return app.test_client().sign_in(approver.id)


def test_what_waits_stands_first_with_everything_a_decision_needs(as_approver, room, approver):
    make_approved(room.trainees[1], room.trainer, approver, module=1, minutes=(0, 30))
    make_proposal(room.trainees[0], room.trainer, minutes=(20, 65))
    page = as_approver.get("/make-ups").text
    waiting, _, decided = page.partition("Decided")
    for text in (
        "Łucja Wiśniewska",
        "minutes 20–65",
        "0 h 45 min",
        "Bertil Oakes",
        EVIDENCE.partition("'")[0],
        "Approve",
    ):
        assert text in waiting
    assert "Nguyễn Thị Hạnh" not in waiting
    assert "Nguyễn Thị Hạnh" in decided
    assert "0 h 30 min of 0 h 30 min credited" in decided


def test_the_proposer_reads_but_does_not_decide(as_trainer, room):
    make_proposal(room.trainees[0], room.trainer)
    page = as_trainer.get("/make-ups").text
    assert "Another person decides on this one." in page
    assert 'value="approve"' not in page


def test_refusals_and_reversals_say_why_and_by_whom(as_approver, room, approver):
    refused = make_proposal(room.trainees[0], room.trainer)
    refuse_make_up(approver.id, refused.id, DecisionReason.EVIDENCE_INSUFFICIENT)
    approved = make_approved(room.trainees[1], room.trainer, approver)
    reverse_make_up(room.trainer.id, approved.id, DecisionReason.NOT_HELD)
    db.session.commit()
    page = as_approver.get("/make-ups").text
    assert "The evidence does not show that this part was covered" in page
    assert "It did not take place" in page
    assert "Reversed by Bertil Oakes, Oct 20, 2026" in page


def test_other_cohorts_make_ups_are_not_shown_to_a_trainer(app, room, as_administrator):
    make_proposal(room.trainees[0], room.trainer)
    elsewhere = make_person("Odile Brandt", roles=["trainer"], cohort_id=make_cohort().id)
    page = app.test_client().sign_in(elsewhere.id).get("/make-ups").text
    assert "Łucja" not in page
    assert "No make-up waits for a decision" in page
    assert "Go to the cohorts" in page
    assert "Łucja" in as_administrator.get("/make-ups").text


def test_older_decisions_are_on_further_pages(as_approver, room, approver, monkeypatch):
    monkeypatch.setattr("advocates.attendance.queries.make_ups.PER_PAGE", 1)
    make_approved(room.trainees[0], room.trainer, approver)
    make_approved(room.trainees[1], room.trainer, approver)
    assert "Older ones" in as_approver.get("/make-ups").text
    last = as_approver.get("/make-ups?page=2").text
    assert "Older ones" not in last
    assert "Later ones" in last
    for page in ("0", "-3", "x", "9" * 30):
        assert as_approver.get(f"/make-ups?page={page}").status_code == 200


def test_strangers_and_other_roles_are_refused(client, room):
    assert client.get("/make-ups").location.startswith("/sign-in")
    for role in ("trainee", "auditor"):
        client.sign_in(make_person("Nuno Farrow", roles=[role], cohort_id=room.cohort.id).id)
        assert client.get("/make-ups").status_code == 403


def test_the_page_costs_the_same_for_many(as_approver, room, approver):
    counts = []
    for count in (1, 3, 30):
        for n in range(count):
            what = {"module": 0, "minutes": (len(counts) * 30 + n, len(counts) * 30 + n + 1)}
            make_proposal(room.trainees[0], room.trainer, **what)
            make_approved(room.trainees[1], room.trainer, approver, **what)
        with statements() as sent:
            assert as_approver.get("/make-ups").status_code == 200
        counts.append(len(sent))
    # sign-in 2, those that wait, those decided, what is credited of them
    assert counts[0] == counts[1] == counts[2] <= 5
