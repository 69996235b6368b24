"""Eligibility as a table of cases: every requirement, every way to fall short by one, and the proof."""

import json
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.assessments.rules import AssessmentFacts, Attempt, SignedAgreement, SignedSkill
from advocates.credentials.rules import (
    PROOF_FORMAT,
    Facts,
    Requirement,
    RequirementKind,
    WaiverRefusal,
    assess,
    decision_refusal,
    proof_of,
    proposal_refusal,
    reading_key,
    requirements_of,
    sha256_of,
)
from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import Agreement, PostTestRule
from advocates.hours.rules import RULE_VERSION, ModuleHours, Part, Slice, VersionHours, balance
from tests.factories.curriculum import shipped_document

FIRST, SECOND, ELECTIVE = (UUID(int=n) for n in (1, 2, 3))
ENROLLMENT, VERSION, WAIVER = (UUID(int=n) for n in (10, 11, 12))
IN_PERSON, ONLINE = DeliveryMode.IN_PERSON, DeliveryMode.LIVE_ONLINE
DAY = date(2026, 12, 1)
RULES = replace(
    shipped_document().rules,
    post_test=PostTestRule(questions_at_least=50, pass_mark_percent=70, attempts=3),
    skills=("Listens", "Hands over"),
    agreements=(Agreement.CODE_OF_ETHICS,),
)
HOURS = VersionHours(2400, {FIRST: ModuleHours(1500, position=0), SECOND: ModuleHours(900, position=1)})
NAME = Requirement(RequirementKind.CERTIFICATE_NAME, "", 1, 1, (UUID(int=20),))
OPEN_GATES = AssessmentFacts(
    ENROLLMENT,
    Attempt(UUID(int=21), 1, 0, 50, DAY),
    (Attempt(UUID(int=22), 1, 35, 50, DAY),),
    (SignedSkill(UUID(int=23), "Listens", DAY, WAIVER), SignedSkill(UUID(int=24), "Hands over", DAY, WAIVER)),
    (SignedAgreement(UUID(int=25), "code_of_ethics", 1, DAY, text_id=UUID(int=27)),),
)


def facts(parts=None, *, hours=HOURS, gates=OPEN_GATES, name=NAME, **changed):
    parts = [Part(FIRST, 0, 1500, IN_PERSON), Part(SECOND, 0, 900, IN_PERSON)] if parts is None else parts
    values = {
        "enrollment_id": ENROLLMENT,
        "version_id": VERSION,
        "is_open": True,
        "hours": hours,
        "balance": balance(parts, hours),
        "entries": {FIRST: (UUID(int=30),), SECOND: (UUID(int=31),)},
        "module_days": {FIRST: DAY, SECOND: DAY},
        "gates": (*requirements_of(RULES, gates), name),
        "waivers": {},
    }
    return Facts(**(values | changed))


def short(of):
    return [(str(r.kind), r.needed, r.credited) for r in assess(of).shortfalls]


def test_everything_shown_is_ready():
    assert assess(facts()).is_ready


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (1500, 900, []),
        (1500, 899, [("contact_minutes", 2400, 2399), ("module", 900, 899)]),
        (1499, 900, [("contact_minutes", 2400, 2399), ("module", 1500, 1499)]),
        (0, 900, [("contact_minutes", 2400, 900), ("module", 1500, 0)]),
    ],
)
def test_one_minute_short_is_not_ready(first, second, expected):
    parts = [Part(module, 0, minutes, IN_PERSON) for module, minutes in ((FIRST, first), (SECOND, second)) if minutes]
    assert short(facts(parts)) == expected


def test_the_missing_slice_is_named():
    parts = [Part(FIRST, 0, 85, IN_PERSON), Part(FIRST, 120, 1500, IN_PERSON), Part(SECOND, 0, 900, IN_PERSON)]
    (module,) = (r for r in assess(facts(parts)).shortfalls if r.kind is RequirementKind.MODULE)
    assert (module.subject, module.missing) == (str(FIRST), (Slice(85, 120),))


@pytest.mark.parametrize(
    ("in_person", "expected"),
    [(1200, []), (1199, [("delivery_minimum", 1200, 1199)])],
)
def test_minutes_of_a_mode_have_their_own_minimum(in_person, expected):
    hours = replace(HOURS, delivery_minimums={IN_PERSON: 1200})
    parts = [
        Part(FIRST, 0, in_person, IN_PERSON),
        Part(FIRST, in_person, 1500, ONLINE),
        Part(SECOND, 0, 900, ONLINE),
    ]
    assert short(facts(parts, hours=hours)) == expected


def test_minutes_beyond_a_cap_are_missing_and_the_cap_says_why():
    hours = replace(HOURS, delivery_caps={ONLINE: 800})
    parts = [Part(FIRST, 0, 1500, IN_PERSON), Part(SECOND, 0, 900, ONLINE)]
    assert short(facts(parts, hours=hours)) == [
        ("contact_minutes", 2400, 2300),
        ("module", 900, 800),
        ("delivery_cap", 900, 800),
    ]


