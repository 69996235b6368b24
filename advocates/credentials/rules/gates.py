"""The gates of a version as requirements: how much each needs and what is shown for it (DOMAIN "Completion gates")."""

from collections.abc import Iterator
from dataclasses import replace

from advocates.assessments.rules import (
    AssessmentFacts,
    AssessmentKind,
    Attempt,
    Gate,
    GateKind,
    SignedAgreement,
    attempts_allowed,
    attempts_left,
    best_attempt,
    gates,
    passing_attempt,
)
from advocates.credentials.rules.requirements import Requirement, RequirementKind
from advocates.curriculum.rules import PostTestRule, VersionRules


def requirements_of(rules: VersionRules, facts: AssessmentFacts) -> tuple[Requirement, ...]:
    """One requirement for each gate of the version, in its order: pre-test, post-test, skills, agreements."""
    return tuple(_requirements(rules, facts))


def _requirements(rules: VersionRules, facts: AssessmentFacts) -> Iterator[Requirement]:
    for gate in gates(rules, facts):
        if gate.kind is GateKind.POST_TEST:
            yield _post_test(rules.post_test, facts.post_test_attempts)
        elif gate.kind is GateKind.SKILL:
            yield replace(_done_once(gate), details=_signer_of(facts, gate))
        else:
            yield _done_once(gate)


def _done_once(gate: Gate) -> Requirement:
    evidence = (gate.evidence_id,) if gate.evidence_id else ()
    kind = RequirementKind(gate.kind.value)
    return Requirement(
        kind, gate.name, 1, int(gate.is_open), evidence, shown_on=gate.opened_on, details=_text_of(gate.signed)
    )


def _signer_of(facts: AssessmentFacts, gate: Gate) -> tuple[tuple[str, str | int], ...]:
    """Who signed the skill, and the edition of its rubric; a signature from before there were rubrics names none."""
    for signed in facts.signed_skills:
        if signed.id == gate.evidence_id:
            rubric = (("rubric", signed.rubric_number),) if signed.rubric_number else ()
            return ("signed_by", str(signed.signed_by)), *rubric
    return ()


def _text_of(signed: SignedAgreement | None) -> tuple[tuple[str, str | int], ...]:
    """Which text of an agreement the signature stands under."""
    if signed is None:
        return ()
    return (
        ("text", signed.key),
        ("version", signed.version),
        ("language", signed.language),
        ("sha256", signed.text_sha256),
    )


def _post_test(rule: PostTestRule, attempts: tuple[Attempt, ...]) -> Requirement:
    """Right answers against those the mark asks for. The attempt that passed counts, else the best of enough questions.

    Attempts over too few questions use up a try and show nothing.
    """
    full = [attempt for attempt in attempts if attempt.questions >= rule.questions_at_least]
    passed = passing_attempt(full, rule)
    shown = passed or best_attempt(full, rule)
    questions = shown.questions if shown else rule.questions_at_least
    return Requirement(
        RequirementKind.POST_TEST,
        "",
        needed=-(-rule.pass_mark_percent * questions // 100),
        credited=shown.score if shown else 0,
        evidence=(passed.id,) if passed else (),
        out_of=questions,
        attempts_made=len(attempts),
        attempts_left=attempts_left(len(attempts), attempts_allowed(AssessmentKind.POST_TEST, rule)),
        shown_on=passed.taken_on if passed else None,
    )
