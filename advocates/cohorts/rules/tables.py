"""The rows of a list as plain cells by line, whether it was pasted, saved as CSV or kept as a workbook."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from advocates.curriculum.rules import N_, Problem

MOST_PEOPLE = 2_000
ABOVE_A_HEADER = 10
MOST_ROWS = MOST_PEOPLE + ABOVE_A_HEADER
MOST_BYTES = 400_000
LONGEST_READ = 1_000  # of one cell: what is longer is refused whatever follows
REPLACED = "\ufffd"
ARCHIVE, OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NEEDS_QUOTES = re.compile(r'[",;\t]')
_QUOTED = re.compile(r'"[^"]*"')


class PeopleListError(ValueError):
    """The whole list cannot be read; `problem` says why."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message % values)
        self.problem = Problem("", message, values)


@dataclass(frozen=True)
class Row:
    """A row that is not blank, with the number of its line and cells without outer spaces."""

    number: int
    cells: Sequence[str]


def decode(content: bytes) -> tuple[str, bool]:
    """The text of a file, and whether its encoding was a guess. Raises PeopleListError for what is no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace").replace("\0", REPLACED), False
    if content.count(b"\0") > len(content) // 10:
        raise PeopleListError(N_("This file is no list of people. Choose a CSV file or an Excel workbook (.xlsx)."))
    content = content.replace(b"\0", REPLACED.encode())  # no page and no database can hold it
    try:
        return content.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return content.replace(REPLACED.encode(), b"\x81").decode("cp1252", "replace"), True


def rows_of_text(text: str, delimiter: str | None = None) -> list[Row]:
    """The rows of a list separated by commas, semicolons or tabs, or by what is given. Raises PeopleListError."""
    text = text.removeprefix("\ufeff")
    mark = delimiter or _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True, skipinitialspace=True)
    try:
        return bounded(Row(reader.line_num, clean_cells(cells)) for cells in reader)
    except csv.Error as error:
        message = N_("Line %(line)s has a quotation mark that is never closed or stands in the middle of a cell.")
        raise PeopleListError(message, line=max(reader.line_num, 1)) from error


def text_of_rows(rows: Iterable[Row]) -> str:
    """The rows as text that `rows_of_text` reads the same, each in the line of its number."""
    lines: list[str] = []
    for row in rows:
        lines += [""] * (row.number - 1 - len(lines))
        lines.append(",".join(_quoted(cell) for cell in row.cells))
    return "\n".join(lines)


def bounded(rows: Iterable[Row]) -> list[Row]:
    """The rows that are not blank; PeopleListError as soon as there are more than a list may have."""
    kept: list[Row] = []
    for row in rows:
        if any(row.cells):
            kept.append(row)
        if len(kept) > MOST_ROWS:
            raise too_many()
    return kept


def too_many() -> PeopleListError:
    return PeopleListError(N_("There are more than %(n)s people on this list. Split it."), n=MOST_PEOPLE)


def clean_cells(cells: Iterable[str]) -> list[str]:
    return [" ".join(cell[:LONGEST_READ].split()) for cell in cells]


def _delimiter(text: str) -> str:
    """What separates the cells of the first line that has some; on a tie the comma."""
    for line in text[:100_000].splitlines():
        if line.strip(" \t,;"):
            bare = _QUOTED.sub("", line)
            return max("\t", ";", ",", key=lambda mark: (bare.count(mark), mark == ","))
    return ","


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell
