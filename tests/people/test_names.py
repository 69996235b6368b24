"""Names as people write them, in any script: what is kept and what is refused."""

import pytest

from advocates.people.rules import NameProblem, NameRefused, clean_name


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("  Maria   Delgado ", "Maria Delgado"),
        ("Maria\u00a0Delgado", "Maria Delgado"),
        ("王\u3000小明", "王 小明"),
        ("Łucja", "Łucja"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("Zoe\u0308", "Zoë"),
        ("محمد", "محمد"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("O’Hara", "O’Hara"),
        ("<b>Ana</b> & Co", "<b>Ana</b> & Co"),
        ("W" * 100, "W" * 100),
    ],
)
def test_name_is_kept_whole_in_nfc_with_single_spaces(typed, printed):
    assert clean_name(typed) == printed


@pytest.mark.parametrize("typed", ["", "   ", "\n", "\u200d", "--", "\u0301"])
def test_name_without_a_letter_is_refused(typed):
    with pytest.raises(NameRefused) as refusal:
        clean_name(typed)
    assert refusal.value.problem is NameProblem.NO_LETTER


@pytest.mark.parametrize(
    ("character", "code"),
    [
        ("\x00", "U+0000"),
        ("\n", "U+000A"),
        ("\t", "U+0009"),
        ("\x7f", "U+007F"),
        ("\ud800", "U+D800"),
        ("\ue000", "U+E000"),
        ("\U000f0000", "U+F0000"),
        ("\u202e", "U+202E"),
        ("\u2028", "U+2028"),
        ("\ufeff", "U+FEFF"),
        ("\uffff", "U+FFFF"),
    ],
)
def test_hidden_character_is_refused_and_named(character, code):
    with pytest.raises(NameRefused) as refusal:
        clean_name(f"Ana{character}Ruiz")
    assert (refusal.value.problem, refusal.value.code_point) == (NameProblem.HIDDEN_CHARACTER, code)


def test_name_of_101_characters_is_refused():
    with pytest.raises(NameRefused) as refusal:
        clean_name("a" * 101)
    assert refusal.value.problem is NameProblem.TOO_LONG


def test_length_counts_composed_characters():
    assert len(clean_name("e\u0301" * 100)) == 100
