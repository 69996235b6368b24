"""Who may sign, what a rubric is, and what may be said of a skill that was seen."""

import uuid
from datetime import date, timedelta

import pytest

from advocates.skills.rules import (
    Authorization,
    Criterion,
    Observed,
    Outcome,
    Problem,
    RubricProblem,
    State,
    Verdict,
    criteria_from_text,
    criteria_to_text,
    is_authorized,
    met_from_text,
    met_to_text,
    observed_problem,
    read_criteria,
    reconcile,
    rubric_problem,
    state_of,
    still_to_show,
)

ROSA, BO = uuid.UUID(int=1), uuid.UUID(int=2)
DAY = date(2026, 12, 5)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
CRITERIA = (Criterion("Asks"), Criterion("Waits"), Criterion("Offers", is_required=False))


@pytest.mark.parametrize(
    ("authorization", "is_it"),
    [
        (Authorization(ROSA, None, DAY), True),
        (Authorization(ROSA, "Listens", DAY), True),
        (Authorization(ROSA, "Closes", DAY), False),
        (Authorization(BO, None, DAY), False),
        (Authorization(ROSA, None, AFTER), False),
        (Authorization(ROSA, None, BEFORE, DAY), True),
        (Authorization(ROSA, None, BEFORE, BEFORE), False),
        (Authorization(ROSA, None, BEFORE, ended_on=AFTER), True),
        (Authorization(ROSA, None, BEFORE, ended_on=DAY), False),
        (Authorization(ROSA, None, DAY, ended_on=DAY), False),
    ],
)
def test_who_is_authorized_for_a_skill_on_a_day(authorization, is_it):
    assert is_authorized([authorization], ROSA, "Listens", DAY) is is_it


def test_nobody_is_authorized_without_an_authorization():
    assert not is_authorized([], ROSA, "Listens", DAY)


@pytest.mark.parametrize(
    ("outcome", "met", "observed_on", "next_try_on", "problem"),
    [
        ("done", {0, 1}, DAY, None, None),
        ("done", {0, 1, 2}, DAY, None, None),
        ("done", {0, 2}, DAY, None, Problem.CRITERIA_MISSING),
        ("done", set(), DAY, None, Problem.CRITERIA_MISSING),
        ("done", {0, 1}, DAY, BEFORE, None),
        ("done", {0, 1}, AFTER, None, Problem.DAY_TO_COME),
        ("done", {0, 1, 3}, DAY, None, Problem.UNKNOWN_CRITERION),
        ("done", {-1, 0, 1}, DAY, None, Problem.UNKNOWN_CRITERION),
        ("not_yet", set(), DAY, None, None),
        ("not_yet", {0, 1, 2}, DAY, DAY, None),
        ("not_yet", {0}, BEFORE, AFTER, None),
        ("not_yet", {0}, BEFORE, BEFORE, Problem.NEXT_TRY_PAST),
        ("not_yet", {0}, AFTER, AFTER, Problem.DAY_TO_COME),
    ],
)
def test_what_may_be_said_of_a_skill(outcome, met, observed_on, next_try_on, problem):
    said = Observed(Outcome(outcome), frozenset(met), observed_on, next_try_on)
    assert observed_problem(said, CRITERIA, DAY, DAY) is problem


def test_a_next_try_typed_without_network_is_held_against_the_day_it_was_typed():
    said = Observed(Outcome.NOT_YET, frozenset(), BEFORE, BEFORE)
    assert observed_problem(said, CRITERIA, DAY, BEFORE) is None


def test_what_is_still_to_show():
    assert still_to_show(CRITERIA, {0}) == CRITERIA[1:]
    assert still_to_show(CRITERIA, {0, 1, 2}) == ()


def test_a_skill_that_is_done_has_no_next_try():
    assert Observed(Outcome.DONE, frozenset(), DAY, AFTER).settled.next_try_on is None
    assert Observed(Outcome.NOT_YET, frozenset(), DAY, AFTER).settled.next_try_on == AFTER


DONE = Observed(Outcome.DONE, frozenset({0, 1}), DAY)
NOT_YET = Observed(Outcome.NOT_YET, frozenset({0}), DAY, AFTER)


@pytest.mark.parametrize(
    ("base", "version", "current", "wanted", "is_signed", "verdict"),
    [
        (0, 0, None, DONE, False, Verdict.SAVE),
        (1, 1, NOT_YET, DONE, False, Verdict.SAVE),
        (1, 1, NOT_YET, NOT_YET, False, Verdict.SAVE),
        (0, 1, NOT_YET, NOT_YET, False, Verdict.UNCHANGED),
        (0, 1, NOT_YET, DONE, False, Verdict.CONFLICT),
        (0, 1, DONE, DONE, True, Verdict.UNCHANGED),
        (1, 1, DONE, DONE, True, Verdict.UNCHANGED),
        (0, 1, DONE, NOT_YET, True, Verdict.CONFLICT),
        (0, 0, None, DONE, True, Verdict.UNCHANGED),
        # Taken back: it is seen again.
        (1, 1, DONE, DONE, False, Verdict.SAVE),
    ],
)
def test_two_who_saw_the_same_person(base, version, current, wanted, is_signed, verdict):
    assert reconcile(base, version, current, wanted, is_signed=is_signed) is verdict


@pytest.mark.parametrize(
    ("latest", "is_signed", "state"),
    [
        (None, False, State.NOT_SEEN),
        (None, True, State.SIGNED),
        (Outcome.NOT_YET, False, State.NOT_YET),
        (Outcome.NOT_YET, True, State.SIGNED),
        (Outcome.DONE, True, State.SIGNED),
        (Outcome.DONE, False, State.TAKEN_BACK),
    ],
)
def test_where_somebody_stands(latest, is_signed, state):
    assert state_of(latest, is_signed=is_signed) is state


def test_a_rubric_is_read_line_by_line():
    criteria = read_criteria("  Asks \r\n\r\n Waits  long ", "Offers\n")
    assert criteria == (Criterion("Asks"), Criterion("Waits long"), Criterion("Offers", is_required=False))
    assert criteria_from_text(criteria_to_text(criteria)) == criteria
    assert met_from_text(met_to_text({2, 0})) == {0, 2}


@pytest.mark.parametrize(
    ("required", "optional", "problem"),
    [
        ("Asks", "", None),
        ("\n ", "Offers", RubricProblem.NONE_REQUIRED),
        ("\n".join(f"Does {n}" for n in range(12)), "", None),
        ("\n".join(f"Does {n}" for n in range(12)), "Offers", RubricProblem.TOO_MANY),
        ("a" * 201, "", RubricProblem.TOO_LONG),
        ("Asks", "asks", RubricProblem.TWICE),
    ],
)
def test_what_a_rubric_must_be(required, optional, problem):
    assert rubric_problem(read_criteria(required, optional)) is problem
