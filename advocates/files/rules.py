"""What kind a file is: judged by what it holds, and its name has to say the same."""

import io
import zipfile
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

N_ = str  # rules know no language: a view looks the marked sentences up
MOST_ENTRIES = 10_000
MOST_CONTENT_TYPES_BYTES = 1_000_000


@dataclass(frozen=True)
class FileType:
    name: str
    extension: str
    media_type: str


PDF: Final = FileType("PDF", "pdf", "application/pdf")
_OFFICE = "application/vnd.openxmlformats-officedocument."
WORD: Final = FileType("Word", "docx", _OFFICE + "wordprocessingml.document")
SLIDES: Final = FileType("PowerPoint", "pptx", _OFFICE + "presentationml.presentation")
PNG: Final = FileType("PNG", "png", "image/png")
JPEG: Final = FileType("JPEG", "jpg", "image/jpeg")
MP3: Final = FileType("MP3", "mp3", "audio/mpeg")
WEBP: Final = FileType("WebP", "webp", "image/webp")
KINDS: Final = (PDF, WORD, SLIDES, PNG, JPEG, MP3)
IMAGES: Final = (PNG, JPEG, WEBP)
BY_MEDIA_TYPE: Final[Mapping[str, FileType]] = {kind.media_type: kind for kind in (*KINDS, WEBP)}
_BY_EXTENSION: Final = {kind.extension: kind for kind in (*KINDS, WEBP)} | {"jpeg": JPEG}
_MAIN_PARTS: Final = {"word/document.xml": WORD, "ppt/presentation.xml": SLIDES}


class FileRefused(Exception):
    """`message` is a msgid with %(name)s placeholders for `values`."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message % values)
        self.message, self.values = message, values


def type_of(content: bytes, file_name: str, taken: Collection[FileType] = KINDS) -> FileType:
    """The type of a file; raises FileRefused where it is not taken, or its name says another."""
    named = _BY_EXTENSION.get(file_name.rpartition(".")[2].casefold())
    if named is None or named not in taken:
        message = N_("Files of this kind are not taken. Taken are: %(kinds)s.")
        raise FileRefused(message, kinds=", ".join(kind.name for kind in taken))
    found = _found(content)
    if found is None:
        raise FileRefused(N_("This is not a sound %(kind)s file, whatever its name says."), kind=named.name)
    if found != named:
        message = N_("The name says %(named)s, but the content is %(found)s.")
        raise FileRefused(message, named=named.name, found=found.name)
    return found


def image_type_of(content: bytes) -> FileType | None:
    """The type of a PNG, JPEG or WebP image, whatever its name; None for anything else, SVG too."""
    found = _found(content[:64])
    return found if found in IMAGES else None


def _found(content: bytes) -> FileType | None:
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return WEBP
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return MP3 if content.startswith(b"ID3") or _is_layer_three(content) else None


def _is_layer_three(content: bytes) -> bool:
    """An MPEG audio frame header: sync, a known version, layer III, a bit rate and a sampling rate that exist."""
    if len(content) < 4 or content[0] != 0xFF or content[1] & 0xE0 != 0xE0:
        return False
    version, layer = content[1] >> 3 & 3, content[1] >> 1 & 3
    return version != 1 and layer == 1 and content[2] >> 4 not in {0, 15} and content[2] >> 2 & 3 != 3


def _office(content: bytes) -> FileType | None:
    """What an Office file is. Nothing is unpacked but its list of parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if len(names) > MOST_ENTRIES or "[Content_Types].xml" not in names:
                return None
            with archive.open("[Content_Types].xml") as part:
                stated = part.read(MOST_CONTENT_TYPES_BYTES)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, ValueError, OSError):
        return None
    if b"macroEnabled" in stated or any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise FileRefused(N_("This file holds macros. Save it without them, then choose it again."))
    mains = {kind for part_name, kind in _MAIN_PARTS.items() if part_name in names}
    return mains.pop() if len(mains) == 1 else None
