"""Grades that people give, and corrections."""

import uuid
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.question_bank.rules import Choice, Criterion, Kind, Question
from advocates.sittings.rules.grading import (
    Grade,
    GradeProblem,
    GradeRole,
    RegradeWay,
    grade_problem,
    keeps_its_parts,
    points_of,
    regraded,
    rubric_of,
)

TAKER, TRAINER, OTHER = (uuid.UUID(int=n) for n in range(3))
RUBRIC = (Criterion("Names a safe place", 2), Criterion("Asks before acting", 3))
ESSAY = Question(Kind.ESSAY, "What do you say first?", key="first", module="a", points=5, rubric=RUBRIC)
SINGLE = Question(
    Kind.SINGLE, "Which one?", key="one", module="a", choices=(Choice("this", True), Choice("that", False))
)
SCENARIO = Question(Kind.SCENARIO, "At the door.", key="door", module="a", questions=(SINGLE, replace(ESSAY, key="")))
FIRST = Grade(GradeRole.FIRST, TRAINER, (1, 2))


@pytest.mark.parametrize(
    ("question", "lines", "grader", "before", "is_disputed", "problem"),
    [
        (ESSAY, (2, 3), TRAINER, (), False, None),
        (ESSAY, (0, 0), TRAINER, (), False, None),
        (SCENARIO, (2, 3), TRAINER, (), False, None),
        (SINGLE, (1,), TRAINER, (), False, GradeProblem.NOT_AN_ESSAY),
        (ESSAY, (2, 3), TAKER, (), False, GradeProblem.OWN_WORK),
        (ESSAY, (2,), TRAINER, (), False, GradeProblem.LINES_MISSING),
        (ESSAY, (3, 3), TRAINER, (), False, GradeProblem.MORE_THAN_LINE),
        (ESSAY, (-1, 3), TRAINER, (), False, GradeProblem.MORE_THAN_LINE),
        (ESSAY, (2, 3), OTHER, (FIRST,), False, GradeProblem.GRADED_BEFORE),
        (ESSAY, (2, 3), TRAINER, (FIRST,), True, GradeProblem.SAME_GRADER),
        (ESSAY, (2, 3), TAKER, (FIRST,), True, GradeProblem.OWN_WORK),
        (ESSAY, (2, 3), OTHER, (FIRST,), True, None),
    ],
)
def test_who_may_give_what(question, lines, grader, before, is_disputed, problem):
    assert grade_problem(question, lines, grader, TAKER, before, is_disputed=is_disputed) is problem


def test_a_scenario_is_scored_by_rule_and_graded_by_a_person():
    answer = {"answers": [{"choice": 0}, {"text": "I ask."}]}
    assert rubric_of(SCENARIO) == RUBRIC
    assert points_of(SCENARIO, answer, ()) is None
    assert points_of(SCENARIO, answer, (FIRST,)) == 4
    assert points_of(SINGLE, {"choice": 0}, ()) == 1


@pytest.mark.parametrize("answer", [None, {}, {"text": " \n"}])
def test_an_essay_that_nobody_wrote_waits_for_nobody(answer):
    assert points_of(ESSAY, answer, ()) == 0


def test_a_second_grade_never_takes_points_away():
    higher, lower = (Grade(GradeRole.SECOND, OTHER, lines) for lines in ((2, 3), (0, 1)))
    assert points_of(ESSAY, {"text": "I ask."}, (FIRST, higher)) == 5
    assert points_of(ESSAY, {"text": "I ask."}, (FIRST, lower)) == 3


CORRECTED = replace(SINGLE, choices=(Choice("this", False), Choice("that", True)))


@pytest.mark.parametrize(
    ("choice", "way", "points"),
    [
        (0, RegradeWay.NEW_KEY, 1),
        (1, RegradeWay.NEW_KEY, 1),
        (None, RegradeWay.NEW_KEY, 0),
        (None, RegradeWay.ACCEPT_ALL, 1),
    ],
)
def test_a_corrected_question_keeps_the_better_result(choice, way, points):
    assert regraded(SINGLE, CORRECTED, way, {"choice": choice}, ()) == points


def test_what_waits_for_a_grade_waits_on_and_all_points_need_none():
    assert regraded(ESSAY, ESSAY, RegradeWay.NEW_KEY, {"text": "I ask."}, ()) is None
    assert regraded(ESSAY, ESSAY, RegradeWay.ACCEPT_ALL, {"text": "I ask."}, ()) == Fraction(5)


@pytest.mark.parametrize(
    ("old", "new", "keeps"),
    [
        (SINGLE, CORRECTED, True),
        (SINGLE, replace(SINGLE, text="Which of the two?"), True),
        (SINGLE, replace(SINGLE, choices=(*SINGLE.choices, Choice("neither", False))), False),
        (SINGLE, replace(SINGLE, points=2), False),
        (SINGLE, ESSAY, False),
        (SCENARIO, replace(SCENARIO, questions=(CORRECTED, SCENARIO.questions[1])), True),
        (SCENARIO, replace(SCENARIO, questions=(SCENARIO.questions[1], SINGLE)), False),
    ],
)
def test_answers_can_be_scored_by_a_question_with_the_same_parts(old, new, keeps):
    assert keeps_its_parts(old, new) is keeps


@given(st.integers(0, 1), st.booleans(), st.sampled_from(RegradeWay))
def test_a_correction_never_lowers(choice, second_is_right, way):
    new = replace(SINGLE, choices=(Choice("this", not second_is_right), Choice("that", second_is_right)))
    assert regraded(SINGLE, new, way, {"choice": choice}, ()) >= points_of(SINGLE, {"choice": choice}, ())
