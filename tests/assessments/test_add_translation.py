"""A version in another language."""

import uuid

import pytest

from advocates.assessments.agreement_queries import text_versions
from advocates.assessments.rules import text_sha256
from advocates.assessments.wording import add_agreement_text
from advocates.curriculum.rules import Agreement
from advocates.database import db

TYPED = {"language": "pl", "title": "Etyka", "body": "Bądź dobry."}


@pytest.fixture
def text(administrator):
    row = add_agreement_text(administrator.id, Agreement.CODE_OF_ETHICS, "Ethics", "Be kind.")
    db.session.commit()
    return row


def address(text):
    return f"/agreement-texts/{text.id}/translations/new"


def test_a_translation_has_its_own_hash_and_asks_nobody_again(text, as_administrator):
    assert as_administrator.post_form(address(text), TYPED).location == "/agreement-texts"
    added = text_versions()["code_of_ethics"][0].by_language["pl"]
    assert (added.version, added.sha256) == (1, text_sha256("Etyka", "Bądź dobry."))
    assert (added.asks_again, added.reviewed_at) == (False, None)
    assert "Not yet reviewed" in as_administrator.get("/agreement-texts").text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"language": ""}, "Choose a language."),
        ({"language": "en"}, "Not a valid choice."),
        ({"language": "tlh"}, "Not a valid choice."),
        ({"title": " "}, "Type a title."),
        ({"body": ""}, "Type the text."),
    ],
)
def test_an_unfinished_translation_is_refused_and_kept(text, as_administrator, change, sentence):
    answer = as_administrator.post_form(address(text), TYPED | change)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "title" in change or 'value="Etyka"' in answer.text
    assert set(text_versions()["code_of_ethics"][0].by_language) == {"en"}


def test_one_language_is_added_once(text, as_administrator):
    assert as_administrator.post_form(address(text), TYPED).status_code == 303
    assert as_administrator.post_form(address(text), TYPED | {"title": "Inna"}).status_code == 422


def test_others_are_refused_and_a_translation_is_not_translated(text, as_administrator, as_trainer, client):
    as_administrator.post_form(address(text), TYPED)
    added = text_versions()["code_of_ethics"][0].by_language["pl"]
    assert as_administrator.get(address(added)).status_code == 404
    assert as_administrator.get(f"/agreement-texts/{uuid.uuid4()}/translations/new").status_code == 404
    assert as_trainer.post_form(address(text), TYPED).status_code == 403
    assert client.get(address(text)).location.startswith("/sign-in")
