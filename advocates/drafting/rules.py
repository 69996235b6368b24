"""A draft as its forms hold it, text as typed, and back: read with the very limits that a curriculum file keeps."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules import (
    Agreement,
    CurriculumDocument,
    MakeUpRoute,
    ModuleDocument,
    PostTestRule,
    PreTest,
    Problem,
    VersionRules,
)
from advocates.curriculum.rules.nodes import JsonObject, Node
from advocates.curriculum.rules.reading import (
    MOST_NOTE_CHARACTERS,
    MOST_TITLE_CHARACTERS,
    MOST_VERSION_MINUTES,
    read_module,
    read_rules,
)

Values = Mapping[str, object]
Key = TypeVar("Key")
BLANK_RULES = VersionRules(
    electives_owed_minutes=0,
    delivery_caps_minutes={},
    delivery_minimums_minutes={},
    brief_absence_minutes=5,
    completion_window_days=None,
    pre_test=PreTest.TAKEN,
    post_test=PostTestRule(questions_at_least=50, pass_mark_percent=70, attempts=3),
    agreements=tuple(Agreement),
    skills=(),
    make_up_routes=tuple(MakeUpRoute),
)
_PLACES = {
    "rules.post_test.questions_at_least": "questions",
    "rules.post_test.pass_mark_percent": "pass_mark",
    "rules.post_test.attempts": "attempts",
    "rules.make_up_limits.most_minutes": "most_made_up",
    "rules.make_up_limits.within_days": "made_up_within_days",
}
_GROUPS = {
    "rules.delivery_caps_minutes": "cap",
    "rules.delivery_minimums_minutes": "minimum",
    "rules.make_up_limits.most_minutes_by_route": "most",
}


@dataclass(frozen=True)
class RulesDraft:
    """What a version says besides its modules."""

    title: str
    note: str
    required_contact_minutes: int
    rules: VersionRules


def module_values(module: ModuleDocument) -> dict[str, object]:
    """A module as its form holds it, without its key."""
    return {
        "title": module.title,
        "contact_minutes": str(module.contact_minutes),
        "required": module.required,
        "domain": module.domain,
        "objectives": "\n".join(module.objectives),
        "content_note": module.content_note or "",
        "equivalent_activity": module.equivalent_activity or "",
        "observed_skills": module.observed_skills,
        "delivery_modes": list(map(str, module.delivery_modes)),
        "competencies": list(module.competencies),
        "prerequisites": list(module.prerequisites),
    }


def read_module_values(key: str, values: Values) -> tuple[ModuleDocument, Sequence[tuple[str, Problem]]]:
    """The module of a form, and what is wrong by field; with a problem it is none to store."""
    problems: list[Problem] = []
    module = read_module(
        Node(
            JsonObject(
                {
                    **values,
                    "key": key,
                    "title": _line(values["title"]),
                    "domain": _line(values["domain"]),
                    "contact_minutes": _number(values["contact_minutes"]),
                    "objectives": _lines(values["objectives"]),
                    "content_note": _line(values["content_note"]) or None,
                    "equivalent_activity": _line(values["equivalent_activity"]) or None,
                }.items()
            ),
            "",
            problems,
        )
    )
    return module, [(re.split(r"[.\[]", problem.path)[0], problem) for problem in problems]


def rules_values(document: CurriculumDocument) -> dict[str, object]:
    """What a version says besides its modules, as its form holds it."""
    rules, limits = document.rules, document.rules.make_up_limits
    return {
        "title": document.title,
        "note": document.note,
        "required_contact_minutes": str(document.required_contact_minutes),
        "electives_owed_minutes": str(rules.electives_owed_minutes),
        **_by("cap", DeliveryMode, rules.delivery_caps_minutes),
        **_by("minimum", DeliveryMode, rules.delivery_minimums_minutes),
        "brief_absence_minutes": str(rules.brief_absence_minutes),
        "completion_window_days": _text(rules.completion_window_days),
        "questions": str(rules.post_test.questions_at_least),
        "pass_mark": str(rules.post_test.pass_mark_percent),
        "attempts": str(rules.post_test.attempts),
        "agreements": list(map(str, rules.agreements)),
        "skills": "\n".join(rules.skills),
        "make_up_routes": list(map(str, rules.make_up_routes)),
        "most_made_up": _text(limits.most_minutes),
        **_by("most", MakeUpRoute, limits.most_minutes_by_route),
        "made_up_within_days": _text(limits.within_days),
    }


def read_rules_values(values: Values) -> tuple[RulesDraft, Sequence[tuple[str, Problem]]]:
    """The rules of a form, and what is wrong by field; with a problem they are none to store."""
    problems: list[Problem] = []
    root = Node(JsonObject(()), "", problems)
    draft = RulesDraft(
        title=root.child("title", _line(values["title"])).text(MOST_TITLE_CHARACTERS),
        note=root.child("note", _line(values["note"])).text(MOST_NOTE_CHARACTERS, may_be_empty=True),
        required_contact_minutes=root.child(
            "required_contact_minutes", _number(values["required_contact_minutes"])
        ).whole_number(1, MOST_VERSION_MINUTES),
        rules=read_rules(root.child("rules", _rules_object(values))),
    )
    return draft, [(_rules_field(problem.path), problem) for problem in problems]


def read_start_values(values: Values) -> tuple[tuple[str, int], Sequence[tuple[str, Problem]]]:
    """Title and required minutes of a curriculum begun from nothing, and what is wrong by field."""
    problems: list[Problem] = []
    root = Node(JsonObject(()), "", problems)
    title = root.child("title", _line(values["title"])).text(MOST_TITLE_CHARACTERS)
    minutes = root.child("required_contact_minutes", _number(values["required_contact_minutes"]))
    return (title, minutes.whole_number(1, MOST_VERSION_MINUTES)), [(p.path, p) for p in problems]


def blank_document(title: str, required_contact_minutes: int) -> CurriculumDocument:
    """A curriculum without modules, under the strictest published rules of tests and no limits."""
    return CurriculumDocument(title, "", required_contact_minutes, (), BLANK_RULES)


def place_of(path: str) -> int | None:
    """Which module a problem stands at, None for the version as a whole."""
    found = re.match(r"modules\[(\d+)\]", path)
    return int(found[1]) if found else None


def in_order(stored: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """What is wanted in the order that was stored, new ones after it: a form's boxes have an order of their own."""
    kept = [key for key in stored if key in wanted]
    return (*kept, *(key for key in wanted if key not in kept))


