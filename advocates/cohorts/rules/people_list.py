"""Read the people of a list: which column is which, and what is wrong with how each line is written."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from email_validator import EmailNotValidError, validate_email

from advocates.cohorts.rules.newcomers import Line, Newcomer
from advocates.cohorts.rules.tables import (
    ABOVE_A_HEADER,
    ARCHIVE,
    MOST_BYTES,
    MOST_PEOPLE,
    OLD_EXCEL,
    REPLACED,
    PeopleListError,
    Row,
    decode,
    rows_of_text,
    text_of_rows,
    too_many,
)
from advocates.cohorts.rules.workbook import read_workbook
from advocates.curriculum.rules import N_, Problem
from advocates.people.rules import LONGEST_NAME, NameProblem, NameRefused, clean_name

LONGEST_CELL = 200
Headers = Mapping[str, tuple[str, ...]]
# The first alias of each is how the column is written back.
HEADERS: Headers = {
    "chosen_name": ("Name", "Chosen name", "Full name", "Preferred name", "Participant"),
    "email": ("E-mail", "Email", "Email address", "E-mail address", "Mail"),
    "agency": ("Agency", "Organization", "Organisation", "Employer"),
    "pronunciation": ("Pronunciation", "Name pronunciation"),
}
NAME_PARTS: Headers = {
    "first_name": ("First name", "Given name", "First"),
    "last_name": ("Last name", "Surname", "Family name", "Last"),
}
SHEET_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
_HIDDEN = {"Cc", "Cs", "Co", "Cn"}
_FORMULA_STARTS = ("=", "+", "-", "@")
_FORMULA = N_("This begins like a spreadsheet formula. Type the text itself.")
_NAME_SENTENCES = {
    NameProblem.NO_LETTER: N_("The name is missing."),
    NameProblem.TOO_LONG: N_("The name is longer than %(n)s characters."),
    NameProblem.HIDDEN_CHARACTER: N_("The name holds a hidden character (%(code)s). Type it without pasting."),
}


@dataclass(frozen=True)
class Listed:
    """One line's cells by column, and what is wrong with its shape."""

    number: int
    cells: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Columns:
    """A list by columns. `unread` are columns, `above` lines over the header that were left out."""

    lines: Sequence[Listed]
    text: str
    unread: Sequence[str] = ()
    above: Sequence[int] = ()


@dataclass(frozen=True)
class PeopleList:
    """The people of a list by line, the list as text, and what was left out of it."""

    lines: Sequence[Line]
    text: str
    unread: Sequence[str] = ()
    above: Sequence[int] = ()


@dataclass(frozen=True)
class FileList:
    """A file's list as text, without the columns that are not read, and what to say of how it was read."""

    text: str
    is_guess: bool = False
    unread: Sequence[str] = ()
    above: Sequence[int] = ()
    unread_sheets: Sequence[str] = field(default=())


def read_people(text: str) -> PeopleList:
    """The people in a list. Raises PeopleListError where it cannot be read as one at all."""
    columns = columns_of_text(text, HEADERS)
    return PeopleList([_line(listed) for listed in columns.lines], columns.text, columns.unread, columns.above)


