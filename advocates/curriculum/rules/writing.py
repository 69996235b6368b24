"""Write a curriculum as text: the same document always gives the same bytes."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass

from advocates.curriculum.rules.document import CurriculumDocument, VersionRules


def write_document(document: CurriculumDocument) -> str:
    """The text of a curriculum file; reading it gives an equal document."""
    return json.dumps(_plain(document), indent=2, ensure_ascii=False) + "\n"


def rules_to_json(rules: VersionRules) -> str:
    """One line of JSON, as a curriculum version stores its rules."""
    return json.dumps(_plain(rules), ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    """Dataclasses as objects, without the fields that say no more than their default."""
    if is_dataclass(value) and not isinstance(value, type):
        given = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: _plain(member) for field, member in given if member != _default(field)}
    if isinstance(value, Mapping):
        return {str(name): _plain(member) for name, member in value.items()}
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    return value


def _default(field: "Field[object]") -> object:
    return field.default if field.default_factory is MISSING else field.default_factory()
