"""The modules of a version as a CSV table, one a row; a cell that lists several things has one on each of its lines."""

import re
from collections.abc import Sequence
from dataclasses import fields, replace

from advocates.curriculum.rules.document import CurriculumDocument, ModuleDocument
from advocates.curriculum.rules.nodes import JsonObject, Node, refuse_repeats
from advocates.curriculum.rules.problems import N_, Problem
from advocates.curriculum.rules.reading import MOST_MODULES, CurriculumFileError, read_module
from advocates.curriculum.rules.table import Columns, TableRow, read_table, write_table

COLUMNS = Columns(
    ("key", "title", "contact_minutes", "domain"),
    tuple(
        field.name
        for field in fields(ModuleDocument)
        if field.name not in {"key", "title", "contact_minutes", "domain"}
    ),
)
LISTS = {"objectives", "competencies", "delivery_modes", "prerequisites"}
YES = {"yes", "true", "y", "1", "x"}
NO = {"no", "false", "n", "0"}


def write_modules(document: CurriculumDocument) -> str:
    """Every module with every field."""
    return write_table(COLUMNS.known, ([_cell(getattr(m, name)) for name in COLUMNS.known] for m in document.modules))


def read_modules(content: bytes, base: CurriculumDocument) -> CurriculumDocument:
    """`base` with the modules of the table in their place; CurriculumFileError names each line and column."""
    rows = read_table(content, COLUMNS, MOST_MODULES)
    problems: list[Problem] = []
    nodes = [Node(_as_json(row), f"line[{row.line}]", problems) for row in rows]
    modules = tuple(read_module(node) for node in nodes)
    if not rows:
        problems.append(Problem("", N_("There must be at least one module.")))
    refuse_repeats(node.child("key", row.cells["key"]) for node, row in zip(nodes, rows, strict=True))
    if problems:
        raise CurriculumFileError(problems)
    return replace(base, modules=modules)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "\n".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _as_json(row: TableRow) -> JsonObject:
    """The row as the object that a JSON file would hold."""
    return JsonObject((name, _value(name, row.cells.get(name, ""))) for name in COLUMNS.known)


def _value(name: str, cell: str) -> object:
    if name in LISTS:
        return _lines(cell)
    if name == "contact_minutes":
        return int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 20 else cell
    if name in {"required", "observed_skills"}:
        known = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False), "": name == "required"}
        return known.get(cell.casefold(), cell)
    if name in {"content_note", "equivalent_activity"}:
        return cell or None
    return cell


def _lines(cell: str) -> Sequence[str]:
    return [line.strip() for line in re.split(r"\r\n|\r|\n", cell) if line.strip()]
