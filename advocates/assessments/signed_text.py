"""The text somebody signed, with the facts of the signature: what its page shows and what is printed of it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from advocates.assessments.rules import blocks, text_sha256
from advocates.printing import fill_template, render_pdf

RIGHT_TO_LEFT = frozenset({"ar"})


@dataclass(frozen=True)
class SignedText:
    """`day` to `recorded_utc` are in words. `signer` is the name typed, or the person's where it stands on paper."""

    title: str
    body: str
    version: int
    language: str
    in_force_since: str
    signer_id: uuid.UUID
    signer: str
    signed_on: date
    day: str
    recorded: str
    recorded_utc: str
    is_on_paper: bool
    typist: str
    witness: str
    text_sha256: str

    @property
    def is_unchanged(self) -> bool:
        """Whether title and body are still those that the signature refers to."""
        return text_sha256(self.title, self.body) == self.text_sha256

    @property
    def direction(self) -> str:
        return direction_of(self.language)


def direction_of(language: str) -> str:
    """How a text of this language runs, whatever the page around it."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def render_signed_text(signed: SignedText, page_language: str, translate: Callable[[str], str]) -> bytes:
    """The tagged PDF on Letter. Equal facts give equal bytes."""
    html = fill_template(
        "assessments/print_signature.html",
        translate,
        signed=signed,
        blocks=blocks(signed.body),
        page_language=page_language,
        page_direction=direction_of(page_language),
    )
    return render_pdf(html, "agreement.css")
