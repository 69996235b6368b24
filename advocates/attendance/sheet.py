"""The sign-in sheet to print: one line a person, blank ones for walk-ins. Nothing of it is stored."""

from collections.abc import Callable
from dataclasses import dataclass

from advocates.printing import fill_template, render_pdf

BLANK_LINES = 6
STYLE_SHEETS = {False: "sheet.css", True: "sheet_large.css"}


@dataclass(frozen=True)
class Sheet:
    """Everything it prints, as text in the reader's language."""

    cohort: str
    title: str | None
    day: str
    span: str
    place: str
    names: tuple[str, ...]
    language: str
    direction: str
    is_large: bool = False


def render_sheet(sheet: Sheet, translate: Callable[[str], str]) -> bytes:
    """The tagged PDF on Letter, upright or in large print across; the heading of the table stands on each page."""
    html = fill_template("attendance/print_sheet.html", translate, sheet=sheet, blank_lines=BLANK_LINES)
    return render_pdf(html, STYLE_SHEETS[sheet.is_large])
