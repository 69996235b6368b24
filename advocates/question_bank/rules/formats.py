"""The formats of question files: which one a file has, and writing and reading each."""

import enum
from collections.abc import Callable, Iterable, Mapping

from . import bank_table, gift, moodle_xml, moodle_xml_reading, own_format
from .exchange import Reading, Unreadable, Written, decode
from .questions import N_, Question


class Format(enum.StrEnum):
    GIFT = "gift"
    MOODLE_XML = "moodle_xml"
    CSV = "csv"
    JSON = "json"


_READERS: Mapping[Format, Callable[[bytes, str], Reading]] = {
    Format.GIFT: gift.read,
    Format.MOODLE_XML: moodle_xml_reading.read,
    Format.CSV: bank_table.read,
    Format.JSON: own_format.read,
}


def format_of(content: bytes) -> Format:
    """Judged by how the file begins. Raises Unreadable where it is no text."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(N_("This is a workbook or a packed file. Save the table as CSV, or unpack it first."))
    text = decode(content).lstrip()
    if not text:
        raise Unreadable(N_("This file is empty."))
    if text.startswith("<"):
        return Format.MOODLE_XML
    if text.startswith(("{", "[")) and '"' in text[:200]:
        return Format.JSON
    head = {cell.strip().strip('"').casefold() for cell in text.partition("\n")[0].replace(";", ",").split(",")}
    return Format.CSV if {"kind", "text"} <= {name.replace("\t", "") for name in head} else Format.GIFT


def read(content: bytes, file_format: Format, module: str = "") -> Reading:
    """What the file holds; `module` for questions that name none. Raises Unreadable."""
    return _READERS[file_format](content, module)


def write(file_format: Format, questions: Iterable[Question], images: Mapping[str, bytes], title: str) -> Written:
    """A file that `read` reads the same, but for what it says to leave out."""
    match file_format:
        case Format.GIFT:
            return gift.write(questions)
        case Format.MOODLE_XML:
            return moodle_xml.write(questions, images)
        case Format.CSV:
            return bank_table.write(questions)
        case Format.JSON:
            return own_format.write(questions, images, title)
