"""What stands recorded, in as many statements for thirty people as for one."""

from datetime import date

import pytest

from advocates import clock
from advocates.assessments.models import AgreementSignature, AgreementText, AssessmentAttempt, SkillSignOff
from advocates.assessments.queries import assessment_facts
from advocates.assessments.rules import AssessmentFacts, AssessmentKind
from advocates.database import db, new_id
from tests.budgets import statements
from tests.factories.cohorts import make_cohort, make_enrollment


def _record_something(enrollment, trainer, text):
    now, day = clock.now(), date(2026, 12, 5)
    stamp = {"recorded_by": trainer.id, "recorded_at": now}
    common = {"enrollment_id": enrollment.id, "questions": 50, "taken_on": day, **stamp}
    seen = {"enrollment_id": enrollment.id, "signed_by": trainer.id, "signed_at": now, "observed_on": day}
    voided = {"voided_at": now, "voided_by": trainer.id, "void_reason_code": "typing_error"}
    db.session.add_all(
        [
            AssessmentAttempt(kind=AssessmentKind.PRE_TEST, number=1, score=12, **common),
            AssessmentAttempt(kind=AssessmentKind.POST_TEST, number=1, score=50, **common, **voided),
            AssessmentAttempt(kind=AssessmentKind.POST_TEST, number=2, score=44, **common),
            AssessmentAttempt(kind=AssessmentKind.POST_TEST, number=1, score=30, **common),
            SkillSignOff(skill="Listens", **seen),
            SkillSignOff(skill="Ends", **seen, **voided),
            AgreementSignature(
                enrollment_id=enrollment.id,
                agreement_text_id=text.id,
                text_sha256=text.sha256,
                typed_name="Wen Harlow",
                way="screen",
                signed_on=day,
                **stamp,
            ),
        ]
    )
    db.session.commit()


@pytest.fixture
def text(app):
    row = AgreementText(
        id=new_id(), key="confidentiality", version=2, title="C", body="B", sha256="0" * 64, published_at=clock.now()
    )
    db.session.add(row)
    db.session.commit()
    return row


def test_voided_rows_are_not_facts(administrator, text):
    enrollment = make_enrollment(make_cohort())
    _record_something(enrollment, administrator, text)
    facts = assessment_facts([enrollment.id])[enrollment.id]
    assert facts.pre_test_taken.score == 12
    assert [(attempt.number, attempt.score) for attempt in facts.post_test_attempts] == [(1, 30), (2, 44)]
    assert [skill.skill for skill in facts.signed_skills] == ["Listens"]
    assert [(a.key, a.version, a.signed_on) for a in facts.signed_agreements] == [
        ("confidentiality", 2, date(2026, 12, 5))
    ]


def test_a_person_without_records_has_empty_facts(app):
    enrollment = make_enrollment(make_cohort())
    assert assessment_facts([enrollment.id]) == {enrollment.id: AssessmentFacts(enrollment.id)}
    assert assessment_facts([]) == {}


@pytest.mark.parametrize("people", [1, 3, 30])
def test_facts_take_four_statements_however_many_people(people, administrator, text):
    cohort = make_cohort()
    ids = []
    for _ in range(people):
        enrollment = make_enrollment(cohort)
        _record_something(enrollment, administrator, text)
        ids.append(enrollment.id)
    with statements() as sent:
        assert len(assessment_facts(ids)) == people
    assert len(sent) == 4  # transfers, attempts, sign-offs, signatures with their texts