def read_file(content: bytes, headers: Headers = HEADERS) -> FileList:
    """The list in a CSV file or a workbook, as text that may be mended. Raises PeopleListError."""
    if content.startswith((ARCHIVE, OLD_EXCEL)):
        book = read_workbook(content)
        rows, is_guess, sheets = book.rows, False, book.unread_sheets
    else:
        text, is_guess = decode(content)
        rows, sheets = rows_of_text(text), ()
    columns = columns_of(rows, headers)
    if len(columns.text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise too_long()
    return FileList(columns.text, is_guess, columns.unread, columns.above, sheets)


def columns_of_text(text: str, headers: Headers) -> Columns:
    """A pasted list by column. Raises PeopleListError."""
    if len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise too_long()
    return columns_of(rows_of_text(text), headers)


def columns_of(rows: Sequence[Row], headers: Headers) -> Columns:
    """The rows by column, as a header names them or in the order of `headers`. Raises PeopleListError."""
    if not rows:
        raise PeopleListError(N_("There is nobody on this list."))
    at, columns = _find_header(rows, headers)
    below = rows[at + 1 :] if at is not None else rows
    if not below:
        raise PeopleListError(N_("There is a header, but nobody below it."))
    if len(below) > MOST_PEOPLE:
        raise too_many()
    kept = [place for place, column in enumerate(columns) if column]
    written = [_kept(row, kept, len(columns)) for row in below]
    if at is None:
        return Columns([_listed(row, columns) for row in below], text_of_rows(written))
    titles = {**headers, **NAME_PARTS}
    header = Row(rows[at].number, [titles[columns[place]][0] for place in kept])
    unread = [cell for cell, column in zip(rows[at].cells, columns, strict=True) if cell and not column]
    text = text_of_rows([header, *written])
    return Columns([_listed(row, columns) for row in below], text, unread, [row.number for row in rows[:at]])


def newcomer_of(cells: Mapping[str, str], problems: list[Problem]) -> Newcomer:
    """The person of a line; what is wrong is added to `problems`."""
    parts = (cells.get("first_name", ""), cells.get("last_name", ""))
    return Newcomer(
        chosen_name=_name(cells.get("chosen_name", "") or " ".join(filter(None, parts)), problems),
        email=_email(cells.get("email", ""), problems),
        agency=_cell("agency", cells.get("agency", ""), problems),
        pronunciation=_cell("pronunciation", cells.get("pronunciation", ""), problems),
    )


def too_long() -> PeopleListError:
    return PeopleListError(N_("This list is longer than %(n)s KB. Split it."), n=MOST_BYTES // 1000)


def _find_header(rows: Sequence[Row], headers: Headers) -> tuple[int | None, Sequence[str]]:
    """The place of the header, and the columns in order ("" for one not read). Titles may stand above it."""
    known = {alias.casefold(): column for column, aliases in {**headers, **NAME_PARTS}.items() for alias in aliases}
    for at, row in enumerate(rows[: ABOVE_A_HEADER + 1]):
        columns = [known.get(cell.casefold(), "") for cell in row.cells]
        read = [column for column in columns if column]
        has_name = "chosen_name" in read or {"first_name", "last_name"} <= set(read)
        if at == 0 and read and not has_name:
            raise PeopleListError(N_("The header has no column called Name."))
        if has_name and (at == 0 or len(read) > 1):
            if len(set(read)) < len(read):
                raise PeopleListError(N_("The header names a column twice."))
            return at, columns
    return None, list(headers)


def _kept(row: Row, kept: Sequence[int], width: int) -> Row:
    """Only the cells that are read, and those too many, so that the line stays wrong."""
    cells = [row.cells[place] if place < len(row.cells) else "" for place in kept]
    return Row(row.number, [*cells, *row.cells[width:]])


def _listed(row: Row, columns: Sequence[str]) -> Listed:
    problems: tuple[Problem, ...] = ()
    if any(row.cells[len(columns) :]):
        message = N_("This line has more than %(n)s cells. Put a name that holds a comma in quotation marks.")
        problems = (Problem("", message, {"n": len(columns)}),)
    return Listed(row.number, {c: cell for c, cell in zip(columns, row.cells, strict=False) if c}, problems)


def _line(listed: Listed) -> Line:
    problems = list(listed.problems)
    newcomer = newcomer_of(listed.cells, problems)
    return Line(listed.number, newcomer, tuple(problems))


def _name(cell: str, problems: list[Problem]) -> str:
    try:
        cell = clean_name(cell)
    except NameRefused as error:
        values = {"n": LONGEST_NAME, "code": error.code_point}
        is_formula = error.problem is NameProblem.NO_LETTER and len(cell) > 1 and cell.startswith(_FORMULA_STARTS)
        sentence = _FORMULA if is_formula else _NAME_SENTENCES[error.problem]
        problems.append(Problem("chosen_name", sentence, values))
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
    if cell.startswith(_FORMULA_STARTS):
        problems.append(Problem(column, _FORMULA))
    elif cell.upper() in SHEET_ERRORS:
        problems.append(Problem(column, N_("This is an error of the spreadsheet. Type the text itself.")))
    elif REPLACED in cell or any(unicodedata.category(character) in _HIDDEN for character in cell):
        problems.append(Problem(column, N_("This holds a character that cannot be read.")))
