"""Signatures on paper, typed in by one colleague and witnessed by another."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from advocates import clock
from advocates.assessments.models import AgreementSignature, AgreementText
from advocates.database import db
from tests.budgets import statements
from tests.factories.cohorts import make_enrollment
from tests.factories.people import grant_role, make_person


@pytest.fixture
def witness(app):
    return make_person("Otto Lind", roles=["administrator"])


@pytest.fixture
def text(texts):
    return texts["confidentiality"]


def address(cohort, text):
    return f"/cohorts/{cohort.id}/agreements?text={text.id}"


def typed(witness, *enrollments, signed_on=None, **more):
    people = [str(enrollment.id) for enrollment in enrollments]
    return {"signed_on": str(signed_on or clock.today()), "witness": str(witness.id), "people": people, **more}


def signatures():
    return list(db.session.scalars(select(AgreementSignature)))


def test_papers_are_recorded_with_who_typed_and_who_witnessed(cohort, enrollment, trainer, witness, text, as_trainer):
    second = make_enrollment(cohort, "Łucja Nowak")
    day = clock.today() - timedelta(days=3)
    db.session.execute(update(AgreementText).values(published_at=clock.now() - timedelta(days=4)))
    db.session.commit()
    response = as_trainer.post_form(address(cohort, text), typed(witness, enrollment, second, signed_on=day))
    assert response.status_code == 303
    rows = signatures()
    assert {row.enrollment_id for row in rows} == {enrollment.id, second.id}
    for row in rows:
        assert (row.recorded_by, row.witnessed_by, row.signed_on) == (trainer.id, witness.id, day)
        assert (row.way, row.typed_name, row.text_sha256) == ("paper", None, text.sha256)
    page = as_trainer.get(response.location).text
    assert "The signatures are recorded." in page
    assert "Nobody of this cohort has yet to sign this agreement." in page


def test_a_person_signed_meanwhile_keeps_that_signature(cohort, enrollment, witness, text, as_trainer, as_trainee):
    second = make_enrollment(cohort, "Łucja Nowak")
    as_trainee.post_form(f"/agreements/{text.id}", {"typed_name": "Wen Harlow", "is_agreed": "y"})
    response = as_trainer.post_form(address(cohort, text), typed(witness, enrollment, second))
    assert response.status_code == 303
    assert {row.enrollment_id: row.way for row in signatures()} == {enrollment.id: "screen", second.id: "paper"}
    again = as_trainer.post_form(address(cohort, text), typed(witness, enrollment))
    assert again.status_code == 422
    assert "All of them have signed this agreement before." in again.text


def test_the_same_form_sent_twice_records_once(cohort, enrollment, witness, text, as_trainer):
    data = typed(witness, enrollment, request_key=str(uuid.uuid4()))
    assert [as_trainer.post_form(address(cohort, text), data).status_code for _ in range(2)] == [303, 303]
    assert len(signatures()) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"witness": ""}, "Choose who saw them sign."),
        ({"witness": "nobody"}, "Not a valid choice."),
        ({"people": []}, "Choose at least one person."),
        ({"people": ["nobody"]}, "Invalid choice(s)"),
        ({"people": [str(uuid.uuid4())]}, "no longer in training here"),
        ({"signed_on": "2999-01-01"}, "This day is still to come."),
        ({"signed_on": "yesterday"}, "Not a valid date value."),
    ],
)
def test_wrong_input_is_told_and_records_nothing(cohort, enrollment, witness, text, as_trainer, change, sentence):
    response = as_trainer.post_form(address(cohort, text), typed(witness, enrollment) | change)
    assert response.status_code == 422
    assert sentence in response.text
    assert "people" in change or "checked" in response.text
    assert signatures() == []


def test_papers_dated_before_the_text_was_in_force_are_refused(cohort, enrollment, witness, text, as_trainer):
    day = clock.today(cohort.time_zone) - timedelta(days=1)
    response = as_trainer.post_form(address(cohort, text), typed(witness, enrollment, signed_on=day))
    assert response.status_code == 422
    assert "This text is in force since" in response.text
    assert signatures() == []


def test_the_one_who_types_is_no_witness_and_neither_signs(cohort, trainer, witness, text, as_trainer, sign_in):
    other = make_enrollment(cohort, "Łucja Nowak")
    alone = as_trainer.post_form(address(cohort, text), typed(trainer, other))
    assert alone.status_code == 422
    assert "Not a valid choice." in alone.text
    grant_role(witness, "trainee")
    own = make_enrollment(cohort, person=witness)
    as_witness = as_trainer.post_form(address(cohort, text), typed(witness, own))
    assert "Nobody types in or witnesses their own signature." in as_witness.text
    assert sign_in(witness.id).post_form(address(cohort, text), typed(trainer, own)).status_code == 422
    assert signatures() == []


def test_others_are_refused(cohort, enrollment, witness, text, client, as_trainee, as_other_trainer):
    data = typed(witness, enrollment)
    assert client.get(address(cohort, text)).location.startswith("/sign-in")
    assert as_trainee.post_form(address(cohort, text), data).status_code == 403
    assert as_other_trainer.get(address(cohort, text)).status_code == 404
    assert as_other_trainer.post_form(address(cohort, text), data).status_code == 404
    assert signatures() == []


def test_without_a_text_the_page_says_who_adds_one(cohort, enrollment, witness, as_trainer):
    page = f"/cohorts/{cohort.id}/agreements"
    assert "There is no text to sign yet." in as_trainer.get(page).text
    assert as_trainer.post_form(page, typed(witness, enrollment)).status_code == 422


@pytest.mark.parametrize("people", [1, 3, 30])
def test_the_page_costs_the_same_for_thirty(cohort, witness, text, as_trainer, people):
    rows = [make_enrollment(cohort, f"Person {n}") for n in range(people)]
    with statements() as shown:
        as_trainer.get(address(cohort, text))
    # who; cohort; texts; roster; rules; attempts, sign-offs, signatures; staff
    assert len(shown) == 10
    with statements() as saved:
        as_trainer.post_form(address(cohort, text), typed(witness, *rows))
    assert len(saved) <= 22
