"""A version may ask for everything within so many days of the first credited one; two people may waive it."""

import json
from datetime import timedelta
from uuid import UUID

import pytest

from advocates.credentials.eligibility import assess_many
from advocates.credentials.rules import RequirementKind, assess, proof_of
from tests.credentials.test_rules import DAY, FIRST, SECOND, facts
from tests.factories.graduation import TAUGHT_ON, TESTED_ON, make_ready, make_short_cohort

FIRST_DAY = DAY - timedelta(days=29)


def within(days, **changed):
    return facts(**({"first_day": FIRST_DAY, "window_days": days} | changed))


@pytest.mark.parametrize(
    ("days", "expected"),
    [(None, []), (31, []), (30, []), (29, [("completion_window", 30, 29)]), (1, [("completion_window", 30, 1)])],
)
def test_the_first_and_the_last_day_count(days, expected):
    assert [(str(r.kind), r.needed, r.credited) for r in assess(within(days)).shortfalls] == expected


def test_evidence_of_one_day_takes_one():
    one_day = within(1, first_day=DAY, module_days={FIRST: DAY, SECOND: DAY})
    assert assess(one_day).is_ready


def test_a_late_gate_counts_as_much_as_a_late_class():
    early = {FIRST: FIRST_DAY, SECOND: FIRST_DAY}
    assert [r.kind for r in assess(within(29, module_days=early)).shortfalls] == [RequirementKind.COMPLETION_WINDOW]


def test_nothing_taken_yet_is_not_late():
    window = [r for r in assess(within(5, first_day=None)).requirements if r.kind is RequirementKind.COMPLETION_WINDOW]
    assert [(r.needed, r.is_met) for r in window] == [(0, True)]


def test_the_last_day_of_the_window_is_known_from_the_first():
    assert within(30).window_ends_on == DAY
    assert within(None).window_ends_on is None
    assert within(30, first_day=None).window_ends_on is None


def test_two_people_may_waive_it():
    verdict = assess(within(29, waivers={"completion_window": UUID(int=99)}))
    assert verdict.is_ready
    stated = {each["kind"]: each["waiver"] for each in json.loads(proof_of(verdict))["requirements"]}
    assert stated["completion_window"] == str(UUID(int=99))


def test_a_version_without_a_window_says_nothing_of_it():
    assert "completion_window" not in proof_of(assess(within(None)))


def test_the_window_of_the_version_decides_and_the_page_says_how_long_it_took(app, as_administrator):
    cohort = make_short_cohort(rules={"completion_window_days": 1})
    enrollment = make_ready(cohort)
    (short,) = assess_many([enrollment.id])[enrollment.id].shortfalls
    took = (TESTED_ON - TAUGHT_ON).days + 1
    assert (short.kind, short.needed, short.credited) == (RequirementKind.COMPLETION_WINDOW, took, 1)
    page = as_administrator.get(f"/enrollments/{enrollment.id}").text
    assert f"{took} of at most 1 days; the last is" in page
    graduation = as_administrator.get(f"/cohorts/{cohort.id}/graduation").text
    assert f"Days from the first to the last: {took}, at most 1 are given" in graduation
    wide = make_short_cohort(rules={"completion_window_days": took})
    ready = make_ready(wide, "Basil Thorne")
    assert assess_many([ready.id])[ready.id].is_ready
