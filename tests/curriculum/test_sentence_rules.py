"""Each rule says something, and two versions differ in what they say."""

from dataclasses import fields, replace

import pytest

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import (
    Days,
    MakeUpLimits,
    MakeUpRoute,
    Minutes,
    VersionRules,
    compare,
    rule_sentences,
)
from advocates.curriculum.wording import items_of, said
from tests.factories.curriculum import shipped_document

CHICAGO = shipped_document()
UNLIMITED = {
    "electives_owed_minutes": 0,
    "delivery_caps_minutes": {},
    "delivery_minimums_minutes": {},
    "brief_absence_minutes": 0,
    "completion_window_days": None,
    "agreements": (),
    "skills": (),
    "make_up_routes": (),
}


def with_rules(**changes):
    return replace(CHICAGO, rules=replace(CHICAGO.rules, **changes))


def with_first(**changes):
    first, *others = CHICAGO.modules
    return replace(CHICAGO, modules=(replace(first, **changes), *others))


@pytest.mark.parametrize("document", [CHICAGO, shipped_document("statewide-40h.json"), with_rules(**UNLIMITED)])
def test_every_rule_says_something_whatever_it_holds(document):
    told = [sentence.rule for sentence in rule_sentences(document)]
    assert list(dict.fromkeys(told)) == ["required_contact_minutes", *(field.name for field in fields(VersionRules))]


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"electives_owed_minutes": 90}, ["1 h 30 min of it in electives that the trainee chooses."]),
        ({"completion_window_days": 1}, ["Everything within 1 day, counted from the first day with credited time."]),
        ({"delivery_caps_minutes": {}}, ["No limit on any way of teaching."]),
        (
            {
                "make_up_limits": MakeUpLimits(
                    most_minutes=240,
                    most_minutes_by_route={MakeUpRoute.OTHER_COHORT: 60},
                    within_days=30,
                )
            },
            [
                "At most 4 h 00 min can be made up in all.",
                "At most 1 h 00 min can be made up by the same part in another cohort.",
                "Missed time has to be made up within 30 days of the session that was missed.",
            ],
        ),
    ],
)
def test_figures_and_codes_read_as_words(app, changes, sentences):
    (rule,) = changes
    with app.test_request_context():
        assert [said(each) for each in rule_sentences(with_rules(**changes)) if each.rule == rule] == sentences


def test_a_list_is_named_below_its_sentence(app):
    with app.test_request_context():
        (routes,) = (each for each in rule_sentences(CHICAGO) if each.rule == "make_up_routes")
        assert items_of(routes)[-1] == "an equivalent activity, one-to-one with a trainer"


def test_a_version_compared_with_itself_changes_nothing():
    assert compare(CHICAGO, CHICAGO).is_same


def test_modules_are_told_apart_by_their_keys():
    first, *others = CHICAGO.modules
    new = replace(first, key="B1", contact_minutes=60)
    longer = replace(others[0], contact_minutes=others[0].contact_minutes + 30)
    shorter = replace(others[1], contact_minutes=others[1].contact_minutes - 15, title="Shorter")
    found = compare(CHICAGO, replace(CHICAGO, modules=(new, longer, shorter, *others[2:])))
    assert [module.key for module in found.added] == ["B1"]
    assert [module.key for module in found.removed] == ["A1"]
    assert [(change.key, change.minutes, change.fields) for change in found.changed] == [
        ("A2", 30, ("contact_minutes",)),
        ("A3", -15, ("title", "contact_minutes")),
    ]
    assert (found.minutes_added, found.minutes_removed) == (90, 105)
    assert not found.is_reordered
    assert found.rules == ()


def test_another_order_alone_is_a_change():
    found = compare(CHICAGO, replace(CHICAGO, modules=CHICAGO.modules[::-1]))
    assert found.is_reordered
    assert (found.added, found.removed, found.changed) == ((), (), ())
    assert not found.is_same


def test_only_the_sentences_that_differ_are_told():
    caps = CHICAGO.rules.delivery_caps_minutes
    found = compare(CHICAGO, with_rules(delivery_caps_minutes=caps | {DeliveryMode.SELF_PACED: 120}))
    (change,) = found.rules
    assert change.rule == "delivery_caps_minutes"
    assert [each.message for each in change.before] == ["No credit for %(mode)s time."]
    assert [each.values["hours"] for each in change.after] == [Minutes(120)]


def test_a_window_that_is_new_is_told_with_what_it_replaces():
    (change,) = compare(CHICAGO, with_rules(completion_window_days=90)).rules
    assert [len(change.before), change.after[0].values] == [1, {"days": Days(90)}]


def test_the_way_back_changes_the_same_with_opposite_signs():
    other = with_first(contact_minutes=120)
    there, back = compare(CHICAGO, other), compare(other, CHICAGO)
    assert [change.minutes for change in there.changed] == [30]
    assert [change.minutes for change in back.changed] == [-30]
    assert (there.minutes_added, there.minutes_removed) == (back.minutes_removed, back.minutes_added)
