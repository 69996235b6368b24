"""The draw: the same from the same seed, never the right order by itself, and never fewer than asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.sittings.rules.drawing import InBank, Plan, Shortage, arrange, draw, shortages, shuffled
from tests.sittings.questions import EVERY_KIND, MATCHING, ORDERING, SCENARIO, SINGLE

BANK = [InBank(f"{module}{n}", module) for module in "abc" for n in range(4)]


def test_the_order_of_a_seed_stays_the_same_forever():
    assert shuffled("abcdefgh", "seed", "purpose") == list("deaghbcf")


@given(st.lists(st.integers()), st.text(max_size=8))
def test_shuffling_keeps_everything(items, seed):
    assert sorted(shuffled(items, seed, "x")) == sorted(items)
    assert shuffled(items, seed, "x") == shuffled(items, seed, "x")


def test_every_order_comes_about_as_often():
    counts: dict[str, int] = {}
    for n in range(6000):
        order = "".join(shuffled("abc", str(n), "x"))
        counts[order] = counts.get(order, 0) + 1
    assert len(counts) == 6
    assert all(850 < count < 1150 for count in counts.values())


@given(st.integers(0, 4), st.integers(0, 4), st.text(max_size=5), st.booleans())
def test_a_quota_is_filled_exactly(a, c, seed, is_shuffled):
    drawn = draw(Plan(quotas={"a": a, "c": c}), BANK, seed, is_shuffled=is_shuffled)
    assert len(drawn) == len(set(drawn)) == a + c
    assert sum(each.startswith("a") for each in drawn) == a


def test_what_the_bank_is_short_of_is_said():
    assert shortages(Plan(quotas={"a": 5, "b": 4, "z": 1}), BANK) == [Shortage("a", 5, 4), Shortage("z", 1, 0)]
    assert shortages(Plan(fixed=("a0", "gone")), BANK) == [Shortage("", 2, 1)]
    with pytest.raises(ValueError):
        draw(Plan(quotas={"a": 5}), BANK, "s", is_shuffled=True)


def test_fixed_questions_stand_in_their_order_unless_shuffled():
    plan = Plan(fixed=("b2", "a1", "c0"))
    assert draw(plan, BANK, "s", is_shuffled=False) == ["b2", "a1", "c0"]
    assert sorted(draw(plan, BANK, "s", is_shuffled=True)) == ["a1", "b2", "c0"]


@given(st.text(max_size=5))
def test_a_pair_asks_again_what_was_asked(seed):
    first = draw(Plan(quotas={"a": 2, "b": 1}), BANK, seed, is_shuffled=True)
    again = draw(Plan(quotas={"a": 3, "b": 1}), BANK, seed + "x", is_shuffled=True, preferred=first)
    assert set(first) <= set(again)


@given(st.text(max_size=5))
def test_an_order_never_stands_right_at_first(seed):
    assert arrange(ORDERING, seed, "p", is_shuffled=False)["items"] != [0, 1, 2]
    assert sorted(arrange(MATCHING, seed, "p", is_shuffled=False)["rights"]) == [0, 1, 2]
    assert arrange(SINGLE, seed, "p", is_shuffled=False) == {"choices": [0, 1, 2]}
    assert len(arrange(SCENARIO, seed, "p", is_shuffled=True)["questions"]) == 2


@pytest.mark.parametrize("question", EVERY_KIND, ids=lambda each: each.kind)
def test_every_kind_is_arranged_the_same_again(question):
    assert arrange(question, "s", "p", is_shuffled=True) == arrange(question, "s", "p", is_shuffled=True)
