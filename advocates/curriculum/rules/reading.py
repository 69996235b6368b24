"""Read a curriculum file: whole or not at all, and a refusal names every problem at its place."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from advocates.curriculum.delivery import DeliveryMode
from advocates.curriculum.rules.document import (
    Agreement,
    CurriculumDocument,
    MakeUpRoute,
    ModuleDocument,
    PostTestRule,
    PreTest,
    VersionRules,
)
from advocates.curriculum.rules.nodes import JsonObject, Node, refuse_repeats
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
    rules = _rules(Node(_json(text), "", problems))
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
        modules=tuple(_module(module) for module in modules),
        rules=_rules(field["rules"]),
    )
    refuse_repeats(module.child("key", module.value.get("key")) for module in modules if isinstance(module.value, dict))
    return document


def _module(node: Node) -> ModuleDocument:
    field = node.fields(_names(ModuleDocument))
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
    )


def _rules(node: Node) -> VersionRules:
    field = node.fields(_names(VersionRules))
    window = field["completion_window_days"]
    agreements = field["agreements"].items(MOST_ENTRIES)
    routes = field["make_up_routes"].items(MOST_ENTRIES)
    refuse_repeats([*agreements, *routes])
    return VersionRules(
        electives_owed_minutes=field["electives_owed_minutes"].whole_number(0, MOST_VERSION_MINUTES),
        delivery_caps_minutes=_minutes_by_mode(field["delivery_caps_minutes"]),
        delivery_minimums_minutes=_minutes_by_mode(field["delivery_minimums_minutes"]),
        brief_absence_minutes=field["brief_absence_minutes"].whole_number(0, 60),
        completion_window_days=None if window.value is None else window.whole_number(1, 3650),
        pre_test=field["pre_test"].choice(PreTest),
        post_test=_post_test(field["post_test"]),
        agreements=tuple(agreement.choice(Agreement) for agreement in agreements),
        skills=_texts(field["skills"]),
        make_up_routes=tuple(route.choice(MakeUpRoute) for route in routes),
    )


def _post_test(node: Node) -> PostTestRule:
    field = node.fields(_names(PostTestRule))
    return PostTestRule(
        questions_at_least=field["questions_at_least"].whole_number(1, 1_000),
        pass_mark_percent=field["pass_mark_percent"].whole_number(1, 100),
        attempts=field["attempts"].whole_number(1, 20),
    )


def _minutes_by_mode(node: Node) -> dict[DeliveryMode, int]:
    minutes: dict[DeliveryMode, int] = {}
    for name, member in node.members().items():
        mode = Node(name, member.path, node.problems).choice(DeliveryMode)
        minutes[mode] = member.whole_number(0, MOST_VERSION_MINUTES)
    # One order for one meaning, so that equal rules are equal text.
    return {mode: minutes[mode] for mode in DeliveryMode if mode in minutes}


def _texts(node: Node) -> tuple[str, ...]:
    items = node.items(MOST_ENTRIES)
    refuse_repeats(items)
    return tuple(item.text(MOST_TEXT_CHARACTERS) for item in items)


def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
