"""A translation says that it was not reviewed until somebody reviews it."""

import uuid

from advocates.assessments.agreement_queries import text_versions


def address(text):
    return f"/agreement-texts/{text.id}/review"


def arabic():
    return text_versions()["confidentiality"][0].by_language["ar"]


def test_who_reviewed_it_is_recorded_and_readers_are_told(texts, administrator, as_administrator, as_trainee):
    reading = f"/agreements/{arabic().id}"
    page = as_trainee.get(reading).text
    assert "This translation is not yet reviewed." in page
    assert '<div class="agreement-text" lang="ar" dir="rtl">' in page
    assert as_administrator.post_form(address(arabic())).location == "/agreement-texts"
    assert arabic().reviewed_by == administrator.id
    assert "not yet reviewed" not in as_trainee.get(reading).text


def test_it_is_reviewed_once_and_the_binding_text_never(texts, as_administrator):
    as_administrator.post_form(address(arabic()))
    assert as_administrator.post_form(address(arabic())).status_code == 409
    assert as_administrator.post_form(address(texts["confidentiality"])).status_code == 409


def test_others_are_refused(texts, as_trainer, as_administrator, client):
    assert as_trainer.post_form(address(arabic())).status_code == 403
    assert client.post_form(address(arabic())).location.startswith("/sign-in")
    assert as_administrator.get(address(arabic())).status_code == 405
    assert as_administrator.post_form(f"/agreement-texts/{uuid.uuid4()}/review").status_code == 404
    assert arabic().reviewed_at is None
