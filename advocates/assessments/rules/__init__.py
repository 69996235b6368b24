"""Tests, skills and agreements: pure, plain values in and out."""

from advocates.assessments.rules.carrying import carried_agreements, with_carried
from advocates.assessments.rules.gates import (
    AssessmentFacts,
    Attempt,
    Gate,
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
    Standing,
    VoidReason,
    attempts_allowed,
    attempts_left,
    attempts_of,
    next_number,
    score_problem,
    standing,
)
from advocates.assessments.rules.wording import Block, BlockKind, blocks, is_name_of, text_sha256, tidy
from advocates.equivalence.rules import GateKind

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
    "Standing",
    "VoidReason",
    "attempts_allowed",
    "attempts_left",
    "attempts_of",
    "best_attempt",
    "blocks",
    "carried_agreements",
    "gates",
    "is_name_of",
    "is_passed",
    "next_number",
    "passing_attempt",
    "score_problem",
    "standing",
    "text_sha256",
    "tidy",
    "with_carried",
]
