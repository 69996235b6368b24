"""Which gates of a version stand open."""

import uuid
from datetime import date

import pytest

from advocates.assessments.rules import (
    AssessmentFacts,
    AssessmentKind,
    Attempt,
    FurtherAttemptReason,
    Gate,
    GateKind,
    Score,
    ScoreProblem,
    SignedAgreement,
    SignedSkill,
    attempts_allowed,
    attempts_left,
    best_attempt,
    gates,
    is_passed,
    next_number,
    passing_attempt,
    score_problem,
    standing,
)
from advocates.curriculum.rules import PostTestRule
from tests.factories.curriculum import shipped_document

STRICT = PostTestRule(questions_at_least=50, pass_mark_percent=70, attempts=3)
RULES = shipped_document().rules
TRAINER = uuid.UUID(int=99)
TEXT = uuid.UUID(int=98)


def attempt(number: int, score: int, questions: int = 50, taken_on: date | None = None) -> Attempt:
    return Attempt(uuid.UUID(int=number), number, score, questions, taken_on or date(2026, 12, number))


@pytest.mark.parametrize(
    ("score", "questions", "mark", "expected"),
    [
        (35, 50, 70, True),
        (34, 50, 70, False),
        (50, 50, 100, True),
        (49, 50, 100, False),
        (0, 50, 1, False),
        (1, 50, 1, True),
        (38, 55, 70, False),  # 69.09 %
        (39, 55, 70, True),
        (699, 1000, 70, False),  # 69.9 % is not 70 %
        (49, 49, 70, False),  # all right, but too few questions
        (60, 60, 70, True),
    ],
)
def test_a_score_passes_at_the_mark_over_enough_questions(score, questions, mark, expected):
    assert is_passed(score, questions, PostTestRule(50, mark, 3)) is expected


@pytest.mark.parametrize(
    ("kind", "made", "expected"),
    [
        (AssessmentKind.PRE_TEST, 0, 1),
        (AssessmentKind.PRE_TEST, 1, 0),
        (AssessmentKind.POST_TEST, 0, 3),
        (AssessmentKind.POST_TEST, 2, 1),
        (AssessmentKind.POST_TEST, 3, 0),
        (AssessmentKind.POST_TEST, 4, 0),
    ],
)
def test_attempts_left_never_fall_below_zero(kind, made, expected):
    assert attempts_left(made, attempts_allowed(kind, STRICT)) == expected


@pytest.mark.parametrize(
    ("attempts", "expected"),
    [
        ([], None),
        ([attempt(1, 20), attempt(2, 30)], 2),
        ([attempt(1, 30), attempt(2, 20)], 1),
        ([attempt(1, 30), attempt(2, 60, 100)], 1),  # equal shares: the earlier
        ([attempt(1, 30), attempt(2, 10, 10)], 1),  # ten of ten is no test of fifty
        ([attempt(1, 10, 10)], 1),
    ],
)
def test_the_best_attempt_is_the_highest_share_over_enough_questions(attempts, expected):
    best = best_attempt(attempts, STRICT)
    assert (best.number if best else None) == expected


def test_the_first_pass_opens_the_gate_whatever_was_typed_first():
    late, early = attempt(1, 45, taken_on=date(2026, 12, 9)), attempt(2, 40, taken_on=date(2026, 12, 2))
    assert passing_attempt([late, early, attempt(3, 10)], STRICT) == early
    assert passing_attempt([attempt(1, 34)], STRICT) is None


def test_the_next_number_follows_the_highest_that_stands():
    assert next_number([]) == 1
    assert next_number([attempt(2, 10)]) == 3


def test_nothing_recorded_leaves_every_gate_closed_in_the_version_s_order():
    closed = gates(RULES, AssessmentFacts(uuid.UUID(int=7)))
    assert [gate.kind for gate in closed] == [
        GateKind.PRE_TEST,
        GateKind.POST_TEST,
        *[GateKind.SKILL] * 6,
        *[GateKind.AGREEMENT] * 2,
    ]
    assert not any(gate.is_open for gate in closed)
    assert [gate.name for gate in closed[-2:]] == ["code_of_ethics", "confidentiality"]


