"""The parts of a workbook (ECMA-376), each read event by event: relations, sheets, styles, cells, shared strings."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from xml.sax.handler import ContentHandler

from advocates.cohorts.rules.tables import LONGEST_READ, MOST_ROWS, PeopleListError, Row, clean_cells, too_many
from advocates.curriculum.rules import N_

MOST_COLUMNS = 40
LAST_ROW = 60_000
MOST_MERGED = 2_000
FORMULA = "="
_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NOT_PATTERN = re.compile(r'"[^"]*"|\[(?![hms]+\])[^\]]*\]|\\.|_.')


class _Part(ContentHandler):
    """Calls `on_<tag>` and `end_<tag>` without name spaces; collects text while `text` is a list."""

    text: list[str] | None = None
    length = 0

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - SAX names it
        handle = getattr(self, f"on_{name.rpartition(':')[2]}", None)
        if handle is not None:
            handle(attrs)

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX names it
        handle: Callable[[], None] | None = getattr(self, f"end_{name.rpartition(':')[2]}", None)
        if handle is not None:
            handle()

    def characters(self, content: str) -> None:
        if self.text is not None and self.length < LONGEST_READ:
            self.text.append(content)
            self.length += len(content)

    def collect(self) -> None:
        self.text, self.length = [], 0

    def collected(self) -> str:
        found, self.text = "".join(self.text or ()), None
        return found


class Relations(_Part):
    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}
        self.kinds: dict[str, str] = {}

    def on_Relationship(self, attrs: Any) -> None:  # noqa: N802
        if attrs.get("TargetMode") != "External":
            self.targets[attrs["Id"]] = attrs["Target"]
            self.kinds[attrs["Id"]] = attrs["Type"]


class Sheets(_Part):
    """`found` holds each sheet's title, state and relation, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.is_from_1904 = False

    def on_workbookPr(self, attrs: Any) -> None:  # noqa: N802
        self.is_from_1904 = attrs.get("date1904") in {"1", "true"}

    def on_sheet(self, attrs: Any) -> None:
        relation = next(value for key, value in attrs.items() if key.rpartition(":")[2] == "id")
        self.found.append((attrs["name"][:100], attrs.get("state", "visible"), relation))


class Styles(_Part):
    """Which cell styles show a number as a day or a time."""

    def __init__(self) -> None:
        super().__init__()
        self._own_dates: set[str] = set()
        self._date_styles: set[int] = set()
        self._is_among_cells = False
        self._count = 0

    def is_date(self, style: int) -> bool:
        return style in self._date_styles

    def on_numFmt(self, attrs: Any) -> None:  # noqa: N802
        if set(_NOT_PATTERN.sub("", attrs["formatCode"].lower())) & set("dmyhs"):
            self._own_dates.add(attrs["numFmtId"])

    def on_cellXfs(self, _attrs: Any) -> None:  # noqa: N802
        self._is_among_cells = True

    def end_cellXfs(self) -> None:  # noqa: N802
        self._is_among_cells = False

    def on_xf(self, attrs: Any) -> None:
        if self._is_among_cells:
            number = attrs.get("numFmtId", "0")
            if number in self._own_dates or int(number) in _BUILT_IN_DATES:
                self._date_styles.add(self._count)
            self._count += 1


class SharedStrings(_Part):
    """The strings of these indices; the reading aids of Chinese and Japanese are no part of them."""

    def __init__(self, wanted: set[int]) -> None:
        super().__init__()
        self.found: dict[int, str] = {}
        self._wanted = wanted
        self._index = 0
        self._parts: list[str] = []
        self._is_aid = False

    def on_rPh(self, _attrs: Any) -> None:  # noqa: N802
        self._is_aid = True

    def end_rPh(self) -> None:  # noqa: N802
        self._is_aid = False

    def on_t(self, _attrs: Any) -> None:
        if self._index in self._wanted and not self._is_aid and len(self._parts) < LONGEST_READ:
            self.collect()

    def end_t(self) -> None:
        if self.text is not None:
            self._parts.append(self.collected())

    def end_si(self) -> None:
        if self._parts:
            self.found[self._index] = "".join(self._parts)
            self._parts = []
        self._index += 1


