"""Excel workbooks as people send them, good and bad."""

import io
import zipfile
from typing import Any

import openpyxl


def workbook(*rows: Any, merge: str | None = None, other_sheet: str | None = None) -> bytes:
    """A workbook of these rows."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    if other_sheet:
        book.create_sheet(other_sheet).append(["Not", "read"])
    return saved(book)


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(content: bytes, **parts: Any) -> bytes:
    """The workbook with parts replaced or added; underscores in a name stand for dots, double ones for slashes."""
    wanted = {name.replace("__", "/").replace("_", "."): part for name, part in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, wanted.pop(name, None) or old.read(name))
        for name, part in wanted.items():
            new.writestr(name, part)
    return out.getvalue()
