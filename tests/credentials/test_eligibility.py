"""What stands recorded becomes a verdict, in seven statements for any number of people."""

import uuid
from datetime import date

import pytest

from advocates import clock
from advocates.attendance.crediting import recredit
from advocates.attendance.models import MakeUp, MakeUpRoute, MakeUpState
from advocates.audit.recording import record
from advocates.cohorts.models import Enrollment
from advocates.cohorts.rules import EnrollmentStatus
from advocates.credentials.eligibility import assess_many, last_days
from advocates.credentials.models import Waiver, WaiverState
from advocates.credentials.queries import enrollments_with_credential
from advocates.credentials.rules import RequirementKind
from advocates.database import db
from advocates.hours.rules import Slice
from advocates.people.models import PersonProfile
from tests.budgets import statements
from tests.factories.cohorts import make_enrollment
from tests.factories.graduation import (
    SKILLS,
    TAUGHT_ON,
    TESTED_ON,
    confirm_name,
    make_credential,
    make_ready,
    make_short_cohort,
    open_gates,
    sign_skills,
    take_test,
    teach,
)
from tests.factories.people import make_person


def verdict_on(enrollment):
    db.session.expire_all()
    return assess_many([enrollment.id])[enrollment.id]


def shortfall(enrollment, kind):
    return next(r for r in verdict_on(enrollment).shortfalls if r.kind is RequirementKind(kind))


def kinds(enrollment):
    return [str(requirement.kind) for requirement in verdict_on(enrollment).shortfalls]


@pytest.fixture
def cohort(app):
    return make_short_cohort()


def test_hours_and_every_gate_make_a_person_ready(cohort):
    verdict = verdict_on(make_ready(cohort))
    assert verdict.is_ready
    assert verdict.facts.balance.credited_minutes == 105
    assert all(r.evidence for r in verdict.requirements if r.kind is not RequirementKind.CONTACT_MINUTES)


def test_without_any_record_everything_falls_short(cohort):
    enrollment = make_enrollment(cohort)
    assert kinds(enrollment) == [
        "contact_minutes",
        "module",
        "module",
        "pre_test",
        "post_test",
        *["skill"] * 6,
        *["agreement"] * 2,
        "certificate_name",
    ]
    assert verdict_on(enrollment).completed_on is None


def test_leaving_early_costs_exactly_the_last_slice(cohort):
    enrollment = make_enrollment(cohort)
    open_gates(enrollment)
    teach(cohort, [enrollment], leaves_early=35)
    assert kinds(enrollment) == ["contact_minutes", "module"]
    missing = shortfall(enrollment, "module")
    assert (missing.needed, missing.credited, missing.missing) == (45, 10, (Slice(10, 45),))


def test_the_best_score_stands_against_the_right_answers_the_mark_asks_for(cohort):
    enrollment = make_enrollment(cohort)
    take_test(enrollment, 31)
    take_test(enrollment, 29, number=2)
    post_test = shortfall(enrollment, "post_test")
    assert (post_test.needed, post_test.credited, post_test.out_of, post_test.attempts_left) == (35, 31, 50, 1)


def test_the_attempt_that_passed_is_the_evidence(cohort):
    enrollment = make_enrollment(cohort)
    take_test(enrollment, 31)
    passed = take_test(enrollment, 35, number=2)
    post_test = next(r for r in verdict_on(enrollment).requirements if r.kind is RequirementKind.POST_TEST)
    assert post_test.is_met
    assert post_test.evidence == (passed.id,)


def test_a_confirmed_name_counts_only_while_the_name_is_the_same(cohort):
    enrollment = make_ready(cohort)
    assert verdict_on(enrollment).is_ready
    db.session.get_one(PersonProfile, enrollment.person_id).certificate_name = "Wen Q. Harlow"
    db.session.commit()
    assert kinds(enrollment) == ["certificate_name"]
    latest = confirm_name(enrollment, "Wen Q. Harlow")
    assert verdict_on(enrollment).requirements[-1].evidence == (latest.id,)


def test_a_withdrawn_person_is_never_ready(cohort):
    enrollment = make_ready(cohort)
    db.session.get_one(Enrollment, enrollment.id).status = EnrollmentStatus.WITHDRAWN
    db.session.commit()
    assert kinds(enrollment) == ["enrollment"]


