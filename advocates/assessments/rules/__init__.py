"""Tests, skills and agreements: pure, plain values in and out."""

from advocates.assessments.rules.gates import (
    AssessmentFacts,
    Attempt,
    Gate,
    GateKind,
    SignedAgreement,
    SignedSkill,
    best_attempt,
    gates,
    is_passed,
    passing_attempt,
)
from advocates.assessments.rules.scores import (
    AssessmentKind,
    FurtherAttemptReason,
    Score,
    ScoreProblem,
    VoidReason,
    attempts_allowed,
    attempts_left,
    next_number,
    score_problem,
)
from advocates.assessments.rules.wording import Block, BlockKind, blocks, text_sha256, tidy

__all__ = [
    "AssessmentFacts",
    "AssessmentKind",
    "Attempt",
    "Block",
    "BlockKind",
    "FurtherAttemptReason",
    "Gate",
    "GateKind",
    "Score",
    "ScoreProblem",
    "SignedAgreement",
    "SignedSkill",
    "VoidReason",
    "attempts_allowed",
    "attempts_left",
    "best_attempt",
    "blocks",
    "gates",
    "is_passed",
    "next_number",
    "passing_attempt",
    "score_problem",
    "text_sha256",
    "tidy",
]
