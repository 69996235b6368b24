"""Item analysis."""

import statistics
import uuid
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.sittings.rules.analysis import Given, Remark, analyze

ONE, TWO, THREE = (uuid.UUID(int=n) for n in range(3))


def sitting(one, two, three, choice=None):
    ticked = frozenset() if choice is None else frozenset({choice})
    return {ONE: Given(Fraction(one), ticked), TWO: Given(Fraction(two)), THREE: Given(Fraction(three))}


def test_difficulty_is_the_mean_share():
    item = analyze([sitting(1, 0, 0)] * 3 + [sitting(0, 1, 1)] * 2, {})[ONE]
    assert (item.n, item.difficulty) == (5, Fraction(3, 5))
    assert item.is_small


def test_a_question_that_the_stronger_know_discriminates_and_its_opposite_does_not():
    strong, weak = sitting(1, 1, 1), sitting(0, 0, 0)
    items = analyze([strong] * 3 + [weak] * 3, {})
    assert items[ONE].discrimination == pytest.approx(1)
    upside_down = analyze([sitting(0, 1, 1)] * 3 + [sitting(1, 0, 0)] * 3, {})[ONE]
    assert upside_down.discrimination == pytest.approx(-1)
    assert Remark.NEGATIVE in upside_down.remarks


@pytest.mark.parametrize(
    ("share", "remark"), [(Fraction(0), Remark.TOO_HARD), (Fraction(1), Remark.TOO_EASY)], ids=["hard", "easy"]
)
def test_where_all_did_the_same_there_is_no_discrimination(share, remark):
    item = analyze([sitting(share, n % 2, 0) for n in range(6)], {})[ONE]
    assert item.discrimination is None
    assert item.remarks == (remark,)


def test_nothing_is_said_of_four_people():
    item = analyze([sitting(1, 0, 1, choice=0)] * 4, {ONE: (True, False)})[ONE]
    assert (item.n, item.difficulty, item.discrimination, item.choices) == (4, None, None, ())


def test_choices_show_whom_they_drew():
    strong = [sitting(0, 1, 1, choice=1)] * 2 + [sitting(1, 1, 1, choice=0)]
    weak = [sitting(1, 0, 0, choice=0)] * 2 + [sitting(0, 0, 0, choice=2)]
    right, misleading, plain, idle = analyze([*strong, *weak], {ONE: (True, False, False, False)})[ONE].choices
    assert (right.ticked, right.by_stronger, right.by_weaker, right.misleads) == (3, 1, 2, False)
    assert (misleading.ticked, misleading.misleads) == (2, True)
    assert (plain.ticked, plain.misleads, plain.drew_nobody) == (1, False, False)
    assert idle.drew_nobody


def test_people_who_were_asked_other_questions_count_where_they_were_asked():
    items = analyze([{ONE: Given(Fraction(1))}] * 5 + [{TWO: Given(Fraction(0))}] * 6, {})
    assert (items[ONE].n, items[TWO].n) == (5, 6)
    assert items[ONE].discrimination is None


@given(st.lists(st.tuples(*[st.fractions(0, 1, max_denominator=6)] * 3), min_size=5, max_size=40))
def test_agrees_with_the_library_and_stays_in_its_bounds(rows):
    items = analyze([sitting(*row) for row in rows], {})
    for position, question in enumerate((ONE, TWO, THREE)):
        item = items[question]
        assert item.difficulty == statistics.mean(row[position] for row in rows)
        mine = [float(row[position]) for row in rows]
        rest = [float(sum(row) - row[position]) for row in rows]
        if item.discrimination is None:
            assert len(set(mine)) == 1 or len({sum(row) - row[position] for row in rows}) == 1
        else:
            assert item.discrimination == pytest.approx(statistics.correlation(mine, rest), abs=1e-6)
            assert -1.000001 <= item.discrimination <= 1.000001
