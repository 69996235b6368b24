"""A CSV table as people save it from a spreadsheet: comma, semicolon or tab, UTF-8, UTF-16 or Latin-1, with a header.

A cell that begins like a formula is written with an apostrophe before it, which reading takes away again.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from advocates.curriculum.rules.problems import N_, Problem
from advocates.curriculum.rules.reading import MOST_BYTES, CurriculumFileError

MOST_COLUMNS_TOLD = 20
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_ESCAPED = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True)
class TableRow:
    """The cells of the line that a row ends on, by column, "" where there is none."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Columns:
    """What a header must name, and what it may."""

    needed: Sequence[str]
    optional: Sequence[str] = ()

    @property
    def known(self) -> Sequence[str]:
        return (*self.needed, *self.optional)


def read_table(content: bytes, columns: Columns, most_rows: int) -> tuple[TableRow, ...]:
    """The rows below the header, without blank ones. CurriculumFileError names every line that cannot be read."""
    if len(content) > MOST_BYTES:
        raise CurriculumFileError([Problem("", N_("This file is larger than 1 MB."))])
    text = _decode(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    problems: list[Problem] = []
    header: list[str] | None = None
    rows: list[TableRow] = []
    try:
        for cells in reader:
            cells = [_unescaped(cell.strip()) for cell in cells]
            if not any(cells):
                continue
            if header is None:
                header = _header(cells, reader.line_num, columns, problems)
            elif len(rows) == most_rows:
                raise CurriculumFileError([Problem("", N_("There are more than %(n)s rows."), {"n": most_rows})])
            else:
                rows.append(_row(cells, reader.line_num, header, problems))
    except csv.Error:
        message = N_("A quotation mark is never closed or stands in the middle of a cell, or a cell is far too long.")
        problems.append(Problem(f"line[{max(reader.line_num, 1)}]", message))
    if header is None:
        problems.append(Problem("", N_("This file is empty.")))
    if problems:
        raise CurriculumFileError(problems)
    return tuple(rows)


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """CSV that `read_table` reads the same and a spreadsheet opens without running anything."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_escaped(cell) for cell in row] for row in rows)
    return out.getvalue()


def _decode(content: bytes) -> str:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        problem = Problem("", N_("This is a spreadsheet or an archive. Save it as CSV, then choose the CSV file."))
        raise CurriculumFileError([problem])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max("\t", ";", ",", key=lambda mark: (first.count(mark), mark == ","))


def _header(cells: Sequence[str], line: int, columns: Columns, problems: list[Problem]) -> list[str]:
    """The column of each cell, "" for an empty one."""
    names = ["_".join(cell.casefold().replace("_", " ").split()) for cell in cells]
    for position, name in list(enumerate(names))[:MOST_COLUMNS_TOLD]:
        if name and name not in columns.known:
            shown = cells[position] if cells[position].isprintable() else ascii(cells[position])
            message = N_("The column “%(column)s” is not known. The columns are: %(columns)s.")
            problems.append(Problem(f"line[{line}]", message, _values(shown[:60], columns)))
        elif name and name in names[:position]:
            problems.append(Problem(f"line[{line}]", N_("The column “%(column)s” is named twice."), {"column": name}))
    for name in columns.needed:
        if name not in names:
            message = N_("The column “%(column)s” is missing. The columns are: %(columns)s.")
            problems.append(Problem(f"line[{line}]", message, _values(name, columns)))
    return names


def _values(column: str, columns: Columns) -> dict[str, object]:
    return {"column": column, "columns": ", ".join(columns.known)}


def _row(cells: Sequence[str], line: int, header: Sequence[str], problems: list[Problem]) -> TableRow:
    if any(cells[len(header) :]):
        message = N_("This line has more cells than the header. Put text that holds a separator in quotation marks.")
        problems.append(Problem(f"line[{line}]", message))
    given = dict(zip(header, cells, strict=False))
    return TableRow(line, {name: given.get(name, "") for name in header if name})


def _escaped(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unescaped(cell: str) -> str:
    return cell[1:] if _ESCAPED.match(cell) else cell
