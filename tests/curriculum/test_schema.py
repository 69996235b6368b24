"""The published JSON Schema takes what the reader takes and refuses what it refuses."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

from advocates.curriculum.rules import CurriculumFileError, json_schema, read_document, schema_text, write_document
from advocates.curriculum.shipped import NAMES
from tests.factories.curriculum import shipped_document

SCHEMA = json_schema()
ROOT = Path(__file__).resolve().parents[2]
KINDS = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
}
GONE = object()


def is_kind(value: Any, kind: str) -> bool:
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, KINDS[kind])


def valid(value: Any, schema: Any) -> bool:
    """The keywords that the schema uses, as JSON Schema means them."""
    if "$ref" in schema:
        return valid(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    kinds = schema.get("type", [])
    if kinds and not any(is_kind(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, str):
        return (
            schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value))
            and re.search(schema.get("pattern", ""), value) is not None
        )
    if isinstance(value, int):
        return schema.get("minimum", value) <= value <= schema.get("maximum", value)
    if isinstance(value, list):
        return (
            schema.get("minItems", 0) <= len(value) <= schema["maxItems"]
            and (not schema.get("uniqueItems") or len({json.dumps(item) for item in value}) == len(value))
            and all(valid(item, schema["items"]) for item in value)
        )
    return not isinstance(value, dict) or valid_object(value, schema)


def valid_object(value: dict[str, Any], schema: Any) -> bool:
    properties, others = schema.get("properties", {}), schema["additionalProperties"]
    return (
        set(schema.get("required", [])) <= set(value)
        and all(valid(name, schema.get("propertyNames", {})) for name in value)
        and all(
            valid(value[name], properties[name]) if name in properties else others and valid(value[name], others)
            for name in value
        )
    )


def reads(document: Any) -> bool:
    try:
        read_document(json.dumps(document))
    except CurriculumFileError:
        return False
    return True


def changed(path: tuple[str | int, ...], to: Any) -> Any:
    whole = json.loads(write_document(shipped_document()))
    place = whole
    for step in path[:-1]:
        place = place[step]
    if to is GONE:
        del place[path[-1]]
    else:
        place[path[-1]] = copy.deepcopy(to)
    return whole


M, R = ("modules", 3), ("rules",)
SHARED: list[tuple[tuple[str | int, ...], Any, bool]] = [
    (("title",), "Another", True),
    (("title",), "", False),
    (("title",), GONE, False),
    (("title",), " x", False),
    (("title",), "x ", False),
    (("title",), "a\nb", False),
    (("title",), "a\0b", False),
    (("title",), "a\ud800b", False),
    (("title",), "🕊 x", True),
    (("title",), "x" * 200, True),
    (("title",), "x" * 201, False),
    (("note",), "", True),
    (("note",), None, False),
    (("colour",), "red", False),
    (("required_contact_minutes",), 0, False),
    (("required_contact_minutes",), True, False),
    (("required_contact_minutes",), "2400", False),
    (("modules",), [], False),
    (("modules",), {}, False),
    (M, 5, False),
    ((*M, "key"), "K" * 41, False),
    ((*M, "contact_minutes"), 6001, False),
    ((*M, "objectives"), ["A", "A"], False),
    ((*M, "objectives"), ["A"], True),
    ((*M, "content_note"), "", False),
    ((*M, "content_note"), None, True),
    ((*M, "required"), "yes", False),
    ((*M, "competencies"), [], True),
    ((*M, "competencies"), ["C1", "C2"], True),
    ((*M, "competencies"), ["C1", "C1"], False),
    ((*M, "competencies"), None, False),
    ((*M, "delivery_modes"), ["in_person", "live_online"], True),
    ((*M, "delivery_modes"), ["equivalent_activity"], False),
    ((*M, "delivery_modes"), ["in_person", "in_person"], False),
    ((*M, "prerequisites"), ["A1"], True),
    ((*M, "prerequisites"), [1], False),
    ((*R, "delivery_caps_minutes"), {}, True),
    ((*R, "delivery_caps_minutes"), {"by_post": 1}, False),
    ((*R, "delivery_caps_minutes"), {"in_person": -1}, False),
    ((*R, "brief_absence_minutes"), 61, False),
    ((*R, "completion_window_days"), 90, True),
    ((*R, "completion_window_days"), 0, False),
    ((*R, "pre_test"), "failed", False),
    ((*R, "post_test", "attempts"), 21, False),
    ((*R, "post_test", "attempts"), GONE, False),
    ((*R, "agreements"), ["code_of_ethics", "code_of_ethics"], False),
    ((*R, "make_up_routes"), [], True),
    ((*R, "make_up_limits"), {}, True),
    ((*R, "make_up_limits"), {"most_minutes": 240, "within_days": 30}, True),
    ((*R, "make_up_limits"), {"most_minutes": None, "within_days": None}, True),
    ((*R, "make_up_limits"), {"most_minutes_by_route": {"other_cohort": 60}}, True),
    ((*R, "make_up_limits"), {"most_minutes_by_route": {"by_post": 60}}, False),
    ((*R, "make_up_limits"), {"most_minutes": -1}, False),
    ((*R, "make_up_limits"), {"within_days": 0}, False),
    ((*R, "make_up_limits"), {"most": 1}, False),
    ((*R, "make_up_limits"), None, False),
]


@pytest.mark.parametrize(("path", "value", "taken"), SHARED)
def test_schema_and_reader_agree(path, value, taken):
    document = changed(path, value)
    assert (valid(document, SCHEMA), reads(document)) == (taken, taken)


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_curricula_are_valid(name):
    assert valid(json.loads(write_document(shipped_document(name))), SCHEMA)


def test_the_schema_in_the_documentation_is_this_one():
    assert (ROOT / "docs" / "curriculum.schema.json").read_text() == schema_text()


def test_the_command_prints_it(app):
    assert app.test_cli_runner().invoke(args=["curriculum", "schema"]).output == schema_text()


def test_what_says_no_more_than_its_default_is_not_written():
    bare = read_document(json.dumps(changed((*R, "make_up_limits"), {"most_minutes": None})))
    assert bare == shipped_document()
    full = changed((*M, "delivery_modes"), ["self_paced", "in_person"])
    full["rules"]["make_up_limits"] = {"within_days": 30, "most_minutes": 0}
    written = json.loads(write_document(read_document(json.dumps(full))))
    assert written["modules"][3]["delivery_modes"] == ["in_person", "self_paced"]
    assert written["rules"]["make_up_limits"] == {"most_minutes": 0, "within_days": 30}
    assert "competencies" not in written["modules"][3]
