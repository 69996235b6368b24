"""Ask that a gate be set aside: never minutes, never for oneself, never what is met."""

import uuid

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from advocates import clock
from advocates.audit.models import AuditEvent
from advocates.credentials.models import Waiver, WaiverState
from advocates.database import db
from tests.factories.cohorts import make_cohort, make_enrollment
from tests.factories.graduation import SKILLS, make_ready, make_short_cohort, take_test
from tests.factories.people import make_person

GOOD = {"requirement": "pre_test", "reason": "late_enrollment"}


@pytest.fixture
def cohort(app):
    return make_short_cohort()


@pytest.fixture
def enrollment(cohort):
    return make_enrollment(cohort, "Noor Vale")


@pytest.fixture
def as_trainer(app, cohort):
    trainer = make_person("Rosa Ebel", roles=["trainer"], cohort_id=cohort.id)
    return app.test_client().sign_in(trainer.id)


def address(enrollment):
    return f"/enrollments/{enrollment.id}/waivers"


def waivers():
    return db.session.scalars(select(Waiver).order_by(Waiver.id)).all()


def test_the_page_offers_the_open_gates_only(as_trainer, enrollment):
    take_test(enrollment, 44)
    text = as_trainer.get(address(enrollment)).text
    assert 'value="pre_test"' in text
    assert f'value="skill:{SKILLS[0]}"' in text
    assert "Agreement: code of ethics" in text
    for other in ("post_test", "contact_minutes", "module:", "certificate_name"):
        assert f'value="{other}' not in text


def test_with_nothing_open_the_page_says_so(as_trainer, cohort):
    text = as_trainer.get(address(make_ready(cohort))).text
    assert "There is nothing to waive" in text
    assert "<select" not in text


def test_a_trainer_proposes_and_it_waits_for_somebody_else(as_trainer, enrollment, cohort):
    response = as_trainer.post_form(address(enrollment), GOOD)
    assert response.location == f"/cohorts/{cohort.id}/graduation"
    (waiver,) = waivers()
    assert (waiver.requirement, waiver.reason_code, waiver.state) == (
        "pre_test",
        "late_enrollment",
        WaiverState.PROPOSED,
    )
    assert waiver.approved_by is None
    event = db.session.scalars(select(AuditEvent).filter_by(action="propose_waiver")).one()
    assert str(waiver.id) in event.payload


def test_the_same_form_twice_proposes_once(as_trainer, enrollment):
    form = {**GOOD, "request_key": str(uuid.uuid4())}
    first, second = (as_trainer.post_form(address(enrollment), form) for _ in range(2))
    assert first.location == second.location
    assert len(waivers()) == 1


@pytest.mark.parametrize(
    ("requirement", "sentence"),
    [
        ("contact_minutes", "Contact minutes and the certificate name can never be waived."),
        ("module:018f", "Contact minutes and the certificate name can never be waived."),
        ("electives", "Contact minutes and the certificate name can never be waived."),
        ("delivery_minimum:in_person", "Contact minutes and the certificate name can never be waived."),
        ("enrollment", "Contact minutes and the certificate name can never be waived."),
        ("certificate_name", "Contact minutes and the certificate name can never be waived."),
        ("post_test", "This requirement is met already"),
        ("skill:Juggles", "This requirement is met already, or is none of this person"),
        ("nonsense", "Contact minutes and the certificate name can never be waived."),
        ("", "Choose a requirement."),
    ],
)
def test_what_cannot_be_waived_is_refused(as_trainer, enrollment, requirement, sentence):
    take_test(enrollment, 44)
    response = as_trainer.post_form(address(enrollment), {**GOOD, "requirement": requirement})
    assert response.status_code == 422
    assert sentence in response.text
    assert '<option selected value="late_enrollment">' in response.text
    assert not waivers()


def test_an_unknown_reason_is_refused_and_the_requirement_kept(as_trainer, enrollment):
    response = as_trainer.post_form(address(enrollment), {**GOOD, "reason": "felt like it"})
    assert response.status_code == 422
    assert '<option selected value="pre_test">' in response.text
    assert not waivers()


@pytest.mark.parametrize(("state", "status"), [("proposed", 422), ("approved", 422), ("refused", 303)])
def test_one_waiver_of_a_gate_stands_at_a_time(as_trainer, administrator, enrollment, state, status):
    as_trainer.post_form(address(enrollment), GOOD)
    waiver = waivers()[0]
    waiver.state, waiver.approved_by = WaiverState(state), administrator.id if state == "approved" else None
    db.session.commit()
    assert as_trainer.post_form(address(enrollment), GOOD).status_code == status


def test_nobody_proposes_for_themself(client, cohort):
    me = make_person("Ivo Both", roles=["administrator", "trainee"])
    enrollment = make_enrollment(cohort, "Ivo Both", person=me)
    client.sign_in(me.id)
    assert "Nobody waives anything for themself" in client.get(address(enrollment)).text
    assert client.post_form(address(enrollment), GOOD).status_code == 422
    assert not waivers()


@pytest.mark.parametrize("requirement", ["contact_minutes", "module:x", "electives", "delivery_minimum:in_person"])
def test_the_database_itself_never_waives_minutes(enrollment, administrator, requirement):
    db.session.add(
        Waiver(
            enrollment_id=enrollment.id,
            requirement=requirement,
            reason_code="not_offered",
            proposed_by=administrator.id,
            proposed_at=clock.now(),
        )
    )
    with pytest.raises(IntegrityError):
        db.session.commit()


def test_strangers_trainees_auditors_and_other_cohorts_are_refused(client, enrollment, cohort):
    assert client.post_form(address(enrollment), GOOD).location.startswith("/sign-in")
    for role, code in (("trainee", 403), ("auditor", 403), ("trainer", 404)):
        where = make_cohort() if role == "trainer" else cohort
        client.sign_in(make_person(f"Some {role}", roles=[role], cohort_id=where.id).id)
        assert client.get(address(enrollment)).status_code == code
        assert client.post_form(address(enrollment), GOOD).status_code == code
    assert db.session.scalar(select(func.count()).select_from(Waiver)) == 0


def test_a_missing_enrollment_is_404(as_administrator):
    assert as_administrator.get(f"/enrollments/{uuid.uuid4()}/waivers").status_code == 404
