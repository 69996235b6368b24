"""Names as they may be stored, and what two spellings share."""

import unicodedata

import pytest

from advocates.people.rules import LONGEST_NAME, NameProblem, NameRefused, clean_name, email_key, spellings


@pytest.mark.parametrize(
    "name", ["Łucja Wiśniewska", "Nguyễn Thị Mai", "王小明", "محمد الحسن", "O’Hara-Díaz", "می\u200cخواهم"]
)
def test_a_name_in_any_script_stays_as_it_is(name):
    assert clean_name(name) == name


def test_a_name_is_stored_composed_and_with_single_spaces():
    typed = unicodedata.normalize("NFD", "  Nguyễn\u00a0 Thị  Mai ")
    assert clean_name(typed) == "Nguyễn Thị Mai"


@pytest.mark.parametrize(
    ("typed", "problem", "code_point"),
    [
        ("", NameProblem.NO_LETTER, ""),
        ("  12 .", NameProblem.NO_LETTER, ""),
        ("a" * (LONGEST_NAME + 1), NameProblem.TOO_LONG, ""),
        ("Ana\u202egnorw", NameProblem.HIDDEN_CHARACTER, "U+202E"),
        ("Ana\x00", NameProblem.HIDDEN_CHARACTER, "U+0000"),
        ("Ana\nMaria", NameProblem.HIDDEN_CHARACTER, "U+000A"),
        ("Ana\ud800", NameProblem.HIDDEN_CHARACTER, "U+D800"),
    ],
)
def test_a_name_that_cannot_be_printed_is_refused(typed, problem, code_point):
    with pytest.raises(NameRefused) as refused:
        clean_name(typed)
    assert (refused.value.problem, refused.value.code_point) == (problem, code_point)


def test_the_longest_name_passes():
    assert len(clean_name("a" * LONGEST_NAME)) == LONGEST_NAME


def test_spellings_of_one_address_share_a_key():
    assert email_key(" Ines@Example.ORG ") == email_key("ines@example.org")


def test_a_search_covers_letters_that_databases_compare_with_case():
    assert {"łucja", "Łucja", "ŁUCJA"} <= set(spellings(" łucja "))