def stepped(order: Sequence[Key], one: Key, step: int) -> tuple[Key, ...]:
    """The order with one moved up (-1) or down (1); as it was where it stands at that end or is not in it."""
    moved = list(order)
    if one not in moved:
        return tuple(order)
    here = moved.index(one)
    there = min(max(here + step, 0), len(moved) - 1)
    moved.insert(there, moved.pop(here))
    return tuple(moved)


def _rules_object(values: Values) -> JsonObject:
    limits = {
        "most_minutes": _number(values["most_made_up"]),
        "most_minutes_by_route": _given("most", MakeUpRoute, values),
        "within_days": _number(values["made_up_within_days"]),
    }
    return _object(
        electives_owed_minutes=_number(values["electives_owed_minutes"]),
        delivery_caps_minutes=_given("cap", DeliveryMode, values),
        delivery_minimums_minutes=_given("minimum", DeliveryMode, values),
        brief_absence_minutes=_number(values["brief_absence_minutes"]),
        completion_window_days=_number(values["completion_window_days"]),
        pre_test=PreTest.TAKEN,
        post_test=_object(
            questions_at_least=_number(values["questions"]),
            pass_mark_percent=_number(values["pass_mark"]),
            attempts=_number(values["attempts"]),
        ),
        agreements=values["agreements"],
        skills=_lines(values["skills"]),
        make_up_routes=values["make_up_routes"],
        make_up_limits=_object(**limits),
    )


def _rules_field(path: str) -> str:
    path = re.sub(r"\[\d+\]$", "", path)
    group, _, last = path.rpartition(".")
    if group in _GROUPS:
        return f"{_GROUPS[group]}_{last}"
    return _PLACES.get(path, path.removeprefix("rules."))


def _object(**members: object) -> JsonObject:
    return JsonObject(members.items())


def _by(prefix: str, kind: type[DeliveryMode] | type[MakeUpRoute], minutes: Mapping[Any, int]) -> dict[str, str]:
    return {f"{prefix}_{choice}": _text(minutes.get(choice)) for choice in kind}


def _given(prefix: str, kind: type[DeliveryMode] | type[MakeUpRoute], values: Values) -> JsonObject:
    """What was typed by mode or route; an empty field sets no limit."""
    typed = {str(choice): _number(values[f"{prefix}_{choice}"]) for choice in kind}
    return _object(**{name: number for name, number in typed.items() if number is not None})


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _number(typed: object) -> object:
    """A whole number, None for nothing, else what was typed, for the reader to refuse."""
    text = str(typed or "").strip()
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text


def _line(typed: object) -> str:
    return " ".join(str(typed or "").split())


def _lines(typed: object) -> list[str]:
    return [line for line in map(_line, str(typed or "").splitlines()) if line]
