"""Names: what is cleaned, what is refused, which characters print, and how large."""

import pytest

from advocates.credentials.names import (
    LINE_HEIGHT,
    Box,
    NameRefused,
    clean_name,
    fit_text,
    is_right_to_left,
    missing_glyphs,
)

BOX = Box(width=590, height=70, largest=46)


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
    with pytest.raises(NameRefused, match="Enter the name as it should be printed"):
        clean_name(typed)


@pytest.mark.parametrize(
    ("character", "code"),
    [
        ("\x00", r"U\+0000"),
        ("\n", r"U\+000A"),
        ("\t", r"U\+0009"),
        ("\x7f", r"U\+007F"),
        ("\ud800", r"U\+D800"),
        ("\ue000", r"U\+E000"),
        ("\U000f0000", r"U\+F0000"),
        ("\u202e", r"U\+202E"),
        ("\u2028", r"U\+2028"),
        ("\ufeff", r"U\+FEFF"),
        ("\uffff", r"U\+FFFF"),
    ],
)
def test_hidden_character_is_refused_and_named(character, code):
    with pytest.raises(NameRefused, match=code):
        clean_name(f"Ana{character}Ruiz")


def test_name_of_101_characters_is_refused_with_both_figures():
    with pytest.raises(NameRefused, match="101 characters; at most 100"):
        clean_name("a" * 101)


def test_length_counts_composed_characters():
    assert len(clean_name("e\u0301" * 100)) == 100


@pytest.mark.parametrize(
    "name",
    ["Łucja Święcicka-Żak", "Nguyễn Thị Ánh Tuyết", "王小明", "محمد", "پروین چمن", "Ирина", "Ώρα", "علی\u200cرضا"],
)
def test_the_fonts_draw_names_of_the_languages_in_use(name):
    assert missing_glyphs(name) == ""


def test_missing_glyphs_are_named_once_each_in_order():
    assert missing_glyphs("Ana ᚠאᚠ") == "ᚠא"


def test_short_name_stands_on_one_line_at_the_largest_size():
    fitted = fit_text("王小明", BOX)
    assert (fitted.lines, fitted.size) == (("王小明",), 46)


def test_long_name_breaks_between_words_into_two_even_lines():
    name = "Maria Guadalupe Esperanza de la Concepción Fernández-Villanueva y Castellanos de Santiago Montenegro"
    fitted = fit_text(name, BOX)
    assert " ".join(fitted.lines) == name
    assert len(fitted.lines) == 2
    assert 20 < fitted.size < 46


def test_unbroken_long_name_is_split_but_never_before_an_accent():
    fitted = fit_text("Q\u0301" * 50, BOX)
    assert "".join(fitted.lines) == "Q\u0301" * 50
    assert not any(line.startswith("\u0301") for line in fitted.lines)


@pytest.mark.parametrize("name", ["Wm" * 50, "il" * 50, "王" * 100, "م" * 100, "A"])
def test_lines_never_need_more_height_than_the_box(name):
    fitted = fit_text(name, BOX)
    assert fitted.size * LINE_HEIGHT * len(fitted.lines) <= BOX.height + 1e-9


def test_character_count_does_not_decide_the_size():
    assert fit_text("W" * 30, BOX).size < fit_text("i" * 30, BOX).size


@pytest.mark.parametrize(
    ("name", "expected"),
    [("محمد", True), ("(محمد)", True), ("שרה", True), ("Mo محمد", False), ("王", False), ("7", False)],
)
def test_direction_follows_the_first_letter(name, expected):
    assert is_right_to_left(name) is expected
