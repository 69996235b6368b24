"""The rows of an Excel workbook (.xlsx), which may come from anybody: without macros, entities or formulas.

Every part is parsed as a stream of events and nothing of it is kept but the cells of the rows that may be read, so
that memory stays flat whatever the workbook declares or unpacks to.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parse

from advocates.cohorts.rules.tables import OLD_EXCEL, PeopleListError, Row
from advocates.cohorts.rules.workbook_parts import Relations, SharedStrings, Sheet, Sheets, Styles
from advocates.curriculum.rules import N_

MOST_INFLATED = 30 * 1024 * 1024
MOST_PARTS = 500
CHUNK = 64 * 1024
# No workbook needs one; an entity could open another file or grow without end.
_DECLARATIONS = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a way of packing that this Python has not
    RuntimeError,  # a part with a password
    SAXException,
    DefusedXmlException,
    ValueError,
    LookupError,
)
Handler = TypeVar("Handler", bound=ContentHandler)


@dataclass(frozen=True)
class Workbook:
    """The rows of the first sheet that is not hidden, and the titles of the others."""

    rows: Sequence[Row]
    unread_sheets: Sequence[str] = ()


def read_workbook(content: bytes) -> Workbook:
    """The rows of a workbook: a formula reads "=", a merged cell stands in each of its rows. PeopleListError."""
    if content.startswith(OLD_EXCEL):
        raise PeopleListError(
            N_("This is an old Excel file or has a password. Save it as .xlsx without a password, or as CSV.")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_dangerous(archive)
            return _read(archive)
    except PeopleListError:
        raise
    except _DAMAGED as error:
        message = N_("This workbook cannot be read. Open it in Excel and save it again as .xlsx, or as CSV.")
        raise PeopleListError(message) from error


def _refuse_dangerous(archive: zipfile.ZipFile) -> None:
    """Inflate every part once and keep nothing: what a part declares of its size may be a lie."""
    parts = archive.infolist()
    names = {part.filename.casefold() for part in parts}
    if "[content_types].xml" not in names:
        message = N_("This is an archive or another kind of document. Save the list as .xlsx or as CSV.")
        raise PeopleListError(message)
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise PeopleListError(N_("This workbook holds macros. Save it as .xlsx without macros, or as CSV."))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_INFLATED:
        raise _too_large()
    inflated = 0
    for part in parts:
        with archive.open(part) as stream:
            before = b""
            while chunk := stream.read(CHUNK):
                inflated += len(chunk)
                if inflated > MOST_INFLATED:
                    raise _too_large()
                if any(mark in before + chunk for mark in _DECLARATIONS):
                    raise PeopleListError(N_("This workbook holds declarations that no list of people needs."))
                before = chunk[-20:]


def _too_large() -> PeopleListError:
    message = N_("This workbook unpacks to more than %(n)s MB. Keep only the list in it, or save it as CSV.")
    return PeopleListError(message, n=MOST_INFLATED // 1024 // 1024)


def _read(archive: zipfile.ZipFile) -> Workbook:
    """The sheet first, then of the strings that all sheets share only those that its rows name."""
    book = _related(archive, "", "/officeDocument")[0]
    sheets = _handled(archive, book, Sheets())
    visible = [(title, relation) for title, state, relation in sheets.found if state == "visible"]
    if not visible:
        raise PeopleListError(N_("This workbook has no visible sheet."))
    path = _relations(archive, book).targets[visible[0][1]]
    styles = Styles()
    for found in _related(archive, book, "/styles"):
        _handled(archive, found, styles)
    sheet = _handled(archive, _resolved(book, path), Sheet(styles.is_date, is_from_1904=sheets.is_from_1904))
    strings = SharedStrings(sheet.wanted)
    for found in _related(archive, book, "/sharedStrings") if sheet.wanted else ():
        _handled(archive, found, strings)
    return Workbook(sheet.rows(strings.found), [title for title, _ in visible[1:]])


def _related(archive: zipfile.ZipFile, part: str, kind: str) -> list[str]:
    """The parts to which this one is related in this way."""
    relations = _relations(archive, part)
    return [_resolved(part, target) for key, target in relations.targets.items() if relations.kinds[key].endswith(kind)]


def _relations(archive: zipfile.ZipFile, part: str) -> Relations:
    folder, name = posixpath.split(part)
    return _handled(archive, posixpath.join(folder, "_rels", f"{name}.rels"), Relations())


def _resolved(part: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def _handled(archive: zipfile.ZipFile, part: str, handler: Handler) -> Handler:
    with archive.open(part) as stream:
        parse(stream, handler, forbid_dtd=True)
    return handler
