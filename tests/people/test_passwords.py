"""Hashing and judging passwords."""

import unicodedata

import pytest

from advocates.people.passwords import hash_password, is_password, password_problem


@pytest.mark.parametrize(
    "password",
    ["short", "passwordpassword", "aaaaaaaaaaaaaaaaaaaa", "123451234512345", "x" * 300, "tamsin likes kettles"],
)
def test_weak_passwords_get_a_sentence(app, password):
    with app.test_request_context():
        assert password_problem(password, "Tamsin Vale", "tv@example.org")


def test_unrelated_words_pass(app):
    with app.test_request_context():
        assert password_problem("plum kettle orbit seven", "Tamsin Vale", "tv@example.org") is None


def test_a_letter_typed_on_another_keyboard_is_the_same_letter(app):
    stored = hash_password(unicodedata.normalize("NFC", "żółty kajak płynie daleko"))
    assert is_password(stored, unicodedata.normalize("NFD", "żółty kajak płynie daleko"))


def test_nobody_signs_in_without_a_stored_password(app):
    assert not is_password(None, "nobody's password")
