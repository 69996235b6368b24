"""Knowledge gain on matched pairs."""

import uuid
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from advocates.sittings.rules.gain import LEAST, knowledge_gain

PEOPLE = [uuid.UUID(int=n) for n in range(12)]
SHARES = st.dictionaries(st.sampled_from(PEOPLE), st.fractions(0, 1, max_denominator=50))


def shares(*values):
    return {PEOPLE[n]: Fraction(value, 10) for n, value in enumerate(values) if value is not None}


def test_counts_only_people_with_both():
    gain = knowledge_gain(shares(4, 5, 5, 6, 5, 1, None), shares(8, 5, 7, 5, 10, None, 10))
    assert (gain.pairs, gain.only_before, gain.only_after) == (5, 1, 1)
    assert (gain.before, gain.after) == (Fraction(1, 2), Fraction(7, 10))
    assert gain.points == Fraction(1, 5)
    assert (gain.rose, gain.stayed, gain.fell) == (3, 1, 1)
    assert gain.is_small


def test_says_nothing_of_four_people():
    gain = knowledge_gain(shares(4, 5, 5, 6), shares(8, 5, 7, 5))
    assert gain.pairs == LEAST - 1
    assert (gain.before, gain.after, gain.points, gain.rose) == (None, None, None, None)


@given(SHARES, SHARES)
def test_who_has_only_one_of_the_tests_changes_no_figure(before, after):
    both = before.keys() & after.keys()
    whole = knowledge_gain(before, after)
    matched = knowledge_gain({p: before[p] for p in both}, {p: after[p] for p in both})
    assert (whole.pairs, whole.before, whole.after, whole.rose) == (
        matched.pairs,
        matched.before,
        matched.after,
        matched.rose,
    )
    assert whole.pairs + whole.only_before == len(before)
    assert whole.pairs + whole.only_after == len(after)


@given(SHARES, SHARES)
def test_the_other_way_round_the_gain_is_a_loss(before, after):
    there, back = knowledge_gain(before, after), knowledge_gain(after, before)
    if there.points is not None:
        assert there.points == -back.points
        assert (there.rose, there.fell) == (back.fell, back.rose)
        assert there.rose + there.stayed + there.fell == there.pairs