@pytest.mark.parametrize(
    ("taken", "expected"), [(60, []), (59, [("contact_minutes", 2400, 2399), ("electives", 60, 59)])]
)
def test_electives_are_owed_in_all(taken, expected):
    modules = {FIRST: ModuleHours(2340), ELECTIVE: ModuleHours(120, is_required=False, position=1)}
    hours = VersionHours(2400, modules, electives_owed_minutes=60)
    parts = [Part(FIRST, 0, 2340, IN_PERSON), Part(ELECTIVE, 0, taken, IN_PERSON)]
    of = facts(parts, hours=hours, entries={ELECTIVE: (UUID(int=32),)})
    assert short(of) == expected
    (electives,) = (r for r in assess(of).requirements if r.kind is RequirementKind.ELECTIVES)
    assert electives.evidence == (UUID(int=32),)


@given(
    minutes=st.lists(st.tuples(st.sampled_from([FIRST, SECOND]), st.integers(0, 890), st.integers(1, 700)), max_size=8),
    caps=st.dictionaries(st.sampled_from(list(DeliveryMode)), st.integers(0, 900), max_size=2),
    least=st.integers(0, 1300),
)
def test_minutes_fall_short_exactly_where_the_balance_is_not_complete(minutes, caps, least):
    hours = replace(HOURS, delivery_caps=caps, delivery_minimums={IN_PERSON: least})
    modes = list(DeliveryMode)
    parts = [Part(m, start, min(start + n, HOURS.modules[m].minutes), modes[n % 4]) for m, start, n in minutes]
    of = facts(parts, hours=hours)
    assert assess(of).is_ready == of.balance.is_complete


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"pre_test_taken": None}, "pre_test"),
        ({"post_test_attempts": ()}, "post_test"),
        ({"signed_skills": OPEN_GATES.signed_skills[:1]}, "skill"),
        ({"signed_agreements": ()}, "agreement"),
    ],
)
def test_each_gate_alone_keeps_a_person_back_until_it_is_waived(changed, kind):
    of = facts(gates=replace(OPEN_GATES, **changed))
    (gate,) = assess(of).shortfalls
    assert gate.kind == kind
    verdict = assess(replace(of, waivers={gate.key: WAIVER}))
    assert verdict.is_ready
    assert [r.key for r in verdict.requirements if r.waiver_id == WAIVER] == [gate.key]


@pytest.mark.parametrize(
    ("attempts", "needed", "credited", "out_of", "left", "is_met"),
    [
        ([], 35, 0, 50, 3, False),
        ([(31, 50)], 35, 31, 50, 2, False),
        ([(34, 50)], 35, 34, 50, 2, False),
        ([(35, 50)], 35, 35, 50, 2, True),
        ([(31, 50), (29, 50)], 35, 31, 50, 1, False),
        ([(31, 50), (36, 50), (40, 50)], 35, 36, 50, 0, True),
        ([(38, 55)], 39, 38, 55, 2, False),  # 70 % of 55 is 38.5: 39 right answers
        ([(39, 55)], 39, 39, 55, 2, True),
        ([(49, 49)], 35, 0, 50, 2, False),  # too few questions show nothing
        ([(30, 50), (49, 49)], 35, 30, 50, 1, False),
        ([(30, 50)] * 4, 35, 30, 50, 0, False),  # an administrator granted a fourth
    ],
)
def test_the_post_test_tells_what_was_shown_against_the_mark(attempts, needed, credited, out_of, left, is_met):
    taken = tuple(Attempt(UUID(int=40 + n), n, *score, DAY) for n, score in enumerate(attempts, start=1))
    gate = requirements_of(RULES, replace(OPEN_GATES, post_test_attempts=taken))[1]
    assert (gate.needed, gate.credited, gate.out_of, gate.attempts_left) == (needed, credited, out_of, left)
    assert gate.attempts_made == len(attempts)
    assert gate.is_met is is_met
    assert bool(gate.evidence) is is_met


def test_contact_minutes_and_the_name_are_never_waived():
    unnamed = replace(NAME, credited=0, evidence=())
    of = facts([Part(FIRST, 0, 1500, IN_PERSON)], name=unnamed)
    everything = {r.key: WAIVER for r in assess(of).requirements}
    assert [str(r.kind) for r in assess(replace(of, waivers=everything)).shortfalls] == [
        "contact_minutes",
        "module",
        "certificate_name",
    ]


def test_a_waiver_of_what_is_shown_meanwhile_stands_in_for_nothing():
    verdict = assess(facts(waivers={"pre_test": WAIVER}))
    assert all(r.waiver_id is None for r in verdict.requirements)


def test_a_closed_enrollment_is_never_ready():
    assert short(facts(is_open=False)) == [("enrollment", 1, 0)]


@pytest.mark.parametrize(
    ("modules", "tested", "expected"),
    [
        ({FIRST: date(2026, 12, 3), SECOND: date(2026, 12, 8)}, date(2026, 12, 5), date(2026, 12, 8)),
        ({FIRST: date(2026, 12, 3)}, date(2026, 12, 5), date(2026, 12, 5)),
        ({}, None, None),
    ],
)
def test_completion_is_the_last_day_of_evidence(modules, tested, expected):
    gates = AssessmentFacts(ENROLLMENT)
    if tested:
        gates = replace(gates, pre_test_taken=Attempt(UUID(int=21), 1, 0, 50, tested))
    assert assess(facts(gates=gates, module_days=modules)).completed_on == expected


