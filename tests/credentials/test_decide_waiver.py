"""Somebody else decides: another person than the proposer and the trainee, and an administrator."""

import uuid

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from advocates.audit.models import AuditEvent
from advocates.credentials.eligibility import assess_many
from advocates.credentials.models import Waiver, WaiverState
from advocates.credentials.rules import WaiverReason
from advocates.credentials.waiving import propose_waiver
from advocates.database import db
from tests.factories.cohorts import make_enrollment
from tests.factories.graduation import make_short_cohort
from tests.factories.people import make_person


@pytest.fixture
def cohort(app):
    return make_short_cohort()


@pytest.fixture
def trainer(cohort):
    return make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id)


@pytest.fixture
def waiver(cohort, trainer):
    return propose(trainer, make_enrollment(cohort, "Noor Vale"))


def propose(proposer, enrollment):
    waiver = propose_waiver(proposer.id, enrollment.id, "pre_test", WaiverReason.LATE_ENROLLMENT)
    db.session.commit()
    return waiver


def decide(client, waiver, decision="approve", **more):
    return client.post_form(f"/waivers/{waiver.id}/decide", {"decision": decision, **more})


def stored(waiver):
    return db.session.get(Waiver, waiver.id)


def is_open(waiver):
    return "pre_test" in {gate.key for gate in assess_many([waiver.enrollment_id])[waiver.enrollment_id].open_gates}


def test_an_approved_waiver_stands_in_for_the_gate(as_administrator, administrator, waiver, cohort):
    assert is_open(waiver)
    assert decide(as_administrator, waiver).location == f"/cohorts/{cohort.id}/graduation"
    assert (stored(waiver).state, stored(waiver).approved_by) == (WaiverState.APPROVED, administrator.id)
    assert not is_open(waiver)
    assert db.session.scalars(select(AuditEvent).filter_by(action="approve_waiver")).one().actor_id == administrator.id


def test_a_refused_waiver_changes_nothing_about_the_gate(as_administrator, waiver):
    decide(as_administrator, waiver, "refuse")
    assert (stored(waiver).state, stored(waiver).approved_by) == (WaiverState.REFUSED, None)
    assert is_open(waiver)


def test_the_same_form_twice_decides_once(as_administrator, waiver):
    key = str(uuid.uuid4())
    first, second = (decide(as_administrator, waiver, request_key=key) for _ in range(2))
    assert first.location == second.location
    assert len(db.session.scalars(select(AuditEvent).filter_by(action="approve_waiver")).all()) == 1


def test_a_decision_stands(as_administrator, waiver):
    decide(as_administrator, waiver, "refuse")
    response = decide(as_administrator, waiver)
    assert response.status_code == 409
    assert "This waiver was decided in the meantime." in response.text
    assert stored(waiver).state is WaiverState.REFUSED


def test_the_proposer_never_decides(as_administrator, administrator, cohort):
    waiver = propose(administrator, make_enrollment(cohort))
    response = decide(as_administrator, waiver)
    assert response.status_code == 409
    assert "You proposed this waiver, so somebody else must decide." in response.text
    assert stored(waiver).state is WaiverState.PROPOSED


def test_the_database_itself_asks_for_two_people(waiver, trainer):
    waiver.state, waiver.approved_by = WaiverState.APPROVED, trainer.id
    with pytest.raises(IntegrityError):
        db.session.commit()
    db.session.rollback()
    waiver.state, waiver.approved_by = WaiverState.APPROVED, None
    with pytest.raises(IntegrityError):
        db.session.commit()


def test_nobody_decides_for_themself(client, trainer, cohort):
    me = make_person("Ivo Both", roles=["administrator", "trainee"])
    waiver = propose(trainer, make_enrollment(cohort, "Ivo Both", person=me))
    response = decide(client.sign_in(me.id), waiver)
    assert response.status_code == 409
    assert stored(waiver).state is WaiverState.PROPOSED


@pytest.mark.parametrize("decision", ["", "perhaps"])
def test_a_decision_is_one_of_two(as_administrator, waiver, decision):
    assert decide(as_administrator, waiver, decision).status_code == 422
    assert stored(waiver).state is WaiverState.PROPOSED


def test_only_administrators_decide(client, waiver, cohort):
    assert decide(client, waiver).location.startswith("/sign-in")
    for role in ("trainer", "trainee", "auditor"):
        client.sign_in(make_person(f"Some {role}", roles=[role], cohort_id=cohort.id).id)
        assert decide(client, waiver).status_code == 403
    assert stored(waiver).state is WaiverState.PROPOSED


def test_a_missing_waiver_is_404_and_reading_the_address_is_not_allowed(as_administrator, waiver):
    assert as_administrator.post_form(f"/waivers/{uuid.uuid4()}/decide", {"decision": "approve"}).status_code == 404
    assert as_administrator.get(f"/waivers/{waiver.id}/decide").status_code == 405
