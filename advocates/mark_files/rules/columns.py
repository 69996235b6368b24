"""Which column of a file is which, whatever stands above its header: a table of marks, or a meeting's report."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from advocates.cohorts.rules.tables import (
    ARCHIVE,
    MOST_BYTES,
    OLD_EXCEL,
    PeopleListError,
    Row,
    decode,
    rows_of_text,
    text_of_rows,
)
from advocates.cohorts.rules.workbook import read_workbook
from advocates.curriculum.rules import N_
from advocates.mark_files.rules.moments import MomentRefused, zone_of_offset

HEADER_WITHIN = 60  # lines
MOST_IN_A_FILE = 200  # people: nobody looks through more before confirming
MOST_PAIRS = 10
# The first alias of each is how the column is written back.
PERSON: Mapping[str, tuple[str, ...]] = {
    "name": (
        "Name",
        "Chosen name",
        "Full name",
        "Participant",
        "Name (original name)",
        "User name (original name)",
        "User name",
        "Display name",
        "Participant name",
    ),
    "first_name": ("First name", "Given name"),
    "last_name": ("Last name", "Surname", "Family name"),
    "email": ("E-mail", "Email", "User email", "Email address", "E-mail address", "Mail"),
    "sign_in_name": ("Participant ID (UPN)",),
    "enrollment_id": ("Enrollment", "Enrollment ID"),
}
MARKS: Mapping[str, tuple[str, ...]] = {
    "status": ("Status", "Attendance", "Mark", "Outcome"),
    "arrived": ("Arrived", "In", "Arrival", "Time in"),
    "left": ("Left", "Time out", "Departure"),
    "late": ("Minutes late", "Late"),
    "early": ("Minutes early", "Early"),
    "minutes": ("Minutes", "Minutes present"),
    **{f"out{n}": (f"Out {n}", *(("Out", "Went out") if n == 1 else ())) for n in range(1, MOST_PAIRS + 1)},
    **{f"back{n}": (f"Back {n}", *(("Back", "Came back") if n == 1 else ())) for n in range(1, MOST_PAIRS + 1)},
}
MEETING: Mapping[str, tuple[str, ...]] = {
    "joined": ("Join time", "Joined", "Time joined"),
    "gone": ("Leave time", "Time exited"),
    "first_joined": ("First join", "First join time"),
    "last_gone": ("Last leave", "Last leave time"),
    "waiting": ("In waiting room",),
}
TITLES = {column: aliases[0] for column, aliases in {**PERSON, **MARKS, **MEETING}.items()}
_COLUMNS = {alias.casefold(): column for column, aliases in {**PERSON, **MARKS, **MEETING}.items() for alias in aliases}
_TOTALS = {"total duration (minutes)", "duration (minutes)", "duration", "in-meeting duration"}
_ZONED = re.compile(r"(.*?)\s*\(((?:UTC|GMT)(?:\s*[+-]\d{1,2}(?::?\d{2})?)?)\)", re.IGNORECASE)
_SECTION = re.compile(r"\d{1,2}\. .*|(host|panelist|attendee|other attended) details|other attended", re.IGNORECASE)
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


class Kind(StrEnum):
    MARKS = "marks"
    MEETING = "meeting"


@dataclass(frozen=True)
class Header:
    """The columns of a table in order, "" for one that is not read. `zone` is the offset that its times state."""

    columns: tuple[str, ...]
    zone: str | None = None

    @property
    def kind(self) -> Kind:
        return Kind.MEETING if {"joined", "first_joined"} & set(self.columns) else Kind.MARKS


@dataclass(frozen=True)
class FileLine:
    """One line's cells by column. `is_too_wide`: it has more cells than the header."""

    number: int
    cells: Mapping[str, str]
    is_too_wide: bool = False


@dataclass(frozen=True)
class MarksFile:
    """A file by columns, and what is to be said of how it was read.

    `text` is the file without what is not read. `is_rough`: of each person it tells only when they came first and
    went last.
    """

    kind: Kind
    lines: Sequence[FileLine]
    text: str
    zone: str | None = None
    is_rough: bool = False
    unread: Sequence[str] = ()
    is_guess: bool = False
    unread_sheets: Sequence[str] = ()


@dataclass(frozen=True)
class _Table:
    header: Header
    at: Row
    rows: Sequence[Row]


def read_file(content: bytes) -> MarksFile:
    """The table in a CSV file, a text file of a meeting program or a workbook. Raises PeopleListError."""
    if content.startswith((ARCHIVE, OLD_EXCEL)):
        book = read_workbook(content)
        return replace(_of_rows(book.rows), unread_sheets=book.unread_sheets)
    text, is_guess = decode(content)
    return replace(_of_rows(_rows(text)), is_guess=is_guess)


