"""The little Markdown of questions: emphasis, lists and paragraphs; never HTML, and quick on any text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.question_bank.rules import Kind, Question
from advocates.question_bank.rules.differences import differences
from advocates.question_bank.rules.text import Block, Span, blocks_of, spans_of
from tests.factories.question_bank import single


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("plain", [("plain", "")]),
        ("Which is **not** so?", [("Which is ", ""), ("not", "strong"), (" so?", "")]),
        ("*Soon* or _later_", [("Soon", "em"), (" or ", ""), ("later", "em")]),
        ("2 * 3 * 4", [("2 * 3 * 4", "")]),
        ("a_name_here and ____ left", [("a_name_here and ____ left", "")]),
        (r"\*kept\*", [("*", ""), ("kept*", "")]),
        ("<script>alert(1)</script>", [("<script>alert(1)</script>", "")]),
    ],
)
def test_emphasis(text, spans):
    assert [(span.text, span.style) for span in spans_of(text)] == spans


def test_paragraphs_and_lists():
    assert blocks_of("One\ntwo\n\n- a\n- b\n  more\n\n1. x\n2. y") == (
        Block("paragraph", ((Span("One"),), (Span("two"),))),
        Block("items", ((Span("a"),), (Span("b more"),))),
        Block("steps", ((Span("x"),), (Span("y"),))),
    )


@given(st.text(st.sampled_from(list("ab*_\\ \n-1.")), max_size=60))
def test_no_letter_is_lost(text):
    said = "".join(span.text for block in blocks_of(text) for line in block.lines for span in line)
    assert [each for each in said if each in "ab"] == [each for each in text if each in "ab"]


@pytest.mark.parametrize("text", ["**a" * 1300, "*a " * 1300, "_a " * 1300, "- " * 2000, "**" * 2000, "\\*" * 2000])
def test_no_text_is_slow(text):
    began = time.perf_counter()
    blocks_of(text)
    assert time.perf_counter() - began < 0.5


def test_differences_tell_only_what_changed():
    (change,) = differences(single(), single(text="Who chooses?"))
    assert [line.text for line in (*change.before, *change.after)] == ["Who decides?", "Who chooses?"]
    assert differences(single(), single()) == ()


def test_differences_look_inside_a_scenario():
    inside = Question(Kind.TRUE_FALSE, "Is it so?", is_true=True)
    old = Question(Kind.SCENARIO, "Night.", key="night", module="A1", questions=(inside,))
    new = Question(Kind.SCENARIO, "Night.", key="night", module="A1", questions=(inside, inside))
    points, added = differences(old, new)
    assert [line.text for line in points.before + points.after] == ["1", "2"]
    assert not added.before
    assert "Is it so?" in [line.text for line in added.after]
