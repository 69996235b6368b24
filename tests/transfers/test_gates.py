"""Tests, skills and agreements after a transfer: those mapped stand, the others are done again."""

import uuid
from datetime import date

import pytest
from sqlalchemy import select

from advocates.access import Actor, Role
from advocates.assessments.agreement_queries import own_agreements
from advocates.assessments.models import AssessmentAttempt
from advocates.assessments.queries import assessment_facts
from advocates.assessments.rules import VoidReason
from advocates.assessments.voiding import void_attempt
from advocates.attendance.making_up import approve_make_up
from advocates.cohorts.models import Enrollment
from advocates.credentials.eligibility import assess_many
from advocates.database import db
from advocates.equivalence.models import Transfer
from advocates.hours.queries import enrollment_balance
from advocates.transfers.queries import load_plan
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.graduation import open_gates
from tests.factories.make_ups import make_proposal, make_version_with_activities
from tests.factories.people import make_person
from tests.factories.transfers import make_map, make_next_version, move


def opened_from(enrollment):
    transfer = db.session.scalars(select(Transfer).filter_by(from_enrollment_id=enrollment.id)).one()
    return db.session.get_one(Enrollment, transfer.to_enrollment_id)


def open_keys(enrollment):
    return {gate.key for gate in assess_many([enrollment.id])[enrollment.id].open_gates}


@pytest.fixture
def moved(crossing, administrator):
    open_gates(crossing.trainee)
    move(administrator, [crossing.trainee], crossing.cohort)
    return opened_from(crossing.trainee)


def test_the_preview_names_what_is_done_again(crossing, administrator):
    open_gates(crossing.trainee)
    (person,) = load_plan(administrator.id, [crossing.trainee.id], crossing.cohort).people
    assert [gate.kind for gate in person.prospect.again] == ["post_test"]


def test_all_but_the_post_test_stands_by_the_evidence_itself(crossing, moved):
    assert open_keys(moved) == {"post_test"}
    left, here = (assessment_facts([each])[each] for each in (crossing.trainee.id, moved.id))
    assert here.signed_skills == left.signed_skills
    assert here.pre_test_taken == left.pre_test_taken
    assert here.post_test_attempts == ()


def test_nobody_signs_an_agreement_again_that_stands(moved):
    assert all(agreement.signed for agreement in own_agreements(moved.person_id))


def test_a_score_taken_back_stands_nowhere(crossing, moved, administrator):
    attempt = db.session.scalars(select(AssessmentAttempt).filter_by(kind="pre_test")).one()
    actor = Actor(administrator.id, "Ada Quill", uuid.uuid4(), frozenset({Role.ADMINISTRATOR}))
    void_attempt(actor, attempt.id, VoidReason.TYPING_ERROR)
    db.session.commit()
    assert open_keys(moved) == {"pre_test", "post_test"}


def test_a_make_up_approved_after_the_transfer_comes_along(app, time, administrator):
    version = make_version_with_activities()
    trainee = make_enrollment(make_cohort(version))
    following = make_next_version(version, (60, 120))
    make_map(version, following)
    trainer = make_person("Iva Marsh", roles=["trainer"])
    make_up = make_proposal(trainee, trainer, minutes=(30, 80))
    move(administrator, [trainee], make_cohort(following))
    approve_make_up(administrator.id, make_up.id)
    db.session.commit()
    opened = opened_from(trainee)
    assert enrollment_balance(opened.id).credited_minutes == 30
    assert assess_many([opened.id])[opened.id].completed_on == date(2026, 10, 20)
