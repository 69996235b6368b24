"""Names in print: which characters the fonts have, how large the name stands, and which way it runs."""

import pytest

from advocates.credentials.names import (
    LINE_HEIGHT,
    Box,
    fit_text,
    is_right_to_left,
    missing_glyphs,
)

BOX = Box(width=590, height=70, largest=46)


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
