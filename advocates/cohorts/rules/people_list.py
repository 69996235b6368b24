"""Read a list of people: pasted or saved from a spreadsheet, with or without a header, comma, semicolon or tab."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from advocates.cohorts.rules.newcomers import Line, Newcomer
from advocates.curriculum.rules import N_, Problem
from advocates.people.rules import LONGEST_NAME, NameProblem, NameRefused, clean_name

MOST_CHARACTERS = 20_000
MOST_PEOPLE = 300
LONGEST_CELL = 200
HEADERS = {
    "chosen_name": {"name", "chosen name", "full name"},
    "email": {"email", "e-mail", "email address", "e-mail address"},
    "agency": {"agency", "organization"},
    "pronunciation": {"pronunciation", "name pronunciation"},
}
REPLACED = "\ufffd"
_HIDDEN = {"Cc", "Cs", "Co", "Cn"}
_NAME_SENTENCES = {
    NameProblem.NO_LETTER: N_("The name is missing."),
    NameProblem.TOO_LONG: N_("The name is longer than %(n)s characters."),
    NameProblem.HIDDEN_CHARACTER: N_("The name holds a hidden character (%(code)s). Type it without pasting."),
}


class PeopleListError(ValueError):
    """The whole list cannot be read; `problem` says why."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message % values)
        self.problem = Problem("", message, values)


@dataclass(frozen=True)
class PeopleList:
    """The people of a list by line, and the names of columns that were left out."""

    lines: Sequence[Line]
    unread: Sequence[str] = ()


def decode(content: bytes) -> tuple[str, bool]:
    """The text of a file, and whether its encoding was a guess. Raises PeopleListError."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise PeopleListError(N_("This is a spreadsheet or an archive. Save it as CSV, then choose the CSV file."))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), False
    try:
        return content.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), True


def read_people(text: str) -> PeopleList:
    """The people in a list. Raises PeopleListError where it cannot be read as one at all."""
    if len(text) > MOST_CHARACTERS:
        raise PeopleListError(N_("This list is longer than %(n)s characters. Split it."), n=MOST_CHARACTERS)
    rows = list(_rows(text.removeprefix("\ufeff")))
    if not rows:
        raise PeopleListError(N_("There is nobody on this list."))
    columns: list[str] = list(HEADERS)
    unread: list[str] = []
    if header := _header(rows[0][1]):
        columns, unread = header
        rows = rows[1:]
    if not rows:
        raise PeopleListError(N_("There is a header, but nobody below it."))
    if len(rows) > MOST_PEOPLE:
        raise PeopleListError(N_("There are more than %(n)s people on this list. Split it."), n=MOST_PEOPLE)
    return PeopleList([_line(number, columns, cells) for number, cells in rows], unread)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank with its line, cells without outer spaces."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True, skipinitialspace=True)
    try:
        for row in reader:
            cells = [" ".join(cell.split()) for cell in row]
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as error:
        message = N_("Line %(line)s has a quotation mark that is never closed or stands in the middle of a cell.")
        raise PeopleListError(message, line=max(reader.line_num, 1)) from error


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max("\t", ";", ",", key=lambda mark: (first.count(mark), mark == ","))


def _header(cells: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """The columns that a header names ("" for one not read) and what it calls those, or None without a header."""
    known = {alias: column for column, aliases in HEADERS.items() for alias in aliases}
    columns = [known.get(cell.casefold(), "") for cell in cells]
    if "chosen_name" not in columns:
        if any(columns):
            raise PeopleListError(N_("The header has no column called Name."))
        return None
    read = [column for column in columns if column]
    if len(set(read)) < len(read):
        raise PeopleListError(N_("The header names a column twice."))
    return columns, [cell for cell, column in zip(cells, columns, strict=True) if cell and not column]


def _line(number: int, columns: Sequence[str], cells: Sequence[str]) -> Line:
    problems: list[Problem] = []
    if any(cells[len(columns) :]):
        message = N_("This line has more than %(n)s cells. Put a name that holds a comma in quotation marks.")
        problems.append(Problem("", message, {"n": len(columns)}))
    given = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
    newcomer = Newcomer(
        chosen_name=_name(given.get("chosen_name", ""), problems),
        email=_email(given.get("email", ""), problems),
        agency=_cell("agency", given.get("agency", ""), problems),
        pronunciation=_cell("pronunciation", given.get("pronunciation", ""), problems),
    )
    return Line(number, newcomer, tuple(problems))


def _name(cell: str, problems: list[Problem]) -> str:
    try:
        cell = clean_name(cell)
    except NameRefused as error:
        values = {"n": LONGEST_NAME, "code": error.code_point}
        problems.append(Problem("chosen_name", _NAME_SENTENCES[error.problem], values))
    else:
        _refuse_unreadable("chosen_name", cell, problems)
    return cell


def _email(cell: str, problems: list[Problem]) -> str | None:
    if not cell:
        return None
    try:
        return validate_email(cell, check_deliverability=False).normalized
    except EmailNotValidError:
        problems.append(Problem("email", N_("This is no e-mail address such as name@example.org.")))
        return cell


def _cell(column: str, cell: str, problems: list[Problem]) -> str | None:
    if len(cell) > LONGEST_CELL:
        problems.append(Problem(column, N_("This is longer than %(n)s characters."), {"n": LONGEST_CELL}))
    else:
        _refuse_unreadable(column, cell, problems)
    return cell or None


def _refuse_unreadable(column: str, cell: str, problems: list[Problem]) -> None:
    if cell.startswith(("=", "+", "-", "@")):
        problems.append(Problem(column, N_("This begins like a spreadsheet formula. Type the text itself.")))
    elif REPLACED in cell or any(unicodedata.category(character) in _HIDDEN for character in cell):
        problems.append(Problem(column, N_("This holds a character that cannot be read.")))
