"""Which files and links may be materials."""

import io
import zipfile

import pytest

from advocates.files.rules import JPEG as JPEG_KIND
from advocates.files.rules import PDF as PDF_KIND
from advocates.files.rules import FileRefused, type_of
from advocates.materials.rules import TAKEN, LinkRefused, check_link


def office(*names: str, content_types: str = "<Types/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", content_types)
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


PDF, PNG, JPEG = b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n1", b"\xff\xd8\xff\xe0x"
WORD, SLIDES = office("word/document.xml"), office("ppt/presentation.xml")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "a.pdf", "PDF"),
        (PDF, "Schritt.1.PDF", "PDF"),
        (PNG, "a.png", "PNG"),
        (JPEG, "a.jpg", "JPEG"),
        (JPEG, "a.jpeg", "JPEG"),
        (WORD, "a.docx", "Word"),
        (SLIDES, "a.pptx", "PowerPoint"),
        (b"ID3\x04", "a.mp3", "MP3"),
        (b"\xff\xfb\x90\x00", "a.mp3", "MP3"),
    ],
)
def test_a_file_is_taken_for_what_it_holds(content, name, kind):
    assert type_of(content, name).name == kind


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.pdf", "not a sound PDF"),
        (b"MZ\x90", "a.pdf", "not a sound PDF"),
        (b"<html><script>", "a.png", "not a sound PNG"),
        (PNG, "a.pdf", "says PDF, but the content is PNG"),
        (WORD, "a.pptx", "says PowerPoint, but the content is Word"),
        (PDF, "a.exe", "not taken"),
        (PDF, "a.html", "not taken"),
        (PDF, "a.svg", "not taken"),
        (PDF, "pdf.", "not taken"),
        (PDF, "", "not taken"),
        (office("word/document.xml", "word/vbaProject.bin"), "a.docx", "macros"),
        (
            office("word/document.xml", content_types="application/vnd.ms-word.document.macroEnabled"),
            "a.docx",
            "macros",
        ),
        (office("other.xml"), "a.docx", "not a sound Word"),
        (office("word/document.xml", "ppt/presentation.xml"), "a.docx", "not a sound Word"),
        (WORD[:40], "a.docx", "not a sound Word"),
        (b"PK\x03\x04" + b"\x00" * 60, "a.docx", "not a sound Word"),
        (b"\xff\xf1\x50\x80", "a.mp3", "not a sound MP3"),
        (b"\xff\xff\xff\xff", "a.mp3", "not a sound MP3"),
    ],
)
def test_anything_else_is_refused_with_a_reason(content, name, said):
    with pytest.raises(FileRefused, match=said):
        type_of(content, name)


def test_where_fewer_kinds_are_taken_the_others_are_refused():
    assert type_of(JPEG, "a.jpg", [PDF_KIND, JPEG_KIND]).name == "JPEG"
    with pytest.raises(FileRefused, match="Taken are: PDF, JPEG"):
        type_of(WORD, "a.docx", [PDF_KIND, JPEG_KIND])


@pytest.mark.parametrize("url", ["https://example.org", "https://example.org:8443/a?b=c#d", "https://пример.рф/курс"])
def test_an_https_address_is_a_link(url):
    check_link(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "javascript:alert(1)",
        "//example.org",
        "https://",
        "https:///path",
        "https://[::1",
        "https://example.org:99999/",
        "https://example.org/a b",
        "https://example.org/\u202e",
        "https://example.org\\@evil.example",
        "https://ada:secret@example.org/",
        "https://example.org/" + "x" * 500,
    ],
)
def test_no_other_address_is(url):
    with pytest.raises(LinkRefused):
        check_link(url)


def test_every_type_is_served_as_something_no_browser_runs():
    assert not {kind.media_type for kind in TAKEN} & {"text/html", "image/svg+xml", "application/xhtml+xml"}
