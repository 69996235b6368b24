"""The table of questions: read back as written, without live formulas, and wrong lines said."""

import csv

import pytest
from hypothesis import given, settings

from advocates.question_bank.rules import bank_table
from advocates.question_bank.rules.exchange import Unreadable
from tests.question_bank.drawing import questions


@settings(max_examples=400, deadline=None)
@given(questions())
def test_every_question_is_read_back_the_same(question):
    written = bank_table.write([question])
    again = bank_table.read(written.text.encode())
    assert written.left_out == again.problems == ()
    assert again.questions == (question,)


@settings(max_examples=100, deadline=None)
@given(questions())
def test_no_cell_is_a_live_formula(question):
    for row in csv.reader(bank_table.write([question]).text.splitlines(keepends=True)):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("single,?,3,a,b", "Exactly one"),
        ("single,?,x,a,b", "Exactly one"),
        ("true_false,?,maybe,,", "true or false"),
        ("guess,?,1,a,b", "Not one of"),
        ("single,,1,a,b", "missing"),
    ],
)
def test_what_cannot_be_taken_is_said(line, word):
    taken = bank_table.read(f"kind,text,right,answer_1,answer_2\n{line}\n".encode(), "A3")
    assert not taken.questions
    assert word in taken.problems[0].message


def test_a_question_of_no_scenario_is_said():
    taken = bank_table.read(b"kind,text,right,inside\ntrue_false,?,true,gone\n", "A3")
    assert (taken.questions, len(taken.problems)) == ((), 1)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"text\nno kind",
        b'kind,text\nsingle,"open',
        b"x" * 1_100_000,
        b"kind,text,right\n" + b"true_false,?,true\n" * 2001,
        b"kind,text\n" + b"y" * 140_000 + b",x",
    ],
    ids=["empty", "archive", "no-kind", "open-quote", "large", "many", "long-cell"],
)
def test_no_table_and_too_much_of_one_are_refused_whole(content):
    with pytest.raises(Unreadable):
        bank_table.read(content, "A3")
