"""Read a curriculum file: whole or not at all, and a refusal names every problem at its place."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, replace

from advocates.curriculum.delivery import TEACHING_MODES, DeliveryMode
from advocates.curriculum.rules.document import (
    Agreement,
    CurriculumDocument,
    MakeUpLimits,
    MakeUpRoute,
    ModuleDocument,
    PostTestRule,
    PreTest,
    VersionRules,
)
from advocates.curriculum.rules.nodes import Choice, JsonObject, Node, refuse_repeats
from advocates.curriculum.rules.problems import N_, Problem, place

MOST_BYTES = 1_000_000
MOST_MODULES = 200
MOST_ENTRIES = 100
MOST_MODULE_MINUTES = 6_000
MOST_VERSION_MINUTES = 60_000
MOST_KEY_CHARACTERS = 40
MOST_DOMAIN_CHARACTERS = 60
MOST_TITLE_CHARACTERS = 200
MOST_TEXT_CHARACTERS = 500
MOST_NOTE_CHARACTERS = 2_000
MOST_DAYS = 3_650


class CurriculumFileError(ValueError):
    """The file is no curriculum; `problems` lists all that is wrong, in the order of the file.

    `module_keys` are the keys of its modules by index, where they can be read.
    """

    def __init__(self, problems: Sequence[Problem], module_keys: Mapping[int, str] | None = None) -> None:
        self.problems = tuple(problems)
        self.module_keys = module_keys or {}
        told = (replace(problem, path=place(problem.path, self.module_keys)) for problem in self.problems)
        super().__init__("\n".join(map(str, told)))


def read_document(content: bytes | str) -> CurriculumDocument:
    """The curriculum in a JSON file of at most 1 MB; raises CurriculumFileError."""
    problems: list[Problem] = []
    file = _json(content)
    document = _document(Node(file, "", problems))
    if problems:
        raise CurriculumFileError(problems, _module_keys(file))
    return document


def rules_from_json(text: str) -> VersionRules:
    """The rules that `rules_to_json` wrote; raises CurriculumFileError."""
    problems: list[Problem] = []
    rules = read_rules(Node(_json(text), "", problems))
    if problems:
        raise CurriculumFileError(problems)
    return rules


def _module_keys(file: object) -> dict[int, str]:
    modules = file.get("modules") if isinstance(file, dict) else None
    entries = modules if isinstance(modules, list) else []
    keys = ((n, entry.get("key")) for n, entry in enumerate(entries) if isinstance(entry, dict))
    return {n: key[:MOST_KEY_CHARACTERS] for n, key in keys if isinstance(key, str) and key.isprintable()}


def _json(content: bytes | str) -> object:
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    if len(data) > MOST_BYTES:
        raise CurriculumFileError([Problem("", N_("This file is larger than 1 MB."))])
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=JsonObject,
            # Python refuses to parse a number of thousands of digits at all: no place could be named.
            parse_int=lambda digits: int(digits) if len(digits) < 20 else math.inf,
        )
    except UnicodeDecodeError:
        problem = Problem("", N_("This file is not UTF-8 text."))
    except json.JSONDecodeError as error:
        message = N_("This file is not JSON: see line %(line)s, column %(column)s.")
        problem = Problem("", message, {"line": error.lineno, "column": error.colno})
    except RecursionError:
        problem = Problem("", N_("The brackets in this file are nested too deeply."))
    raise CurriculumFileError([problem])


def _document(node: Node) -> CurriculumDocument:
    field = node.fields(_names(CurriculumDocument))
    modules = field["modules"].items(MOST_MODULES)
    if field["modules"].value == []:
        field["modules"].refuse(N_("There must be at least one module."))
    document = CurriculumDocument(
        title=field["title"].text(MOST_TITLE_CHARACTERS),
        note=field["note"].text(MOST_NOTE_CHARACTERS, may_be_empty=True),
        required_contact_minutes=field["required_contact_minutes"].whole_number(1, MOST_VERSION_MINUTES),
        modules=tuple(read_module(module) for module in modules),
        rules=read_rules(field["rules"]),
    )
    refuse_repeats(module.child("key", module.value.get("key")) for module in modules if isinstance(module.value, dict))
    return document


def read_module(node: Node) -> ModuleDocument:
    """One module of a file, or of a table's row."""
    field = node.fields(_names(ModuleDocument), _optional(ModuleDocument))
    return ModuleDocument(
        key=field["key"].text(MOST_KEY_CHARACTERS),
        title=field["title"].text(MOST_TITLE_CHARACTERS),
        contact_minutes=field["contact_minutes"].whole_number(1, MOST_MODULE_MINUTES),
        domain=field["domain"].text(MOST_DOMAIN_CHARACTERS),
        objectives=_texts(field["objectives"]),
        content_note=field["content_note"].optional_text(MOST_TEXT_CHARACTERS),
        observed_skills=field["observed_skills"].yes_or_no(),
        required=field["required"].yes_or_no(),
        equivalent_activity=field["equivalent_activity"].optional_text(MOST_TEXT_CHARACTERS),
        competencies=_keys(field["competencies"]),
        delivery_modes=_teaching_modes(field["delivery_modes"]),
        prerequisites=_keys(field["prerequisites"]),
    )


