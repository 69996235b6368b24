"""Curriculum files and publishing, as tables of cases and as properties."""

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import (
    CurriculumDocument,
    CurriculumFileError,
    MakeUpRoute,
    Minutes,
    place,
    publishing_problems,
    read_document,
    required_minutes_total,
    rules_from_json,
    rules_to_json,
    write_document,
)

SHIPPED = {
    name: (files("advocates.curriculum") / "data" / f"{name}.json").read_bytes()
    for name in ("chicago-40h", "statewide-40h")
}
REMOVED = object()


@pytest.fixture
def chicago() -> CurriculumDocument:
    return read_document(SHIPPED["chicago-40h"])


def changed(*path: str | int, to: Any) -> str:
    """The Chicago file with the value at `path` replaced or removed."""
    whole = json.loads(SHIPPED["chicago-40h"])
    place = whole
    for step in path[:-1]:
        place = place[step]
    if to is REMOVED:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return json.dumps(whole)


def refusals(content: bytes | str) -> list[tuple[str, str]]:
    with pytest.raises(CurriculumFileError) as refused:
        read_document(content)
    return [(problem.path, problem.message % problem.values) for problem in refused.value.problems]


def with_first_module(document: CurriculumDocument, **changes: Any) -> CurriculumDocument:
    first, *others = document.modules
    return replace(document, modules=(replace(first, **changes), *others))


def with_rules(document: CurriculumDocument, **changes: Any) -> CurriculumDocument:
    return replace(document, rules=replace(document.rules, **changes))


@pytest.mark.parametrize(("name", "modules"), [("chicago-40h", 18), ("statewide-40h", 23)])
def test_shipped_curriculum_is_2400_minutes_and_may_be_published(name, modules):
    document = read_document(SHIPPED[name])
    assert len(document.modules) == modules
    assert required_minutes_total(document) == document.required_contact_minutes == 2400
    assert publishing_problems(document) == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_curriculum_is_written_back_byte_for_byte(name):
    assert write_document(read_document(SHIPPED[name])).encode() == SHIPPED[name]


@pytest.mark.parametrize("name", SHIPPED)
def test_stored_rules_read_back_equal_and_give_the_same_text(name):
    rules = read_document(SHIPPED[name]).rules
    assert rules_from_json(rules_to_json(rules)) == rules
    assert rules_to_json(rules_from_json(rules_to_json(rules))) == rules_to_json(rules)


def test_rules_that_mean_the_same_are_the_same_text(chicago):
    caps = {"equivalent_activity": 480, "self_paced": 0}
    other = read_document(changed("rules", "delivery_caps_minutes", to=caps))
    assert rules_to_json(other.rules) == rules_to_json(chicago.rules)


def test_a_file_saved_with_a_byte_order_mark_is_read(chicago):
    assert read_document(b"\xef\xbb\xbf" + SHIPPED["chicago-40h"]) == chicago


WHOLE_MODULE_MINUTES = "This must be a whole number from 1 to 6000."
NOT_PRINTABLE = "This contains a character that cannot be printed."
UNKNOWN = "This field is not known. Remove it or correct its name."