def test_a_failed_attempt_is_no_evidence_and_moves_no_day():
    late = Attempt(UUID(int=26), 2, 10, 50, date(2027, 1, 9))
    of = facts(gates=replace(OPEN_GATES, post_test_attempts=(*OPEN_GATES.post_test_attempts, late)))
    assert assess(of).completed_on == DAY


def test_the_proof_states_needed_credited_evidence_and_waiver_of_each_requirement():
    of = facts(gates=replace(OPEN_GATES, pre_test_taken=None), waivers={"pre_test": WAIVER})
    proof = json.loads(proof_of(assess(of)))
    assert (proof["format"], proof["rule_version"], proof["credited_minutes"]) == (PROOF_FORMAT, RULE_VERSION, 2400)
    assert proof["completed_on"] == "2026-12-01"
    assert proof["minutes_by_mode"]["in_person"] == 2400
    by_kind = {r["kind"]: r for r in proof["requirements"]}
    assert by_kind["pre_test"] == {
        "kind": "pre_test",
        "subject": "",
        "needed": 1,
        "credited": 0,
        "evidence": [],
        "waiver": str(WAIVER),
        "details": {},
    }
    assert by_kind["skill"]["details"] == {"signed_by": str(WAIVER)}
    assert by_kind["module"]["evidence"] == [str(UUID(int=31))]
    assert (by_kind["post_test"]["needed"], by_kind["post_test"]["credited"]) == (35, 35)


def test_the_proof_lists_what_is_met_too_and_equal_facts_give_equal_bytes():
    hours = replace(HOURS, delivery_minimums={IN_PERSON: 1200})
    first, second = (proof_of(assess(facts(hours=hours))) for _ in range(2))
    assert first == second
    assert '"kind":"delivery_minimum","needed":1200' in first
    assert sha256_of(first) == sha256_of(second) != sha256_of(first + " ")


TRAINEE, TRAINER, ADMINISTRATOR = (UUID(int=n) for n in (50, 51, 52))
VERDICT = assess(facts([], gates=replace(OPEN_GATES, pre_test_taken=None, signed_skills=())))


@pytest.mark.parametrize(
    ("key", "actor", "standing", "expected"),
    [
        ("pre_test", TRAINER, [], None),
        ("skill:Listens", TRAINER, [], None),
        ("skill:Listens", TRAINER, ["skill:Hands over"], None),
        ("post_test", TRAINER, [], WaiverRefusal.NOT_OPEN),
        ("skill:Juggles", TRAINER, [], WaiverRefusal.NOT_OPEN),
        ("skill", TRAINER, [], WaiverRefusal.NOT_OPEN),
        ("contact_minutes", TRAINER, [], WaiverRefusal.NOT_WAIVABLE),
        (f"module:{FIRST}", TRAINER, [], WaiverRefusal.NOT_WAIVABLE),
        ("certificate_name", TRAINER, [], WaiverRefusal.NOT_WAIVABLE),
        ("enrollment", TRAINER, [], WaiverRefusal.NOT_WAIVABLE),
        ("", TRAINER, [], WaiverRefusal.NOT_WAIVABLE),
        ("pre_test", TRAINER, ["pre_test"], WaiverRefusal.ALREADY_PROPOSED),
        ("pre_test", TRAINEE, [], WaiverRefusal.OWN_ENROLLMENT),
        ("contact_minutes", TRAINEE, [], WaiverRefusal.OWN_ENROLLMENT),
    ],
)
def test_who_may_propose_to_waive_what(key, actor, standing, expected):
    assert proposal_refusal(key, VERDICT, standing, actor_id=actor, trainee_id=TRAINEE) == expected


@pytest.mark.parametrize(
    ("actor", "is_undecided", "expected"),
    [
        (ADMINISTRATOR, True, None),
        (ADMINISTRATOR, False, WaiverRefusal.ALREADY_DECIDED),
        (TRAINER, True, WaiverRefusal.SAME_PERSON),
        (TRAINER, False, WaiverRefusal.SAME_PERSON),
        (TRAINEE, True, WaiverRefusal.OWN_ENROLLMENT),
    ],
)
def test_who_may_decide(actor, is_undecided, expected):
    refusal = decision_refusal(is_undecided=is_undecided, proposed_by=TRAINER, actor_id=actor, trainee_id=TRAINEE)
    assert refusal == expected


def test_names_are_read_in_the_order_of_their_letters():
    names = ["王秀英", "Zed", "Łucja", "Ágnes", "Đặng", "Lena", "abel", "محمد", "Ø", "Mira"]
    assert sorted(names, key=reading_key) == [
        "abel",
        "Ágnes",
        "Đặng",
        "Lena",
        "Łucja",
        "Mira",
        "Ø",
        "Zed",
        "محمد",
        "王秀英",
    ]