@pytest.mark.parametrize(("state", "is_ready"), [("proposed", False), ("approved", True), ("refused", False)])
def test_only_an_approved_waiver_stands_in_for_a_gate(cohort, administrator, state, is_ready):
    enrollment = make_enrollment(cohort)
    teach(cohort, [enrollment])
    open_gates(enrollment)
    other = make_enrollment(cohort, "Noor Vale")
    teach(cohort, [other])
    take_test(other, 40)
    take_test(other, 3, kind="pre_test")
    sign_skills(other, SKILLS[1:])
    confirm_name(other, "Noor Vale")
    waiver = Waiver(
        enrollment_id=other.id,
        requirement=f"skill:{SKILLS[0]}",
        reason_code="shown_elsewhere",
        proposed_by=make_person("Rosa Ebel").id,
        proposed_at=clock.now(),
        approved_by=administrator.id if state == "approved" else None,
        state=WaiverState(state),
    )
    db.session.add(waiver)
    db.session.commit()
    skills = [key for key in kinds(other) if key == "skill"]
    assert skills == ([] if is_ready else ["skill"])
    assert verdict_on(enrollment).is_ready


def test_completion_is_the_local_day_of_the_last_evidence_not_of_its_entry(cohort):
    enrollment = make_enrollment(cohort)
    open_gates(enrollment)
    teach(cohort, [enrollment], day=date(2026, 12, 8), starts="22:00")  # already the ninth in UTC
    verdict = verdict_on(enrollment)
    assert verdict.completed_on == date(2026, 12, 8)
    assert set(last_days(verdict).values()) == {date(2026, 12, 8)}


def test_a_test_after_the_last_session_moves_the_day_and_a_name_does_not(cohort):
    enrollment = make_ready(cohort)
    confirm_name(enrollment)
    assert TAUGHT_ON < TESTED_ON
    assert verdict_on(enrollment).completed_on == TESTED_ON


def test_a_make_up_is_shown_on_the_day_it_was_done(cohort, administrator):
    enrollment = make_enrollment(cohort)
    open_gates(enrollment)
    teach(cohort, [enrollment], leaves_early=35)
    missing = shortfall(enrollment, "module")
    proposer = make_person("Rosa Ebel")
    db.session.add(
        MakeUp(
            enrollment_id=enrollment.id,
            module_id=uuid.UUID(missing.subject),
            from_minute=10,
            to_minute=45,
            route=MakeUpRoute.EQUIVALENT_ACTIVITY,
            done_on=date(2026, 12, 14),
            evidence="One-to-one",
            proposed_by=proposer.id,
            proposed_at=clock.now(),
            approved_by=administrator.id,
            decided_at=clock.now(),
            state=MakeUpState.APPROVED,
        )
    )
    entries = recredit(administrator.id, [enrollment.id], "make_up_approved")
    record(administrator.id, "approve_make_up", rows=entries)
    db.session.commit()
    verdict = verdict_on(enrollment)
    assert verdict.is_ready
    assert verdict.completed_on == date(2026, 12, 14)
    assert last_days(verdict)[uuid.UUID(missing.subject)] == date(2026, 12, 14)
    assert TAUGHT_ON in last_days(verdict).values()


def test_unknown_enrollments_are_left_out_and_none_asks_nothing(app):
    assert assess_many([uuid.uuid4()]) == {}
    with statements() as sent:
        assert assess_many([]) == {}
    assert not sent


@pytest.mark.parametrize("people", [1, 3, 30])
def test_any_number_of_people_takes_seven_statements(cohort, people):
    enrollments = [make_enrollment(cohort, f"Trainee {number}") for number in range(people)]
    teach(cohort, enrollments)
    for enrollment in enrollments:
        open_gates(enrollment)
    db.session.expire_all()
    ids = [enrollment.id for enrollment in enrollments]
    with statements() as sent:
        verdicts = assess_many(ids)
    assert all(verdict.is_ready for verdict in verdicts.values())
    # enrollments with names, versions, transfers, attempts, sign-offs, signatures, ledger, waivers
    assert len(sent) == 7


def test_an_ended_credential_leaves_room_for_another(cohort, administrator):
    held, ended, none = (make_enrollment(cohort, name) for name in ("A", "B", "C"))
    make_credential(held, administrator)
    make_credential(ended, administrator, "LCS-2026-0002", "revoked")
    assert enrollments_with_credential([held.id, ended.id, none.id]) == {held.id}
