"""A new wording is a new version."""

import uuid

import pytest

from advocates.assessments import agreement_queries as queries
from advocates.assessments.agreement_queries import agreement_texts
from advocates.assessments.rules import text_sha256

ADDRESS = "/agreement-texts/new"
TYPED = {"key": "confidentiality", "title": "Confidentiality", "body": "What you hear\r\nis theirs.  \r\n\r\nAlways."}


def versions():
    return [(text.key, text.version, text.title, text.body) for text in agreement_texts()]


def test_a_first_text_is_version_one_and_its_hash_is_of_the_stored_words(as_administrator):
    assert as_administrator.post_form(ADDRESS, TYPED).location == "/agreement-texts"
    body = "What you hear\nis theirs.\n\nAlways."
    assert versions() == [("confidentiality", 1, "Confidentiality", body)]
    assert agreement_texts()[0].sha256 == text_sha256("Confidentiality", body)


def test_a_new_wording_is_the_next_version_and_begins_with_the_words_in_force(as_administrator, texts):
    page = as_administrator.get(f"{ADDRESS}?key=code_of_ethics").text
    assert "I am training to stand beside people" in page
    as_administrator.post_form(ADDRESS, TYPED)
    assert [(key, version) for key, version, _, _ in versions()] == [
        ("code_of_ethics", 1),
        ("confidentiality", 2),
        ("confidentiality", 1),
    ]


def test_the_same_words_again_are_no_new_version(as_administrator):
    as_administrator.post_form(ADDRESS, TYPED)
    response = as_administrator.post_form(ADDRESS, TYPED | {"body": "What you hear\nis theirs.\n\nAlways.\n\n"})
    assert response.status_code == 422
    assert "word for word" in response.text
    assert len(versions()) == 1


def test_the_same_form_sent_twice_adds_one_version(as_administrator):
    data = TYPED | {"request_key": str(uuid.uuid4())}
    assert [as_administrator.post_form(ADDRESS, data).status_code for _ in range(2)] == [303, 303]
    assert len(versions()) == 1


def test_two_administrators_at_the_same_moment_get_one_version_and_one_refusal(as_administrator, texts, monkeypatch):
    """The second one read the texts before the first one's version was there."""
    before = dict(texts)
    as_administrator.post_form(ADDRESS, TYPED)
    monkeypatch.setattr("advocates.assessments.wording.current_texts", lambda: before)
    response = as_administrator.post_form(ADDRESS, TYPED | {"title": "Another"})
    assert response.status_code == 422
    assert "Somebody added a version at the same moment." in response.text
    assert "Another" in response.text
    assert queries.current_texts()["confidentiality"].title == "Confidentiality"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"key": ""}, "Choose an agreement."),
        ({"key": "loyalty"}, "Not a valid choice."),
        ({"title": " "}, "Type a title."),
        ({"title": "T" * 201}, "Field cannot be longer than 200 characters."),
        ({"body": ""}, "Type the text."),
        ({"body": "x" * 20_001}, "Use at most 20000 characters."),
    ],
)
def test_an_unfinished_text_is_refused_and_kept(as_administrator, change, sentence):
    response = as_administrator.post_form(ADDRESS, TYPED | change)
    assert response.status_code == 422
    assert sentence in response.text
    assert "title" in change or 'value="Confidentiality"' in response.text
    assert versions() == []


def test_only_administrators_may_add_texts(client, as_trainer, as_trainee):
    assert client.get(ADDRESS).location.startswith("/sign-in")
    assert as_trainer.post_form(ADDRESS, TYPED).status_code == 403
    assert as_trainee.post_form(ADDRESS, TYPED).status_code == 403
    assert versions() == []
