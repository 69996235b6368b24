"""A competency framework as a CSV table: key, title and, where there is one, domain."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from advocates.curriculum.rules.document import CurriculumDocument
from advocates.curriculum.rules.nodes import Node, refuse_repeats
from advocates.curriculum.rules.problems import N_, Problem
from advocates.curriculum.rules.reading import (
    MOST_DOMAIN_CHARACTERS,
    MOST_KEY_CHARACTERS,
    MOST_TITLE_CHARACTERS,
    CurriculumFileError,
)
from advocates.curriculum.rules.table import Columns, read_table

COLUMNS = Columns(("key", "title"), ("domain",))
MOST_COMPETENCIES = 500


@dataclass(frozen=True)
class CompetencyEntry:
    key: str
    title: str
    domain: str


def read_framework(content: bytes) -> tuple[CompetencyEntry, ...]:
    """The competencies in the order of the file; CurriculumFileError names each line and column."""
    rows = read_table(content, COLUMNS, MOST_COMPETENCIES)
    problems: list[Problem] = []
    if not rows:
        problems.append(Problem("", N_("There must be at least one competency.")))
    entries = tuple(
        CompetencyEntry(
            _cell(row.line, "key", row.cells["key"], problems).text(MOST_KEY_CHARACTERS),
            _cell(row.line, "title", row.cells["title"], problems).text(MOST_TITLE_CHARACTERS),
            _cell(row.line, "domain", row.cells.get("domain", ""), problems).text(
                MOST_DOMAIN_CHARACTERS, may_be_empty=True
            ),
        )
        for row in rows
    )
    refuse_repeats(_cell(row.line, "key", row.cells["key"], problems) for row in rows if row.cells["key"])
    if problems:
        raise CurriculumFileError(problems)
    return entries


def modules_by_competency(document: CurriculumDocument) -> Mapping[str, Sequence[str]]:
    """The keys of the modules that name each competency; one that none names is no key."""
    found: dict[str, list[str]] = defaultdict(list)
    for module in document.modules:
        for competency in module.competencies:
            found[competency].append(module.key)
    return dict(found)


def _cell(line: int, column: str, value: str, problems: list[Problem]) -> Node:
    return Node(value, f"line[{line}].{column}", problems)