@pytest.mark.parametrize(
    ("path", "value", "expected_path", "sentence"),
    [
        (["title"], "", "title", "This must not be empty."),
        (["title"], REMOVED, "title", "This field is missing."),
        (["title"], 7, "title", "This must be text in quotation marks."),
        (["title"], "a\0b", "title", NOT_PRINTABLE),
        (["title"], "a\ud800b", "title", NOT_PRINTABLE),
        (["title"], " Training", "title", "Remove the space at the start or the end."),
        (["title"], "x" * 201, "title", "This is longer than 200 characters."),
        (["colour"], "red", "colour", UNKNOWN),
        (["col\0our"], "red", "'col\\x00our'", UNKNOWN),
        (["modules"], [], "modules", "There must be at least one module."),
        (["modules"], {}, "modules", "This must be a list in square brackets."),
        (["modules"], [1] * 201, "modules", "This list is longer than 200 entries."),
        (["modules", 3], 5, "modules[3]", "This must be an object: names and values in braces."),
        (["modules", 3, "key"], "A1", "modules[3].key", "This is given more than once."),
        (["modules", 3, "hours"], 3, "modules[3].hours", UNKNOWN),
        (["modules", 3, "contact_minutes"], 0, "modules[3].contact_minutes", WHOLE_MODULE_MINUTES),
        (["modules", 3, "contact_minutes"], -30, "modules[3].contact_minutes", WHOLE_MODULE_MINUTES),
        (["modules", 3, "contact_minutes"], 6001, "modules[3].contact_minutes", WHOLE_MODULE_MINUTES),
        (["modules", 3, "contact_minutes"], 10**30, "modules[3].contact_minutes", WHOLE_MODULE_MINUTES),
        (["modules", 3, "contact_minutes"], 90.5, "modules[3].contact_minutes", WHOLE_MODULE_MINUTES),
        (["modules", 3, "contact_minutes"], True, "modules[3].contact_minutes", WHOLE_MODULE_MINUTES),
        (["modules", 3, "contact_minutes"], "90", "modules[3].contact_minutes", WHOLE_MODULE_MINUTES),
        (["modules", 3, "contact_minutes"], float("nan"), "modules[3].contact_minutes", WHOLE_MODULE_MINUTES),
        (["modules", 3, "required"], 1, "modules[3].required", "This must be true or false."),
        (["modules", 3, "content_note"], "", "modules[3].content_note", "This must not be empty."),
        (
            ["modules", 3, "objectives"],
            ["a", "a"],
            "modules[3].objectives[1]",
            "This is given more than once.",
        ),
        (
            ["rules", "delivery_caps_minutes"],
            {"zoom": 60},
            "rules.delivery_caps_minutes.zoom",
            "This must be one of: in_person, live_online, self_paced, equivalent_activity.",
        ),
        (
            ["rules", "make_up_routes", 1],
            "elsewhere",
            "rules.make_up_routes[1]",
            "This must be one of: same_cohort, other_cohort, equivalent_activity.",
        ),
        (
            ["rules", "agreements", 0],
            [],
            "rules.agreements[0]",
            "This must be one of: code_of_ethics, confidentiality.",
        ),
        (
            ["rules", "post_test", "pass_mark_percent"],
            101,
            "rules.post_test.pass_mark_percent",
            "This must be a whole number from 1 to 100.",
        ),
        (["rules", "pre_test"], "failed", "rules.pre_test", "This must be one of: taken."),
    ],
)
def test_a_wrong_value_is_refused_at_its_place(path, value, expected_path, sentence):
    assert refusals(changed(*path, to=value)) == [(expected_path, sentence)]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "This file is not JSON: see line 1, column 1."),
        ('{\n  "title": oops\n}', "This file is not JSON: see line 2, column 12."),
        ("[]", "This must be an object: names and values in braces."),
        ("null", "This must be an object: names and values in braces."),
        (b"\xff\xfe{\x00", "This file is not UTF-8 text."),
        (b"PK\x03\x04", "This file is not JSON: see line 1, column 1."),
        ("[" * 100_000, "The brackets in this file are nested too deeply."),
        (b" " * 1_000_001, "This file is larger than 1 MB."),
        ("9" * 5_000, "This must be an object: names and values in braces."),
    ],
)
def test_a_file_that_is_no_curriculum_is_refused_in_one_sentence(content, sentence):
    assert refusals(content) == [("", sentence)]


def test_a_field_given_twice_is_refused():
    content = SHIPPED["chicago-40h"].decode().replace('"title":', '"title": "First", "title":', 1)
    assert refusals(content) == [("title", "This field is given more than once.")]


def test_every_problem_of_a_file_is_told_at_once():
    whole = json.loads(SHIPPED["chicago-40h"])
    whole["title"] = ""
    whole["modules"][2]["contact_minutes"] = -1
    del whole["modules"][4]["key"]
    whole["rules"]["skills"] = None
    assert [path for path, _ in refusals(json.dumps(whole))] == [
        "title",
        "modules[2].contact_minutes",
        "modules[4].key",
        "rules.skills",
    ]


def test_missing_rules_are_told_once_not_once_for_each_rule():
    assert refusals(changed("rules", to=REMOVED)) == [("rules", "This field is missing.")]


def test_a_refusal_reads_as_sentences_on_a_terminal():
    with pytest.raises(CurriculumFileError, match=r"^module 1 \(A1\), title: This must not be empty\.$"):
        read_document(changed("modules", 0, "title", to=""))


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
PLACES = st.sampled_from(
    [
        ("title",),
        ("modules",),
        ("modules", 2),
        ("modules", 2, "key"),
        ("modules", 2, "contact_minutes"),
        ("modules", 2, "objectives"),
        ("rules",),
        ("rules", "delivery_caps_minutes"),
        ("rules", "post_test"),
        ("rules", "agreements"),
        ("rules", "completion_window_days"),
    ]
)


@given(where=PLACES, value=JSON_VALUES)
def test_any_value_anywhere_is_read_exactly_or_refused_with_a_place(where, value):
    content = changed(*where, to=value)
    try:
        document = read_document(content)
    except CurriculumFileError:
        for path, sentence in refusals(content):
            assert path.startswith(str(where[0]))
            assert f"{path}: {sentence}".isprintable()
    else:
        assert json.loads(write_document(document)) == json.loads(content)


@given(content=st.binary() | st.text())
def test_no_content_whatever_gets_past_the_reader(content):
    assert refusals(content)


