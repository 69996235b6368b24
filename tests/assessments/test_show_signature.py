"""The text as it was signed, for the signer, administrators and the cohort's auditors."""

import uuid

import pytest
from sqlalchemy import select, update

from advocates.assessments.models import AgreementSignature, AgreementText
from advocates.database import db
from tests.factories.people import make_person


@pytest.fixture
def signature(as_trainee, texts):
    text = texts["confidentiality"]
    as_trainee.post_form(f"/agreements/{text.id}", {"typed_name": "Wen Harlow", "is_agreed": "y"})
    return db.session.scalars(select(AgreementSignature)).one()


def address(signature):
    return f"/agreement-signatures/{signature.id}"


def test_it_shows_the_exact_text_the_name_the_time_and_the_hash(signature, as_trainee):
    page = as_trainee.get(address(signature)).text
    for said in ("People speak to an advocate", "Wen Harlow", "UTC", signature.text_sha256, "On screen", "Version 1"):
        assert said in page


def test_administrators_and_the_cohort_s_auditor_see_it_and_others_do_not(
    signature, cohort, as_administrator, as_trainer, client, sign_in
):
    auditor = make_person("Sunniva Castellane", roles=["auditor"], cohort_id=cohort.id)
    assert as_administrator.get(address(signature)).status_code == 200
    assert sign_in(auditor.id).get(address(signature)).status_code == 200
    stranger = make_person("Pavel Orme", roles=["trainee"])
    assert sign_in(stranger.id).get(address(signature)).status_code == 404
    assert as_trainer.get(address(signature)).status_code == 403
    assert client.get(address(signature)).location.startswith("/sign-in")
    assert as_administrator.get(f"/agreement-signatures/{uuid.uuid4()}").status_code == 404
    assert as_administrator.post_form(address(signature)).status_code == 405


def test_a_text_that_no_longer_matches_its_hash_is_not_shown_as_signed(signature, as_trainee):
    db.session.execute(update(AgreementText).values(body="Something else."))
    db.session.commit()
    answer = as_trainee.get(address(signature))
    assert answer.status_code == 409
    assert "This is not the text that was signed" in answer.text
    assert "Something else." not in answer.text
    assert as_trainee.get(f"{address(signature)}/signed.pdf").status_code == 409
