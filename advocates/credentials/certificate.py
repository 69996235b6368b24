"""The certificate: what a credential states, set on one page to be framed and one page of transcript.

Takes plain values and reads no clock and no database, so the same content always gives the same bytes.
"""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import segno
from babel import Locale
from babel.dates import format_date
from flask_babel import lazy_gettext as _l

from advocates.credentials.names import LINE_HEIGHT, Box, fit_text, is_right_to_left, missing_glyphs
from advocates.printing import fill_template, render_pdf

# The boxes that certificate.css leaves for them, in points.
ISSUER_BOX = Box(width=560.0, height=24.0, largest=16.0)
NAME_BOX = Box(width=590.0, height=70.0, largest=46.0)
PROGRAM_BOX = Box(width=600.0, height=38.0, largest=23.0)
SIGNATORIES_WIDTH, SIGNATORY_GAP = 440, 24


class UnprintableText(ValueError):
    """A certificate that no print font can set whole; its text is the sentence to show."""


@dataclass(frozen=True)
class Signatory:
    name: str
    title: str


@dataclass(frozen=True)
class TranscriptRow:
    """One module: the minutes credited and the local date of the last of them."""

    title: str
    minutes: int
    last_on: date | None


@dataclass(frozen=True)
class CertificateContent:
    """Everything the certificate prints; minutes are whole, dates local, mode labels translated.

    `language` is a BCP 47 tag. Raises ValueError where the minutes do not add up.
    """

    printed_name: str
    program_title: str
    curriculum_title: str
    version_number: int
    credited_minutes: int
    minutes_by_mode: Mapping[str, int]
    completed_on: date
    issued_on: date
    issuer_name: str
    signatories: tuple[Signatory, ...]
    serial: str
    verification_code: str
    check_address: str
    transcript: tuple[TranscriptRow, ...]
    place: str | None = None
    is_sample: bool = False
    language: str = "en"

    def __post_init__(self) -> None:
        """A certificate never contradicts itself: modes and modules both add up to the credited minutes."""
        by_module = sum(row.minutes for row in self.transcript)
        if not self.credited_minutes == by_module == sum(self.minutes_by_mode.values()):
            raise ValueError("the minutes by mode, by module and in all differ")


def render_certificate(content: CertificateContent, translate: Callable[[str], str] = str) -> bytes:
    """The PDF as tagged PDF/A-3a and PDF/UA-1: page 1 the award, page 2 on the transcript.

    Raises UnprintableText where a character of the content is in none of the print fonts.
    """
    html = fill_template(
        "credentials/certificate.html",
        translate,
        content=content,
        line_height=LINE_HEIGHT,
        issuer=fit_text(content.issuer_name, ISSUER_BOX),
        name=fit_text(content.printed_name, NAME_BOX),
        program=fit_text(content.program_title, PROGRAM_BOX),
        signatory_width=min(190, SIGNATORIES_WIDTH / max(1, len(content.signatories)) - SIGNATORY_GAP),
        name_direction="rtl" if is_right_to_left(content.printed_name) else "ltr",
        direction="rtl" if content.language.startswith("ar") else "ltr",
        long_date=lambda day: format_date(day, "long", Locale.parse(content.language, sep="-")),
    )
    if missing := missing_glyphs("".join(html.split())):
        raise UnprintableText(_l("No print font has these characters: %(characters)s", characters=" ".join(missing)))
    return render_pdf(html, "certificate.css", {"qr.png": _check_code(content.check_address)})


def _check_code(address: str) -> bytes:
    """The address as a QR code in PNG, without the quiet zone: the style sheet leaves that free."""
    image = io.BytesIO()
    segno.make(address, error="m", micro=False).save(image, kind="png", scale=8, border=0)
    return image.getvalue()
