"""Eligibility and its proof: pure, plain values in and out."""

from advocates.credentials.rules.change import Change, change_since
from advocates.credentials.rules.gates import requirements_of
from advocates.credentials.rules.proof import PROOF_FORMAT, proof_of, sha256_of
from advocates.credentials.rules.reading import reading_key
from advocates.credentials.rules.requirements import (
    WAIVABLE,
    Eligibility,
    Facts,
    Requirement,
    RequirementKind,
    assess,
)
from advocates.credentials.rules.waivers import WaiverReason, WaiverRefusal, decision_refusal, proposal_refusal

__all__ = [
    "PROOF_FORMAT",
    "WAIVABLE",
    "Change",
    "Eligibility",
    "Facts",
    "Requirement",
    "RequirementKind",
    "WaiverReason",
    "WaiverRefusal",
    "assess",
    "change_since",
    "decision_refusal",
    "proof_of",
    "proposal_refusal",
    "reading_key",
    "requirements_of",
    "sha256_of",
]
