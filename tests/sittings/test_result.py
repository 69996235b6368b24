"""Points as a whole number, by module, and what to review."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from advocates.sittings.rules.result import Earned, result_of


def test_halves_are_added_before_anything_is_rounded():
    result = result_of([Earned("a", Fraction(1, 2), 1), Earned("b", Fraction(1, 2), 1), Earned("a", Fraction(2, 3), 1)])
    assert (result.score, result.of) == (1, 3)
    assert [(each.module, each.points, each.of) for each in result.by_module] == [
        ("a", Fraction(7, 6), 2),
        ("b", Fraction(1, 2), 1),
    ]
    assert result.by_module[0].percent == 58


def test_there_is_no_score_while_something_waits():
    result = result_of([Earned("a", Fraction(1), 1), Earned("a", None, 3)])
    assert (result.score, result.of) == (None, 4)


def test_the_weakest_modules_are_reviewed_first():
    points = {"a": 7, "b": 2, "c": 5, "d": 10}
    result = result_of([Earned(module, Fraction(n), 10) for module, n in points.items()])
    assert [each.module for each in result.to_review(70)] == ["b", "c"]
    assert [each.module for each in result.to_review(10)] == ["b", "c", "a"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 5), st.integers(0, 12)), max_size=30))
def test_the_score_is_never_more_than_was_earned(rows):
    earned = [Earned(module, min(Fraction(n, 12), Fraction(1)) * of, of) for module, of, n in rows]
    result = result_of(earned)
    total = sum((row.points for row in earned), Fraction(0))
    assert result.score <= total < result.score + 1
    assert sum((each.points for each in result.by_module), Fraction(0)) == total
