"""A new version that asks everyone in training to sign again."""

from sqlalchemy import select

from advocates.assessments.agreement_queries import text_versions
from advocates.assessments.models import AgreementSignature
from advocates.assessments.queries import assessment_facts
from advocates.assessments.wording import add_agreement_text
from advocates.curriculum.rules import Agreement
from advocates.database import db

SIGNED = {"typed_name": "Wen Harlow", "is_agreed": "y"}
NEW = {"key": "confidentiality", "title": "Confidentiality", "body": "New words.", "asks_again": "y"}


def test_it_is_asked_for_again_signed_again_and_the_old_one_stays_readable(as_administrator, as_trainee, texts):
    as_trainee.post_form(f"/agreements/{texts['confidentiality'].id}", SIGNED)
    as_administrator.post_form("/agreement-texts/new", NEW)
    page = as_trainee.get("/agreements").text
    assert "Please sign again" in page
    assert "please read and sign version 2" in page
    assert "Read what you signed on" in page
    assert "Confidentiality: 1" in as_administrator.get("/agreement-texts").text
    newer = text_versions()["confidentiality"][0].binding
    assert newer.asks_again
    assert "You signed version 1 on" in as_trainee.get(f"/agreements/{newer.id}").text
    assert as_trainee.post_form(f"/agreements/{newer.id}", SIGNED).status_code == 303
    assert "Please sign again" not in as_trainee.get("/agreements").text
    assert len(db.session.scalars(select(AgreementSignature)).all()) == 2


def test_whoever_has_completed_is_not_asked(enrollment, administrator, as_trainee, texts):
    as_trainee.post_form(f"/agreements/{texts['confidentiality'].id}", SIGNED)
    row = db.session.get_one(type(enrollment), enrollment.id)
    row.status = "completed"
    add_agreement_text(administrator.id, Agreement.CONFIDENTIALITY, "C", "New words.", asks_again=True)
    db.session.commit()
    assert "Please sign again" not in as_trainee.get("/agreements").text
    assert assessment_facts([enrollment.id])[enrollment.id].is_settled


def test_papers_under_a_text_that_no_longer_counts_are_not_offered(cohort, administrator, as_trainer, texts):
    old = texts["confidentiality"]
    add_agreement_text(administrator.id, Agreement.CONFIDENTIALITY, "C", "New words.", asks_again=True)
    db.session.commit()
    assert str(old.id) not in as_trainer.get(f"/cohorts/{cohort.id}/agreements").text


def test_a_first_version_never_asks_again(as_administrator):
    as_administrator.post_form("/agreement-texts/new", NEW)
    assert not text_versions()["confidentiality"][0].binding.asks_again
