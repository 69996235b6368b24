"""Tests, skills and agreements from before a transfer: they stand where the map says so (Hours 7)."""

from collections.abc import Iterable
from dataclasses import replace

from advocates.assessments.rules.asking import SignedAgreement
from advocates.assessments.rules.gates import AssessmentFacts
from advocates.equivalence.rules import GateKind, GateLine


def with_carried(here: AssessmentFacts, left: AssessmentFacts, gates: Iterable[GateLine]) -> AssessmentFacts:
    """What stands of an enrollment together with what the one that was left hands on, which came earlier.

    Each row keeps its id, so a proof still names the evidence itself, and one voided later stands nowhere.
    """
    mapped = tuple(gates)
    kinds = {gate.kind for gate in mapped}
    skills = {gate.from_name: gate.to_name for gate in mapped if gate.kind is GateKind.SKILL}
    own_skills = {signed.skill for signed in here.signed_skills}
    earlier = [replace(signed, skill=skills[signed.skill]) for signed in left.signed_skills if signed.skill in skills]
    return replace(
        here,
        pre_test_taken=(left.pre_test_taken if GateKind.PRE_TEST in kinds else None) or here.pre_test_taken,
        post_test_attempts=(
            *(left.post_test_attempts if GateKind.POST_TEST in kinds else ()),
            *here.post_test_attempts,
        ),
        signed_skills=(*(signed for signed in earlier if signed.skill not in own_skills), *here.signed_skills),
        signed_agreements=(*carried_agreements(left.signed_agreements, mapped), *here.signed_agreements),
    )


def carried_agreements(left: Iterable[SignedAgreement], gates: Iterable[GateLine]) -> tuple[SignedAgreement, ...]:
    """The signatures that stand in the version that people went on in."""
    keys = {gate.from_name: gate.to_name for gate in gates if gate.kind is GateKind.AGREEMENT}
    return tuple(replace(signed, key=keys[signed.key]) for signed in left if signed.key in keys)
