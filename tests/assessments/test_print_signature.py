"""The signed text on paper: tagged, whole, and the same bytes each time."""

import io

import pikepdf
import pytest
from sqlalchemy import select

from advocates.assessments.agreement_queries import text_versions
from advocates.assessments.models import AgreementSignature
from advocates.database import db
from tests.factories.cohorts import make_cohort, make_enrollment


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_it_prints_a_tagged_file_the_same_each_time(as_trainee, texts, language):
    text = text_versions()["code_of_ethics"][0].read_in(language)
    as_trainee.post_form(f"/agreements/{text.id}", {"typed_name": "Wen Harlow", "is_agreed": "y"})
    signature = db.session.scalars(select(AgreementSignature)).one()
    assert (signature.agreement_text_id, signature.text_sha256) == (text.id, text.sha256)
    first, second = (as_trainee.get(f"/agreement-signatures/{signature.id}/signed.pdf") for _ in range(2))
    assert first.mimetype == "application/pdf"
    assert first.data == second.data
    with pikepdf.open(io.BytesIO(first.data)) as pdf:
        assert pdf.Root.MarkInfo.Marked


def test_others_are_refused(as_trainee, texts, client, as_trainer, sign_in):
    as_trainee.post_form(f"/agreements/{texts['code_of_ethics'].id}", {"typed_name": "Wen Harlow", "is_agreed": "y"})
    address = f"/agreement-signatures/{db.session.scalars(select(AgreementSignature.id)).one()}/signed.pdf"
    assert client.get(address).location.startswith("/sign-in")
    assert as_trainer.get(address).status_code == 403
    assert sign_in(make_enrollment(make_cohort(), "Pavel Orme").person_id).get(address).status_code == 404
    assert as_trainee.post_form(address).status_code == 405