class Sheet(_Part):
    """The cells of the rows that are not blank, and `wanted`: the shared strings that they name."""

    def __init__(self, is_date: Callable[[int], bool], *, is_from_1904: bool) -> None:
        super().__init__()
        self.wanted: set[int] = set()
        self._is_date, self._is_from_1904 = is_date, is_from_1904
        self._rows: list[tuple[int, dict[int, str | int]]] = []
        self._merged: list[tuple[int, int, int]] = []
        self._number = self._column = 0
        self._cells: dict[int, str | int] = {}
        self._kind, self._style, self._is_formula, self._value = "n", 0, False, ""

    def rows(self, strings: Mapping[int, str]) -> list[Row]:
        """The rows with the shared strings in place and merged cells filled downwards."""
        found = []
        for number, cells in self._rows:
            texts = {at: strings.get(cell, "") if isinstance(cell, int) else cell for at, cell in cells.items()}
            found.append((number, texts))
        by_number = dict(found)
        for left, top, bottom in self._merged:
            value = by_number.get(top, {}).get(left, "")
            for number, texts in found:
                if value and top < number <= bottom:
                    texts[left] = value
        rows = (Row(n, clean_cells(texts.get(at, "") for at in range(max(texts) + 1))) for n, texts in found)
        return [row for row in rows if any(row.cells)]

    def on_row(self, attrs: Any) -> None:
        self._number = int(attrs.get("r", self._number + 1))
        self._column, self._cells = -1, {}

    def on_c(self, attrs: Any) -> None:
        place = _PLACE.fullmatch(attrs.get("r", ""))
        self._column = _column(place[1]) if place else self._column + 1
        self._kind, self._style = attrs.get("t", "n"), int(attrs.get("s", 0))
        self._is_formula, self._value = False, ""

    def on_f(self, _attrs: Any) -> None:
        self._is_formula = True

    def on_v(self, _attrs: Any) -> None:
        self.collect()

    def end_v(self) -> None:
        self._value = self.collected()

    def on_t(self, _attrs: Any) -> None:
        self.collect()

    def end_t(self) -> None:
        if self._kind == "inlineStr" and len(self._value) < LONGEST_READ:
            self._value += self.collected()

    def end_c(self) -> None:
        cell: str | int = FORMULA if self._is_formula else self._plain()
        if cell != "" and 0 <= self._column < MOST_COLUMNS:
            self._cells[self._column] = cell

    def end_row(self) -> None:
        if not self._cells:
            return
        if self._number > LAST_ROW:
            raise PeopleListError(N_("This sheet goes beyond row %(n)s. Keep only the list in it."), n=LAST_ROW)
        self.wanted |= {cell for cell in self._cells.values() if isinstance(cell, int)}
        self._rows.append((self._number, self._cells))
        if len(self._rows) > MOST_ROWS:
            raise too_many()

    def on_mergeCell(self, attrs: Any) -> None:  # noqa: N802
        first, _, last = attrs["ref"].partition(":")
        top_left, bottom_right = _PLACE.fullmatch(first), _PLACE.fullmatch(last)
        if not top_left or not bottom_right or len(self._merged) >= MOST_MERGED:
            raise PeopleListError(N_("This sheet merges its cells in too many ways. Undo that, then save it again."))
        if top_left[2] != bottom_right[2] and _column(top_left[1]) < MOST_COLUMNS:
            self._merged.append((_column(top_left[1]), int(top_left[2]), int(bottom_right[2])))

    def _plain(self) -> str | int:
        """What the cell says; a shared string is an int until it is looked up."""
        value = self._value
        if self._kind == "s":
            return int(value) if value else ""
        if self._kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        if self._kind != "n" or not value:
            return value.removesuffix("T00:00:00") if self._kind == "d" else value
        number = float(value)
        return self._day(number) if self._is_date(self._style) else f"{number:.10g}"

    def _day(self, number: float) -> str:
        """Days since the start of the calendar, which took 1900 for a leap year."""
        start = datetime.fromisoformat("1904-01-01" if self._is_from_1904 else "1899-12-30")
        try:
            moment = start + timedelta(minutes=round(number * 24 * 60))
        except OverflowError:
            return "#VALUE!"
        return moment.strftime("%Y-%m-%d" if number == int(number) else "%Y-%m-%d %H:%M")


def _column(letters: str) -> int:
    """A is 0."""
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - 64
    return at - 1