def read_rules(node: Node) -> VersionRules:
    """The rules of a file, or of a form."""
    field = node.fields(_names(VersionRules), _optional(VersionRules))
    agreements = field["agreements"].items(MOST_ENTRIES)
    routes = field["make_up_routes"].items(MOST_ENTRIES)
    refuse_repeats([*agreements, *routes])
    return VersionRules(
        electives_owed_minutes=field["electives_owed_minutes"].whole_number(0, MOST_VERSION_MINUTES),
        delivery_caps_minutes=_minutes_by(DeliveryMode, field["delivery_caps_minutes"]),
        delivery_minimums_minutes=_minutes_by(DeliveryMode, field["delivery_minimums_minutes"]),
        brief_absence_minutes=field["brief_absence_minutes"].whole_number(0, 60),
        completion_window_days=_limit(field["completion_window_days"], 1, MOST_DAYS),
        pre_test=field["pre_test"].choice(PreTest),
        post_test=_post_test(field["post_test"]),
        agreements=tuple(agreement.choice(Agreement) for agreement in agreements),
        skills=_texts(field["skills"]),
        make_up_routes=tuple(route.choice(MakeUpRoute) for route in routes),
        make_up_limits=_make_up_limits(field["make_up_limits"]),
    )


def _make_up_limits(node: Node) -> MakeUpLimits:
    if node.is_missing:
        return MakeUpLimits()
    field = node.fields((), _optional(MakeUpLimits))
    by_route = field["most_minutes_by_route"]
    return MakeUpLimits(
        most_minutes=_limit(field["most_minutes"], 0, MOST_VERSION_MINUTES),
        most_minutes_by_route={} if by_route.is_missing else _minutes_by(MakeUpRoute, by_route),
        within_days=_limit(field["within_days"], 1, MOST_DAYS),
    )


def _limit(node: Node, low: int, high: int) -> int | None:
    return None if node.is_missing or node.value is None else node.whole_number(low, high)


def _post_test(node: Node) -> PostTestRule:
    field = node.fields(_names(PostTestRule))
    return PostTestRule(
        questions_at_least=field["questions_at_least"].whole_number(1, 1_000),
        pass_mark_percent=field["pass_mark_percent"].whole_number(1, 100),
        attempts=field["attempts"].whole_number(1, 20),
    )


def _minutes_by(kind: type[Choice], node: Node) -> dict[Choice, int]:
    """Minutes by delivery mode or make-up route."""
    minutes: dict[Choice, int] = {}
    for name, member in node.members().items():
        choice = Node(name, member.path, node.problems).choice(kind)
        minutes[choice] = member.whole_number(0, MOST_VERSION_MINUTES)
    # One order for one meaning, so that equal rules are equal text.
    return {choice: minutes[choice] for choice in kind if choice in minutes}


def _texts(node: Node) -> tuple[str, ...]:
    items = node.items(MOST_ENTRIES)
    refuse_repeats(items)
    return tuple(item.text(MOST_TEXT_CHARACTERS) for item in items)


def _keys(node: Node) -> tuple[str, ...]:
    items = [] if node.is_missing else node.items(MOST_ENTRIES)
    refuse_repeats(items)
    return tuple(item.text(MOST_KEY_CHARACTERS) for item in items)


def _teaching_modes(node: Node) -> tuple[DeliveryMode, ...]:
    items = [] if node.is_missing else node.items(MOST_ENTRIES)
    refuse_repeats(items)
    named = {item.choice(DeliveryMode, TEACHING_MODES) for item in items}
    return tuple(mode for mode in TEACHING_MODES if mode in named)


def _names(kind: type) -> tuple[str, ...]:
    """The fields that a file must have."""
    return tuple(field.name for field in fields(kind) if not _has_default(field))


def _optional(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if _has_default(field))


def _has_default(field: "Field[object]") -> bool:
    return field.default is not MISSING or field.default_factory is not MISSING
