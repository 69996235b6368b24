"""Tests, skills and agreements: pure, plain values in and out."""

from advocates.assessments.rules.asking import (
    BINDING,
    SignedAgreement,
    in_language,
    latest_signature,
    standing_signature,
)
from advocates.assessments.rules.carrying import carried_agreements, with_carried
from advocates.assessments.rules.gates import (
    AssessmentFacts,
    Attempt,
    Gate,
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
    "BINDING",
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
    "in_language",
    "is_name_of",
    "is_passed",
    "latest_signature",
    "next_number",
    "passing_attempt",
    "score_problem",
    "standing",
    "standing_signature",
    "text_sha256",
    "tidy",
    "with_carried",
]