def read_text(text: str) -> MarksFile:
    """The table in a pasted text. Raises PeopleListError."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise _too_long()
    return _of_rows(_rows(text))


def _rows(text: str) -> Sequence[Row]:
    """The rows from the first header on: what a meeting program writes above it may hold anything."""
    lines = _LINE_ENDS.split(text.removeprefix("\ufeff"))
    for at, line in enumerate(lines[:HEADER_WITHIN]):
        for delimiter in ("\t", ";", ","):
            if _header([cell.strip(' "') for cell in line.split(delimiter)]):
                return rows_of_text("\n" * at + "\n".join(lines[at:]), delimiter)
    return rows_of_text(text)


def _of_rows(rows: Sequence[Row]) -> MarksFile:
    tables = _tables(rows)
    if not tables:
        _refuse(rows)
    if any("joined" in table.header.columns for table in tables):
        tables = [table for table in tables if "joined" in table.header.columns]
    kind = tables[0].header.kind
    tables = [table for table in tables if table.header.kind is kind]
    kept = [column for column in TITLES if any(column in table.header.columns for table in tables)]
    lines = [_line(table.header, row) for table in tables for row in table.rows]
    if not lines:
        raise PeopleListError(N_("There is a header, but nobody below it."))
    if len({tuple(line.cells.get(column) for column in PERSON) for line in lines}) > MOST_IN_A_FILE:
        message = N_("There are more than %(n)s people in this file. Keep only those of this session.")
        raise PeopleListError(message, n=MOST_IN_A_FILE)
    zone = tables[0].header.zone
    suffix = {"joined", "gone", "first_joined", "last_gone"} if zone else set()
    titles = [f"{TITLES[column]} ({zone})" if column in suffix else TITLES[column] for column in kept]
    written = [Row(line.number, [line.cells.get(column, "") for column in kept]) for line in lines]
    text = text_of_rows([Row(tables[0].at.number, titles), *written])
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise _too_long()
    unread = dict.fromkeys(
        cell
        for table in tables
        for cell, column in zip(table.at.cells, table.header.columns, strict=True)
        if cell and not column
    )
    return MarksFile(kind, lines, text, zone, "first_joined" in kept, tuple(unread))


def _tables(rows: Sequence[Row]) -> list[_Table]:
    """Every table with a header that is known; a meeting program writes several below each other."""
    tables: list[_Table] = []
    below: list[Row] | None = None
    for row in rows:
        header = _header(row.cells)
        if header is not None:
            below = []
            tables.append(_Table(header, row, below))
        elif _SECTION.fullmatch("".join(row.cells)):
            below = None
        elif below is not None:
            below.append(row)
    return tables


def _header(cells: Sequence[str]) -> Header | None:
    """The columns that these cells name, None where they are no header of people and what is said of them."""
    zones = [match[2].upper() for cell in cells if (match := _ZONED.fullmatch(cell))]
    names = [match[1] if (match := _ZONED.fullmatch(cell)) else cell for cell in cells]
    columns = [_COLUMNS.get(" ".join(name.split()).casefold(), "") for name in names]
    if "out1" in columns and not {"back1", "left"} & set(columns):
        columns[columns.index("out1")] = "left"
    read = [column for column in columns if column]
    if not set(read) & set(PERSON) or not set(read) & (set(MARKS) | {"joined", "first_joined"}):
        return None
    if len(set(read)) < len(read):
        raise PeopleListError(N_("The header names a column twice."))
    return Header(tuple(columns), _zone(zones[0]) if zones else None)


def _zone(text: str) -> str:
    try:
        zone_of_offset(text)
    except MomentRefused as refusal:
        raise PeopleListError(refusal.problem.message, **refusal.problem.values) from refusal
    return text


def _line(header: Header, row: Row) -> FileLine:
    cells = {column: cell for column, cell in zip(header.columns, row.cells, strict=False) if column and cell}
    return FileLine(row.number, cells, any(row.cells[len(header.columns) :]))


def _refuse(rows: Sequence[Row]) -> None:
    """PeopleListError: why there is no table to read."""
    if not rows:
        raise PeopleListError(N_("There is nothing in this file."))
    if any(_TOTALS & {cell.casefold() for cell in row.cells} for row in rows[:HEADER_WITHIN]):
        message = N_(
            "This report tells how long people were there, but not when. Export it again with the times of joining "
            "and leaving: in Zoom, without “Show unique users”."
        )
        raise PeopleListError(message)
    message = N_(
        "No line names the columns. The first one must, for example: Name, Status, Arrived, Left. Of a meeting's "
        "report, export the one in English."
    )
    raise PeopleListError(message)


def _too_long() -> PeopleListError:
    return PeopleListError(N_("This file is longer than %(n)s KB. Split it."), n=MOST_BYTES // 1000)
