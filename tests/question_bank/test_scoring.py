"""What an answer is worth, as tables of cases and as properties of every question."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advocates.question_bank.rules import Kind, question_from_json, score
from tests.question_bank.drawing import questions

HEAD = {"key": "a3-q", "module": "A3", "text": "?"}
TWO_OF_FOUR = [{"text": str(n), "is_right": n in {0, 2}} for n in range(4)]
PAIRS = [{"left": "1", "right": "one"}, {"left": "2", "right": "two"}, {"left": "3", "right": "three"}]
ONE = [{"text": "no", "is_right": False}, {"text": "yes", "is_right": True}]
ESSAY = {"kind": "essay", "text": "Why?", "rubric": [{"criterion": "c", "points": 3}], "points": 3}
TRUE = {"kind": "true_false", "text": "?", "is_true": True}
CASES = [
    ("single", {"choices": ONE}, {"choice": 1}, Fraction(1)),
    ("single", {"choices": ONE}, {"choice": 0}, Fraction(0)),
    ("single", {"choices": ONE}, {"choice": True}, Fraction(0)),
    ("single", {"choices": ONE}, {"choice": -1}, Fraction(0)),
    ("multiple", {"choices": TWO_OF_FOUR}, {"choices": [0, 2]}, Fraction(1)),
    ("multiple", {"choices": TWO_OF_FOUR}, {"choices": [0]}, Fraction(1, 2)),
    ("multiple", {"choices": TWO_OF_FOUR}, {"choices": [0, 0]}, Fraction(1, 2)),
    ("multiple", {"choices": TWO_OF_FOUR}, {"choices": [0, 2, 1]}, Fraction(1, 2)),
    ("multiple", {"choices": TWO_OF_FOUR}, {"choices": [0, 1, 2, 3]}, Fraction(0)),
    ("multiple", {"choices": TWO_OF_FOUR}, {"choices": [1, 3]}, Fraction(0)),
    ("true_false", {"is_true": False}, {"is_true": False}, Fraction(1)),
    ("true_false", {"is_true": False}, {"is_true": 0}, Fraction(0)),
    ("matching", {"pairs": PAIRS}, {"pairs": [0, 1, 2]}, Fraction(1)),
    ("matching", {"pairs": PAIRS}, {"pairs": [0, 2, 1]}, Fraction(1, 3)),
    ("matching", {"pairs": PAIRS}, {"pairs": [None, 1]}, Fraction(1, 3)),
    ("ordering", {"items": list("abcd")}, {"order": [0, 1, 2, 3]}, Fraction(1)),
    ("ordering", {"items": list("abcd")}, {"order": [3, 0, 1, 2]}, Fraction(2, 3)),
    ("ordering", {"items": list("abcd")}, {"order": [3, 2, 1, 0]}, Fraction(0)),
    ("ordering", {"items": list("abcd")}, {"order": [0, 1, 1, 2]}, Fraction(0)),
    ("ordering", {"items": list("abcd")}, {"order": [0, "1", 2, 3]}, Fraction(0)),
    ("short_answer", {"accepted": ["Café  One"]}, {"text": " cafe\u0301 ONE"}, Fraction(1)),
    ("short_answer", {"accepted": ["Cafe"]}, {"text": "Café"}, Fraction(0)),
]


@pytest.mark.parametrize(("kind", "parts", "answer", "share"), CASES)
def test_an_answer_is_worth_its_share_of_the_points(kind, parts, answer, share):
    got = score(question_from_json({**HEAD, "kind": kind, "points": 4, **parts}), answer)
    assert (got.points, got.of, got.needs_person) == (share * 4, 4, False)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind not in {Kind.ESSAY, Kind.SCENARIO}])
@pytest.mark.parametrize("answer", [None, {}, [], "x", {"choice": "x", "choices": [[]], "pairs": 3, "order": [{}]}])
def test_no_answer_and_no_sense_are_worth_nothing(kind, answer):
    parts = next(case[1] for case in CASES if case[0] == kind)
    assert score(question_from_json({**HEAD, "kind": kind.value, **parts}), answer).points == 0


def test_an_essay_waits_for_a_person_and_so_does_a_scenario_with_one():
    scenario = question_from_json({**HEAD, "kind": "scenario", "questions": [TRUE, ESSAY, TRUE]})
    got = score(scenario, {"answers": [{"is_true": True}, {"text": "because"}]})
    assert (got.points, got.of, got.needs_person) == (1, 5, True)
    unwritten = score(scenario, {"answers": "no list"})
    assert (unwritten.points, unwritten.needs_person) == (0, False)


def right_answer(question):
    return {
        "choice": next((n for n, choice in enumerate(question.choices) if choice.is_right), None),
        "choices": [n for n, choice in enumerate(question.choices) if choice.is_right],
        "is_true": question.is_true,
        "pairs": list(range(len(question.pairs))),
        "order": list(range(len(question.items))),
        "text": question.accepted[0] if question.accepted else "",
        "answers": [right_answer(inside) for inside in question.questions],
    }


POSITIONS = st.none() | st.integers(-1, 6)
ANSWERS = st.fixed_dictionaries(
    {"choice": POSITIONS, "choices": st.lists(POSITIONS), "is_true": st.none() | st.booleans()}
    | {"pairs": st.lists(POSITIONS), "order": st.permutations(list(range(4))), "text": st.text(max_size=5)}
)


@settings(max_examples=300)
@given(questions(), ANSWERS, st.lists(ANSWERS, max_size=4))
def test_points_stay_between_nothing_and_all(question, answer, answers):
    got = score(question, answer | {"answers": answers})
    assert 0 <= got.points <= got.of == question.worth
    assert question.needs_person or not got.needs_person


@settings(max_examples=300)
@given(questions([kind for kind in Kind if kind is not Kind.ESSAY]).filter(lambda q: not q.needs_person))
def test_the_right_answer_is_worth_everything(question):
    assert score(question, right_answer(question)).points == question.worth


@settings(max_examples=300)
@given(questions([Kind.MULTIPLE]), st.sets(st.integers(0, 4)), st.randoms(use_true_random=False))
def test_everything_is_earned_by_the_right_ticks_alone_in_whatever_order(question, ticked, random):
    ticks = list(ticked)
    before = score(question, {"choices": ticks})
    random.shuffle(ticks)
    assert score(question, {"choices": ticks}) == before
    assert (before.points == before.of) == (
        sorted(ticked & set(range(len(question.choices)))) == right_answer(question)["choices"]
    )


@given(questions([Kind.ORDERING]), st.data())
def test_only_the_right_order_earns_everything(question, data):
    order = data.draw(st.permutations(range(len(question.items))))
    assert (score(question, {"order": order}).points == question.points) == (order == sorted(order))
