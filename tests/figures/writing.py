"""Where the long figures are kept, and how docs/figures.md is made of them.

`bin/test --all` names a file in ADVOCATES_FIGURES; each long test appends a line to it, whichever process it runs in,
and `python -m tests.figures.writing LINES PAGE` makes the page.
"""

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

VARIABLE = "ADVOCATES_FIGURES"
KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
TITLES = {
    "trainers": "Trainers at one register, in random order",
    "replays": "Sent again, and replies that never arrived",
    "daylight": "Every change of the clocks, 2020 to 2037",
    "edits": "Rows changed in SQL",
    "statements": "SQL statements of the register",
    "growth": "What the register costs, and as the site grows",
}
IN_ORDER = {"growth"}  # the others come from several processes at once
INTRODUCTION = """# Figures

Measured by `bin/test --all`, which writes this page. The everyday `bin/test` runs a small sample of each.
All seeds are fixed; where threads race, the counts differ a little from run to run.
"""


def keep(section: str, what: str, kind: str, value: object, *, is_sample: bool = False) -> None:
    """Add one figure, where a page is being made. A sample gives way to the whole."""
    if path := os.environ.get(VARIABLE):
        line = json.dumps({"section": section, "what": what, "kind": kind, "value": str(value), "sample": is_sample})
        with Path(path).open("a") as file:
            file.write(f"{line}\n")


def page(lines: Iterable[str], notes: dict[str, str]) -> str:
    """The page: a table a section, one row a figure, one column a database; `notes` explain them."""
    sections: dict[str, dict[str, dict[str, str]]] = {name: {} for name in TITLES}
    for each in sorted(map(json.loads, lines), key=lambda each: not each["sample"]):
        sections[each["section"]].setdefault(each["what"], {})[each["kind"]] = each["value"]
    parts = [INTRODUCTION]
    for name, rows in sections.items():
        parts.append(f"\n## {TITLES[name]}\n\n{notes.get(name, '')}")
        if rows:
            parts += ["\n| | " + " | ".join(KINDS.values()) + " |\n", "|---|" + "---|" * len(KINDS) + "\n"]
            for what, values in rows.items() if name in IN_ORDER else sorted(rows.items()):
                parts.append(f"| {what} | " + " | ".join(values.get(kind, "") for kind in KINDS) + " |\n")
    return "".join(parts)


def read_notes() -> dict[str, str]:
    """What stands under each heading, from notes.md beside this file."""
    notes: dict[str, str] = {}
    for part in Path(__file__).with_name("notes.md").read_text().split("\n## ")[1:]:
        name, _, text = part.partition("\n")
        notes[name.strip()] = text.strip() + "\n"
    return notes


if __name__ == "__main__":
    measured, target = map(Path, sys.argv[1:3])
    target.write_text(page(measured.read_text().splitlines(), read_notes()))
