"""Which signature opens an agreement's gate, and in which language a text is read.

A new version asks nobody again unless it says so; then everyone in training signs it or a later one. What was completed
before stays as it is.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

BINDING = "en"
Text = TypeVar("Text")


@dataclass(frozen=True)
class SignedAgreement:
    """A signature against one version of an agreement's text, in one language; `id` is the signature's.

    `asked_since` is the newest version that asks everyone again, or 1.
    """

    id: uuid.UUID
    key: str
    version: int
    signed_on: date
    text_id: uuid.UUID
    language: str = BINDING
    text_sha256: str = ""
    asked_since: int = 1

    @property
    def is_asked_again(self) -> bool:
        """Whether a version that asks again came after the signed one."""
        return self.version < self.asked_since


def standing_signature(
    signatures: Iterable[SignedAgreement], key: str, *, is_settled: bool = False
) -> SignedAgreement | None:
    """The first signature under this agreement that no newer version asks for again; whichever came first for what
    is settled. Of two of one day the earlier in the list."""
    standing = (each for each in signatures if each.key == key and (is_settled or not each.is_asked_again))
    return min(standing, key=lambda signed: signed.signed_on, default=None)


def latest_signature(signatures: Iterable[SignedAgreement], key: str) -> SignedAgreement | None:
    """The signature under the newest version that was signed, whether it still stands or not."""
    of_key = (each for each in signatures if each.key == key)
    return max(of_key, key=lambda signed: signed.version, default=None)


def in_language(texts: Mapping[str, Text], language: str) -> Text:
    """A version's text in this language, or the binding one where it has none."""
    return texts.get(language, texts[BINDING])