@pytest.mark.parametrize(
    ("first_module_minutes", "expected"),
    [
        (
            89,
            ["Required modules and electives owed come to 39 h 59 min, not 40 h 00 min: 0 h 01 min too few."],
        ),
        (90, []),
        (
            91,
            ["Required modules and electives owed come to 40 h 01 min, not 40 h 00 min: 0 h 01 min too many."],
        ),
    ],
)
def test_only_exactly_the_required_minutes_may_be_published(chicago, first_module_minutes, expected):
    document = with_first_module(chicago, contact_minutes=first_module_minutes)
    assert [problem.message % problem.values for problem in publishing_problems(document)] == expected


@given(minutes=st.integers(1, 6000))
def test_the_difference_told_is_exactly_what_is_missing_or_too_much(minutes):
    document = with_first_module(read_document(SHIPPED["chicago-40h"]), contact_minutes=minutes)
    problems = publishing_problems(document)
    expected = [] if minutes == 90 else [Minutes(abs(minutes - 90))]
    assert [problem.values["difference"] for problem in problems] == expected


def test_electives_owed_count_towards_the_required_minutes(chicago):
    elective = with_first_module(chicago, required=False)
    assert [problem.path for problem in publishing_problems(elective)] == ["required_contact_minutes"]
    assert publishing_problems(with_rules(elective, electives_owed_minutes=90)) == ()


def test_electives_on_offer_may_exceed_those_owed_but_not_fall_short(chicago):
    more = with_first_module(chicago, required=False, contact_minutes=120)
    assert publishing_problems(with_rules(more, electives_owed_minutes=90)) == ()
    fewer = with_first_module(chicago, required=False, contact_minutes=60)
    (problem,) = publishing_problems(with_rules(fewer, electives_owed_minutes=90))
    sentence = "Electives of 1 h 30 min are owed, but only 1 h 00 min are on offer."
    assert str(problem) == f"rules.electives_owed_minutes: {sentence}"


def test_a_content_noted_module_must_offer_an_equivalent_activity(chicago):
    noted = with_first_module(chicago, content_note="Describes violence.")
    (problem,) = publishing_problems(noted)
    assert str(problem) == (
        "modules[0].equivalent_activity: A1 has a content note, so it must offer an equivalent activity."
    )
    assert publishing_problems(with_first_module(noted, equivalent_activity="One-to-one review")) == ()


def test_an_equivalent_that_the_routes_do_not_allow_is_no_equivalent(chicago):
    shut = with_rules(chicago, make_up_routes=(MakeUpRoute.SAME_COHORT,))
    problems = publishing_problems(shut)
    noted = [module for module in chicago.modules if module.content_note is not None]
    assert len(problems) == len(noted) == 8
    assert {problem.path for problem in problems} == {"rules.make_up_routes"}


def test_the_cap_on_equivalents_must_cover_each_content_noted_module(chicago):
    tight = with_rules(chicago, delivery_caps_minutes={DeliveryMode.EQUIVALENT_ACTIVITY: 180})
    (problem,) = publishing_problems(tight)
    assert problem.values == {"key": "A5", "minutes": 210, "cap": 180}


@pytest.mark.parametrize(
    ("minimums", "caps", "paths"),
    [
        ({"in_person": 2400}, {}, []),
        ({"in_person": 2401}, {}, ["rules.delivery_minimums_minutes"]),
        ({"in_person": 1201, "live_online": 1200}, {}, ["rules.delivery_minimums_minutes"]),
        ({"in_person": 1200}, {"in_person": 1200}, []),
        ({"in_person": 1200}, {"in_person": 1199}, ["rules.delivery_minimums_minutes.in_person"]),
        ({}, dict.fromkeys(DeliveryMode, 600), []),
        ({}, dict.fromkeys(DeliveryMode, 599), ["rules.delivery_caps_minutes"]),
    ],
)
def test_delivery_rules_that_nobody_could_meet_are_refused(chicago, minimums, caps, paths):
    document = with_rules(
        chicago,
        delivery_minimums_minutes={DeliveryMode(mode): minutes for mode, minutes in minimums.items()},
        delivery_caps_minutes={DeliveryMode(mode): minutes for mode, minutes in caps.items()},
    )
    assert [problem.path for problem in publishing_problems(document)] == paths


def test_a_module_that_observes_skills_needs_skills_to_sign(chicago):
    (problem,) = publishing_problems(with_rules(chicago, skills=()))
    assert problem.path == "modules[16].observed_skills"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("modules[18].key", "module 19 (A1), key"),
        ("modules[18].objectives[0]", "module 19 (A1), objectives 1"),
        ("modules[18]", "module 19 (A1)"),
        ("modules[2].title", "module 3, title"),
        ("rules.skills[1]", "rules.skills 2"),
        ("modules", "modules"),
        ("", ""),
    ],
)
def test_a_place_is_shown_as_people_count(path, shown):
    assert place(path, {18: "A1"}) == shown


def test_a_refused_file_names_places_even_where_its_modules_are_no_objects():
    with pytest.raises(CurriculumFileError, match=r"^module 1: This must be an object"):
        read_document(changed("modules", to=[1]))
