"""The JSON Schema of a curriculum file, from the limits that reading it keeps.

What no schema can say stands in the description: module keys are given once, and names in braces too.
"""

import json
from collections.abc import Iterable
from dataclasses import MISSING, fields
from enum import StrEnum

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
from advocates.curriculum.rules.reading import (
    MOST_DAYS,
    MOST_DOMAIN_CHARACTERS,
    MOST_ENTRIES,
    MOST_KEY_CHARACTERS,
    MOST_MODULE_MINUTES,
    MOST_MODULES,
    MOST_NOTE_CHARACTERS,
    MOST_TEXT_CHARACTERS,
    MOST_TITLE_CHARACTERS,
    MOST_VERSION_MINUTES,
)

Schema = dict[str, object]
# No character that cannot be printed, and no space at either end.
PRINTED = r"^(?!\s)(?![\s\S]*\s$)[^\u0000-\u001f\u007f-\u009f\ud800-\udfff]*$"


def json_schema() -> Schema:
    """JSON Schema, draft 2020-12."""
    version_minutes = _whole(0, MOST_VERSION_MINUTES)
    document = _object(
        CurriculumDocument,
        title=_text(MOST_TITLE_CHARACTERS),
        note=_text(MOST_NOTE_CHARACTERS, may_be_empty=True),
        required_contact_minutes=_whole(1, MOST_VERSION_MINUTES),
        modules={"type": "array", "minItems": 1, "maxItems": MOST_MODULES, "items": {"$ref": "#/$defs/module"}},
        rules={"$ref": "#/$defs/rules"},
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Curriculum",
        "description": "One version of a curriculum. The key of each module is given once, and so is each name within "
        "braces. Numbers are written without a fraction.",
        **document,
        "$defs": {"module": _module(), "rules": _rules(version_minutes)},
    }


def schema_text() -> str:
    return json.dumps(json_schema(), indent=2, ensure_ascii=True) + "\n"


def _module() -> Schema:
    return _object(
        ModuleDocument,
        key=_text(MOST_KEY_CHARACTERS) | {"description": "Keeps the module's identity from version to version."},
        title=_text(MOST_TITLE_CHARACTERS),
        contact_minutes=_whole(1, MOST_MODULE_MINUTES),
        domain=_text(MOST_DOMAIN_CHARACTERS),
        objectives=_list(_text(MOST_TEXT_CHARACTERS)),
        content_note=_or_null(_text(MOST_TEXT_CHARACTERS)),
        observed_skills={"type": "boolean"},
        required={"type": "boolean", "description": "false is an elective."},
        equivalent_activity=_or_null(_text(MOST_TEXT_CHARACTERS)),
        competencies=_list(_text(MOST_KEY_CHARACTERS)) | {"description": "Keys of the competency framework."},
        delivery_modes=_list(_choice(TEACHING_MODES)) | {"description": "May be taught so; none or absent is all."},
        prerequisites=_list(_text(MOST_KEY_CHARACTERS)) | {"description": "Keys of modules that come before."},
    )


def _rules(version_minutes: Schema) -> Schema:
    return _object(
        VersionRules,
        electives_owed_minutes=version_minutes,
        delivery_caps_minutes=_by(DeliveryMode, version_minutes),
        delivery_minimums_minutes=_by(DeliveryMode, version_minutes),
        brief_absence_minutes=_whole(0, 60),
        completion_window_days=_or_null(_whole(1, MOST_DAYS)),
        pre_test=_choice(PreTest),
        post_test=_object(
            PostTestRule,
            questions_at_least=_whole(1, 1_000),
            pass_mark_percent=_whole(1, 100),
            attempts=_whole(1, 20),
        ),
        agreements=_list(_choice(Agreement)),
        skills=_list(_text(MOST_TEXT_CHARACTERS)),
        make_up_routes=_list(_choice(MakeUpRoute)),
        make_up_limits=_object(
            MakeUpLimits,
            most_minutes=_or_null(version_minutes),
            most_minutes_by_route=_by(MakeUpRoute, version_minutes),
            within_days=_or_null(_whole(1, MOST_DAYS)),
        ),
    )


def _object(kind: type, **properties: Schema) -> Schema:
    """Every field of the dataclass has its schema; those without a default are required."""
    needed = [f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING]
    if list(properties) != [field.name for field in fields(kind)]:
        raise ValueError(f"the schema of {kind.__name__} does not name its fields")
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def _by(kind: type[StrEnum], value: Schema) -> Schema:
    return {"type": "object", "propertyNames": _choice(kind), "additionalProperties": value}


def _text(most: int, may_be_empty: bool = False) -> Schema:
    return {"type": "string", "minLength": 0 if may_be_empty else 1, "maxLength": most, "pattern": PRINTED}


def _list(items: Schema) -> Schema:
    return {"type": "array", "maxItems": MOST_ENTRIES, "uniqueItems": True, "items": items}


def _whole(low: int, high: int) -> Schema:
    return {"type": "integer", "minimum": low, "maximum": high}


def _choice(choices: Iterable[StrEnum]) -> Schema:
    return {"enum": [str(choice) for choice in choices]}


def _or_null(schema: Schema) -> Schema:
    return schema | {"type": [schema["type"], "null"]}
