"""A draft as its forms hold it: what is stored comes back the same, and what is wrong is told at its field."""

import pytest

from advocates.curriculum.rules import publishing_problems
from advocates.drafting.rules import (
    blank_document,
    in_order,
    module_values,
    place_of,
    read_module_values,
    read_rules_values,
    rules_values,
    stepped,
)
from tests.factories.curriculum import shipped_document

SHIPPED = ("chicago-40h.json", "statewide-40h.json")


@pytest.mark.parametrize("name", SHIPPED)
def test_every_module_comes_back_from_its_form_the_same(name):
    for module in shipped_document(name).modules:
        assert read_module_values(module.key, module_values(module)) == (module, [])


@pytest.mark.parametrize("name", SHIPPED)
def test_the_rules_come_back_from_their_form_the_same(name):
    stored = shipped_document(name)
    draft, problems = read_rules_values(rules_values(stored))
    assert not problems
    assert (draft.rules, draft.title, draft.note) == (stored.rules, stored.title, stored.note)


def test_a_limit_that_is_typed_is_read_and_an_empty_one_sets_none():
    values = rules_values(shipped_document()) | {"most_same_cohort": "120", "made_up_within_days": " 30 "}
    limits = read_rules_values(values)[0].rules.make_up_limits
    assert (limits.most_minutes, dict(limits.most_minutes_by_route), limits.within_days) == (
        None,
        {"same_cohort": 120},
        30,
    )


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("contact_minutes", "1.5"),
        ("contact_minutes", "0"),
        ("contact_minutes", "٣"),
        ("objectives", "a\na"),
        ("content_note", "x" * 501),
    ],
)
def test_a_wrong_module_is_told_at_its_field(field, typed):
    values = module_values(shipped_document().modules[0]) | {field: typed}
    assert [name for name, _ in read_module_values("A1", values)[1]] == [field]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("required_contact_minutes", "forty"),
        ("cap_in_person", "-1"),
        ("minimum_equivalent_activity", "60001"),
        ("completion_window_days", "0"),
        ("pass_mark", "101"),
        ("questions", ""),
        ("attempts", "21"),
        ("most_made_up", "x"),
        ("most_other_cohort", "1.5"),
        ("made_up_within_days", "0"),
        ("brief_absence_minutes", "61"),
        ("skills", "a\na"),
        ("agreements", ["oath"]),
    ],
)
def test_a_wrong_rule_is_told_at_its_field(field, typed):
    values = rules_values(shipped_document()) | {field: typed}
    assert [name for name, _ in read_rules_values(values)[1]] == [field]


def test_a_blank_draft_lacks_its_modules_and_nothing_else():
    assert [problem.path for problem in publishing_problems(blank_document("New", 2400))] == [
        "required_contact_minutes"
    ]


@pytest.mark.parametrize(
    ("one", "step", "order"),
    [("b", -1, "bac"), ("b", 1, "acb"), ("a", -1, "abc"), ("c", 1, "abc"), ("z", 1, "abc")],
)
def test_a_module_steps_up_and_down_and_no_further_than_the_end(one, step, order):
    assert "".join(stepped("abc", one, step)) == order


def test_boxes_keep_the_order_that_was_stored():
    assert in_order(("b", "a"), ("a", "b", "c")) == ("b", "a", "c")
    assert (place_of("modules[3].prerequisites[0]"), place_of("rules.skills")) == (3, None)
