"""What a version may name and build on before it is published."""

from dataclasses import replace

import pytest

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import CurriculumDocument, MakeUpLimits, MakeUpRoute, publishing_problems
from tests.factories.curriculum import shipped_document

ONLINE = (DeliveryMode.LIVE_ONLINE,)


def with_modules(**changes) -> CurriculumDocument:
    """The Chicago curriculum with fields of modules changed by key: A2={"prerequisites": ("A1",)}."""
    document = shipped_document()
    return replace(document, modules=tuple(replace(m, **changes.get(m.key, {})) for m in document.modules))


def with_rules(**changes) -> CurriculumDocument:
    document = shipped_document()
    return replace(document, rules=replace(document.rules, **changes))


def told(document, framework=()) -> list[tuple[str, str]]:
    return [(problem.path, problem.message % problem.values) for problem in publishing_problems(document, framework)]


def builds_on(*keys):
    return {"prerequisites": keys}


@pytest.mark.parametrize(
    ("modules", "path", "sentence"),
    [
        ({"A3": builds_on("A2", "A1")}, None, None),
        ({"A3": builds_on("Z9")}, "modules[2].prerequisites[0]", "A3 builds on Z9, which is not in this version."),
        ({"A3": builds_on("A3")}, "modules[2].prerequisites[0]", "A3 names itself as a prerequisite."),
        (
            {"A2": builds_on("A1", "A5")},
            "modules[1].prerequisites[1]",
            "A2 builds on A5, which comes after it. Move one of the two.",
        ),
    ],
)
def test_a_prerequisite_exists_and_comes_first(modules, path, sentence):
    assert told(with_modules(**modules)) == ([(path, sentence)] if path else [])


def test_modules_that_build_on_each_other_are_told_with_the_way_round():
    document = with_modules(A1=builds_on("A3"), A2=builds_on("A1"), A3=builds_on("A2"))
    assert told(document) == [
        ("modules[0].prerequisites[0]", "A1 builds on itself: A1 → A3 → A2 → A1."),
        ("modules[1].prerequisites[0]", "A2 builds on itself: A2 → A1 → A3 → A2."),
        ("modules[2].prerequisites[0]", "A3 builds on itself: A3 → A2 → A1 → A3."),
    ]


def test_a_module_beside_a_circle_is_not_blamed_for_it():
    document = with_modules(A1=builds_on("A2"), A2=builds_on("A1"), A3=builds_on("A2"))
    assert [path for path, _ in told(document)] == ["modules[0].prerequisites[0]", "modules[1].prerequisites[0]"]


def test_a_required_module_builds_on_no_elective():
    chicago = shipped_document()
    first = replace(chicago.modules[0], required=False)
    owed = replace(chicago.rules, electives_owed_minutes=first.contact_minutes)
    second = replace(chicago.modules[1], prerequisites=(first.key,))
    document = replace(chicago, modules=(first, second, *chicago.modules[2:]), rules=owed)
    assert told(document) == [("modules[1].prerequisites[0]", "A2 is required but builds on A1, an elective.")]


@pytest.mark.parametrize(
    ("framework", "sentences"),
    [
        ((), []),
        (("C1", "C2"), []),
        (("C1",), [("modules[0].competencies[1]", "A1 names C2, which is not in the competency framework.")]),
    ],
)
def test_a_competency_stands_in_the_framework_once_there_is_one(framework, sentences):
    assert told(with_modules(A1={"competencies": ("C1", "C2")}), framework) == sentences


def test_a_module_is_taught_in_a_way_that_earns_credit():
    document = with_modules(A1={"delivery_modes": (DeliveryMode.SELF_PACED,)})
    assert told(document) == [("modules[0].delivery_modes", "A1 may only be taught in ways that earn no credit.")]


def test_a_minimum_can_be_reached_by_what_may_be_taught_so():
    keys = [module.key for module in shipped_document().modules]
    document = with_modules(**{key: {"delivery_modes": ONLINE} for key in keys[1:]})
    assert told(document) == [
        (
            "rules.delivery_minimums_minutes.in_person",
            "At least 20 h 00 min are asked for, but modules that may be taught so take 1 h 30 min.",
        )
    ]


@pytest.mark.parametrize(
    ("limits", "refused"),
    [
        (MakeUpLimits(), False),
        (MakeUpLimits(most_minutes=240, within_days=30), False),
        (MakeUpLimits(most_minutes=0), True),
        (MakeUpLimits(most_minutes_by_route={MakeUpRoute.EQUIVALENT_ACTIVITY: 30}), True),
        (MakeUpLimits(most_minutes_by_route={MakeUpRoute.SAME_COHORT: 30}), False),
    ],
)
def test_limits_leave_room_for_what_a_content_note_warns_of(limits, refused):
    noted = [m.contact_minutes for m in shipped_document().modules if m.content_note]
    assert noted
    assert max(noted) <= 240
    assert bool(told(with_rules(make_up_limits=limits))) is refused
