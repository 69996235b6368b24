"""Answers: places on the screen become stored positions, what was stored is shown again, and nothing else is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.question_bank.rules import score
from advocates.sittings.rules.answering import AnswerError, fields_of, is_marked, names_of, read_answer
from advocates.sittings.rules.drawing import arrange
from advocates.sittings.rules.showing import show, values_of
from tests.sittings.questions import (
    ESSAY,
    EVERY_KIND,
    MATCHING,
    MULTIPLE,
    ORDERING,
    SCENARIO,
    SHORT,
    SINGLE,
    TRUTH,
)


def right_fields(question, arrangement, prefix):
    """What somebody who knows the answer sends."""
    match question.kind:
        case "single":
            return {f"{prefix}-choice": [str(arrangement["choices"].index(0))]}
        case "multiple":
            return {f"{prefix}-choices": [str(arrangement["choices"].index(n)) for n in (0, 1)]}
        case "true_false":
            return {f"{prefix}-is_true": ["yes"]}
        case "matching":
            return {f"{prefix}-pair-{n}": [str(arrangement["rights"].index(n))] for n in range(2)}
        case "ordering":
            return {f"{prefix}-place-{on_screen}": [str(at)] for on_screen, at in enumerate(arrangement["items"])}
        case "short_answer":
            return {f"{prefix}-text": [" Blue "]}
        case "essay":
            return {f"{prefix}-text": ["Because."]}
    each = enumerate(zip(question.questions, arrangement["questions"], strict=True))
    return {k: v for n, (q, a) in each for k, v in right_fields(q, a, f"{prefix}.{n}").items()}


@pytest.mark.parametrize("question", EVERY_KIND, ids=lambda each: each.kind)
@given(seed=st.text(max_size=6), is_shuffled=st.booleans())
def test_the_right_answer_earns_everything_wherever_it_stands(question, seed, is_shuffled):
    arrangement = arrange(question, seed, "3", is_shuffled=is_shuffled)
    fields = right_fields(question, arrangement, "q3")
    answer = read_answer(question, arrangement, "q3", fields)
    assert score(question, answer).points == (0 if question is ESSAY else question.worth)
    shown = values_of(show(question, arrangement, "q3", answer))
    assert {name: sorted(value) for name, value in shown.items()} == {n: sorted(v) for n, v in fields.items()}


@pytest.mark.parametrize("question", EVERY_KIND, ids=lambda each: each.kind)
def test_an_empty_form_is_no_answer_and_shows_as_one(question):
    arrangement = arrange(question, "s", "3", is_shuffled=True)
    assert read_answer(question, arrangement, "q3", {}) is None
    assert read_answer(question, arrangement, "q3", {name: [""] for name in names_of(question, "q3")}) is None
    assert not any(values_of(show(question, arrangement, "q3", None)).values())


def test_what_is_half_done_is_kept():
    arrangement = {"items": [2, 0, 1]}
    answer = read_answer(ORDERING, arrangement, "q1", {"q1-place-0": ["1"], "q1-place-1": ["1"]})
    assert answer == {"places": [1, None, 1]}
    assert score(ORDERING, answer).points == 0
    assert values_of(show(ORDERING, arrangement, "q1", answer)) == {
        "q1-place-0": ["1"],
        "q1-place-1": ["1"],
        "q1-place-2": [],
    }
    half = read_answer(MATCHING, {"rights": [2, 1, 0]}, "q1", {"q1-pair-1": ["1"]})
    assert half == {"pairs": [None, 1]}
    scenario = {"questions": [{}, {"items": [2, 1, 0]}]}
    assert read_answer(SCENARIO, scenario, "q1", {"q1.0-is_true": ["no"]}) == {"answers": [{"is_true": False}, None]}


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        (SINGLE, {"q1-choice": ["3"]}),
        (SINGLE, {"q1-choice": ["-1"]}),
        (SINGLE, {"q1-choice": ["٢"]}),
        (SINGLE, {"q1-choice": ["0", "1"]}),
        (SINGLE, {"q2-choice": ["0"]}),
        (SINGLE, {"q1-text": ["x"]}),
        (MULTIPLE, {"q1-choices": ["0", "9"]}),
        (TRUTH, {"q1-is_true": ["maybe"]}),
        (MATCHING, {"q1-pair-2": ["0"]}),
        (ORDERING, {"q1-place-0": ["3"]}),
        (SHORT, {"q1-text": ["x" * 1001]}),
        (ESSAY, {"q1-text": ["x" * 20_001]}),
        (ESSAY, {"q1-text": ["\x00"]}),
        (ESSAY, {"q1-text": ["\ud800"]}),
        (SCENARIO, {"q1.2-is_true": ["yes"]}),
    ],
)
def test_what_no_page_sends_is_refused(question, fields):
    with pytest.raises(AnswerError):
        read_answer(question, arrange(question, "s", "1", is_shuffled=True), "q1", fields)


def test_the_fields_of_a_question_are_its_own():
    sent = {"q1-choice": ["0"], "q1.0-text": ["x"], "q10-choice": ["1"], "q1-mark": ["y"], "form_token": ["t"]}
    assert fields_of(sent, "q1") == {"q1-choice": ["0"], "q1.0-text": ["x"], "q1-mark": ["y"]}
    assert is_marked("q1", sent)
    assert not is_marked("q10", sent)


@given(st.dictionaries(st.sampled_from(["q1-choice", "q1-mark"]), st.lists(st.text(max_size=4), max_size=2)))
def test_whatever_is_sent_is_an_answer_or_refused(fields):
    try:
        answer = read_answer(SINGLE, {"choices": [2, 0, 1]}, "q1", fields)
    except AnswerError:
        return
    assert answer is None or answer["choice"] in {0, 1, 2}
