"""Rubrics, authorizations and observations: pure, plain values in and out."""

from advocates.skills.rules.authorizing import Authorization, is_authorized
from advocates.skills.rules.observing import (
    Observed,
    Outcome,
    Problem,
    State,
    Verdict,
    met_from_text,
    met_to_text,
    observed_problem,
    reconcile,
    state_of,
    still_to_show,
)
from advocates.skills.rules.rubrics import (
    Criterion,
    RubricProblem,
    criteria_from_text,
    criteria_to_text,
    read_criteria,
    rubric_problem,
)

__all__ = [
    "Authorization",
    "Criterion",
    "Observed",
    "Outcome",
    "Problem",
    "RubricProblem",
    "State",
    "Verdict",
    "criteria_from_text",
    "criteria_to_text",
    "is_authorized",
    "met_from_text",
    "met_to_text",
    "observed_problem",
    "read_criteria",
    "reconcile",
    "rubric_problem",
    "state_of",
    "still_to_show",
]
