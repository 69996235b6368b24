"""Materials of the demo: a handout as a file, and a link."""

import io
import uuid
import zipfile
from xml.sax.saxutils import escape

from sqlalchemy import select

from advocates.curriculum.models import VersionModule
from advocates.database import db
from advocates.files.rules import WORD, type_of
from advocates.materials.adding import add_file, add_link

LINES = (
    "The advocate's role in five sentences",
    "I stand beside; I do not decide.",
    "I offer options, not advice.",
    "I keep confidences, and say before what I must report.",
    "I know whom to call, and when.",
    "I look after myself, so that I can come again.",
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_OFFICE_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{WORD.media_type}.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE_DOCUMENT}" Target="word/document.xml"/></Relationships>',
}


def hand_out(actor_id: uuid.UUID, version_id: uuid.UUID) -> None:
    """A handout of the first module and a link of the sixth. Flushes."""
    ids = {row.key: row.module_id for row in db.session.scalars(select(VersionModule).filter_by(version_id=version_id))}
    content = handout()
    add_file(actor_id, version_id, ids["A1"], LINES[0], content, type_of(content, "handout.docx").media_type)
    add_link(
        actor_id, version_id, ids["A6"], "Crime victims' rights, a reading list", "https://training.example/rights"
    )


def handout() -> bytes:
    """A Word file of a few lines, the same bytes every time."""
    lines = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in LINES)
    parts = _PARTS | {"word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{lines}</w:body></w:document>'}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return out.getvalue()