def test_open_gates_name_their_evidence_and_its_day():
    first = SignedAgreement(uuid.UUID(int=30), "confidentiality", 1, date(2026, 11, 2), TEXT)
    skill = SignedSkill(uuid.UUID(int=20), RULES.skills[0], date(2026, 12, 5), TRAINER)
    facts = AssessmentFacts(
        uuid.UUID(int=7),
        pre_test_taken=attempt(1, 3, 20),
        post_test_attempts=(attempt(1, 20), attempt(2, 41)),
        signed_skills=(skill, SignedSkill(uuid.UUID(int=21), "A skill of another version", date(2026, 12, 5), TRAINER)),
        signed_agreements=(
            SignedAgreement(uuid.UUID(int=31), "confidentiality", 2, date(2026, 12, 8), TEXT),
            first,
        ),
    )
    assert [gate for gate in gates(RULES, facts) if gate.is_open] == [
        Gate(GateKind.PRE_TEST, "", uuid.UUID(int=1), date(2026, 12, 1)),
        Gate(GateKind.POST_TEST, "", uuid.UUID(int=2), date(2026, 12, 2)),
        Gate(GateKind.SKILL, RULES.skills[0], skill.id, date(2026, 12, 5)),
        Gate(GateKind.AGREEMENT, "confidentiality", first.id, date(2026, 11, 2), first),
    ]


def test_a_failed_post_test_leaves_its_gate_closed_but_a_poor_pre_test_opens_its_own():
    facts = AssessmentFacts(
        uuid.UUID(int=7), pre_test_taken=attempt(1, 0), post_test_attempts=(attempt(1, 34), attempt(2, 34))
    )
    pre, post = gates(RULES, facts)[:2]
    assert pre.is_open
    assert not post.is_open


ENROLLMENT = uuid.UUID(int=7)
POST, PRE = AssessmentKind.POST_TEST, AssessmentKind.PRE_TEST
THREE = [attempt(1, 10), attempt(2, 10), attempt(3, 10)]
COACHED = FurtherAttemptReason.AFTER_COACHING


@pytest.mark.parametrize(
    ("score", "questions", "kind", "attempts", "may_grant", "expected"),
    [
        (Score(ENROLLMENT, 1, 41), 50, POST, [], False, None),
        (Score(ENROLLMENT, 3, 41), 50, POST, THREE[:2], False, None),
        (
            Score(ENROLLMENT, 2, 41),
            50,
            POST,
            [attempt(1, 40)],
            False,
            None,
        ),  # a pass before is no bar
        (Score(ENROLLMENT, 1, 41), 50, POST, THREE[:1], False, ScoreProblem.RECORDED_MEANWHILE),
        (Score(ENROLLMENT, 2, 41), 50, POST, [], False, ScoreProblem.RECORDED_MEANWHILE),
        (Score(ENROLLMENT, 1, 51), 50, POST, [], False, ScoreProblem.MORE_THAN_QUESTIONS),
        (Score(ENROLLMENT, 1, 41), 49, POST, [], False, ScoreProblem.TOO_FEW_QUESTIONS),
        (Score(ENROLLMENT, 4, 41), 50, POST, THREE, False, ScoreProblem.NO_ATTEMPT_LEFT),
        (Score(ENROLLMENT, 4, 41, COACHED), 50, POST, THREE, False, ScoreProblem.NO_ATTEMPT_LEFT),
        (Score(ENROLLMENT, 4, 41), 50, POST, THREE, True, ScoreProblem.REASON_NEEDED),
        (Score(ENROLLMENT, 4, 41, COACHED), 50, POST, THREE, True, None),
        (Score(ENROLLMENT, 3, 41), 50, POST, THREE[1:2], False, None),  # the first was taken back
        (Score(ENROLLMENT, 1, 0), 10, PRE, [], False, None),
        (Score(ENROLLMENT, 2, 9, COACHED), 10, PRE, [attempt(1, 0, 10)], True, ScoreProblem.NO_ATTEMPT_LEFT),
    ],
)
def test_a_score_is_recorded_while_attempts_are_left_or_granted(score, questions, kind, attempts, may_grant, expected):
    assert score_problem(score, questions, kind, attempts, STRICT, may_grant=may_grant) is expected


def test_a_standing_tells_what_passed_and_what_is_left():
    facts = AssessmentFacts(ENROLLMENT, attempt(1, 0, 10), (attempt(1, 20), attempt(2, 40)))
    post, pre = standing(POST, facts, STRICT), standing(PRE, facts, STRICT)
    assert (post.passed, post.attempts_left, post.next_number) == ({uuid.UUID(int=2)}, 1, 3)
    assert (pre.passed, pre.attempts_left, pre.next_number) == ({uuid.UUID(int=1)}, 0, 2)
