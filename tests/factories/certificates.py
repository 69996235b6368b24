"""What a certificate prints, for an invented person; and pages as pictures."""

from datetime import date, timedelta
from typing import Any

import numpy
import pypdfium2

from advocates.credentials.certificate import CertificateContent, Signatory, TranscriptRow


def make_content(modules: int = 18, **changed: Any) -> CertificateContent:
    rows = tuple(
        TranscriptRow(f"Module {number} of the training", 100, date(2024, 10, 7) + timedelta(days=number))
        for number in range(1, modules + 1)
    )
    values: dict[str, Any] = {
        "printed_name": "Łucja Święcicka",
        "program_title": "Victim Advocate Training",
        "curriculum_title": "Foundations of Advocacy",
        "version_number": 3,
        "credited_minutes": 100 * modules,
        "minutes_by_mode": {"In person": 100 * modules - 120, "Equivalent activity": 120},
        "completed_on": date(2024, 12, 17),
        "issued_on": date(2024, 12, 20),
        "issuer_name": "Lakeshore Center for Community Safety",
        "signatories": (Signatory("Renata Okafor-Lind", "Program Director"), Signatory("Tomasz Wiśniewski", "Trainer")),
        "serial": "LCS-2024-0007",
        "verification_code": "7K3M-Q9TX-2HVD",
        "check_address": "https://advocates.example.org/verify/7K3M-Q9TX-2HVD",
        "transcript": rows,
        "place": "Lakeshore College, Room 12",
    }
    return CertificateContent(**(values | changed))


def draw_page(pdf: bytes, page: int = 0, scale: float = 4) -> numpy.ndarray:
    """The page as gray levels, 0 black to 255 white, rows by columns, `scale` pixels a point."""
    with pypdfium2.PdfDocument(pdf) as document:
        return document[page].render(scale=scale, grayscale=True).to_numpy().squeeze()


def text_of(pdf: bytes) -> list[str]:
    """The text layer, page by page, with single spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
