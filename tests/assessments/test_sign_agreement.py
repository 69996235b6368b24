"""A trainee reads a whole text and signs it for themself."""

import uuid

import pytest
from sqlalchemy import select

from advocates import clock
from advocates.assessments.models import AgreementSignature
from advocates.assessments.wording import add_agreement_text
from advocates.curriculum.rules import Agreement
from advocates.database import db
from advocates.people.models import PersonProfile
from tests.factories.cohorts import make_cohort, make_enrollment

SIGNED = {"typed_name": " Wen Harlow ", "is_agreed": "y"}


@pytest.fixture
def text(texts):
    return texts["code_of_ethics"]


def address(text):
    return f"/agreements/{text.id}"


def signatures():
    return list(db.session.scalars(select(AgreementSignature)))


def test_the_whole_text_is_shown_and_signed_against_its_hash(text, enrollment, as_trainee):
    page = as_trainee.get(address(text)).text
    assert "<h2>The survivor decides</h2>" in page
    assert "I may ask about any line of it before I sign" in page
    response = as_trainee.post_form(address(text), SIGNED)
    assert response.location == "/agreements"
    (row,) = signatures()
    assert (row.enrollment_id, row.agreement_text_id, row.text_sha256) == (enrollment.id, text.id, text.sha256)
    assert (row.typed_name, row.way, row.recorded_by) == ("Wen Harlow", "screen", enrollment.person_id)
    assert row.signed_on == clock.today()
    assert "You signed this agreement on" in as_trainee.get(address(text)).text


def test_one_signature_serves_every_enrollment_that_asks(text, enrollment, as_trainee):
    class Person:
        id = enrollment.person_id

    second = make_enrollment(make_cohort(), person=Person)
    as_trainee.post_form(address(text), SIGNED)
    assert {row.enrollment_id for row in signatures()} == {enrollment.id, second.id}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"typed_name": "", "is_agreed": "y"}, "Type your name."),
        ({"typed_name": "   ", "is_agreed": "y"}, "Type your name."),
        ({"typed_name": "Wen Harlow"}, "Tick this if you agree."),
        (
            {"typed_name": "Mickey Impostor", "is_agreed": "y"},
            "Type your name as it stands in your profile: Wen Harlow.",
        ),
        ({"typed_name": "W" * 201, "is_agreed": "y"}, "Field cannot be longer than 200 characters."),
    ],
)
def test_an_unfinished_signature_is_refused_and_kept(text, as_trainee, data, sentence):
    response = as_trainee.post_form(address(text), data)
    assert response.status_code == 422
    assert sentence in response.text
    assert data["typed_name"].strip() in response.text
    assert signatures() == []


@pytest.mark.parametrize("typed", ["wen  harlow", "ＷＥＮ HARLOW", "Wendeline Harlow"])
def test_capitals_spaces_letter_forms_and_the_certificate_name_are_ones_own(text, enrollment, as_trainee, typed):
    db.session.get_one(PersonProfile, enrollment.person_id).certificate_name = "Wendeline Harlow"
    db.session.commit()
    assert as_trainee.post_form(address(text), {"typed_name": typed, "is_agreed": "y"}).status_code == 303
    assert [row.typed_name for row in signatures()] == [typed]


def test_the_same_form_sent_twice_signs_once_and_a_second_signature_is_a_conflict(text, as_trainee):
    data = SIGNED | {"request_key": str(uuid.uuid4())}
    assert [as_trainee.post_form(address(text), data).status_code for _ in range(2)] == [303, 303]
    assert as_trainee.post_form(address(text), SIGNED).status_code == 409
    assert len(signatures()) == 1


def test_an_older_version_is_shown_but_cannot_be_signed(text, as_trainee, administrator):
    newer = add_agreement_text(administrator.id, Agreement.CODE_OF_ETHICS, "Code of ethics", "Be kind.")
    db.session.commit()
    assert "has a newer version" in as_trainee.get(address(text)).text
    assert as_trainee.post_form(address(text), SIGNED).status_code == 409
    assert as_trainee.post_form(address(newer), SIGNED).status_code == 303
    assert [row.agreement_text_id for row in signatures()] == [newer.id]


def test_who_signed_an_earlier_version_need_not_sign_the_newer(text, as_trainee, administrator):
    as_trainee.post_form(address(text), SIGNED)
    newer = add_agreement_text(administrator.id, Agreement.CODE_OF_ETHICS, "Code of ethics", "Be kind.")
    db.session.commit()
    assert "You signed this agreement on" in as_trainee.get(address(newer)).text
    assert as_trainee.post_form(address(newer), SIGNED).status_code == 409


def test_nobody_signs_what_no_enrollment_asks(text, cohort, sign_in):
    client = sign_in(make_enrollment(cohort, "Pavel Orme", status="withdrawn").person_id)
    assert "No training of yours asks you" in client.get(address(text)).text
    assert client.post_form(address(text), SIGNED).status_code == 409
    assert signatures() == []


def test_strangers_and_staff_are_refused_and_a_missing_text_is_not_found(
    text, client, as_trainer, as_administrator, as_trainee
):
    assert client.get(address(text)).location.startswith("/sign-in")
    assert as_trainer.post_form(address(text), SIGNED).status_code == 403
    assert as_administrator.post_form(address(text), SIGNED).status_code == 403
    assert as_trainee.get(f"/agreements/{uuid.uuid4()}").status_code == 404
    assert signatures() == []
