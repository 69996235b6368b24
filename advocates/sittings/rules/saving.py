"""What becomes of an answer that was sent: two devices at once lose nothing, and a save sent twice is stored once."""

import enum
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any


class Verdict(enum.StrEnum):
    SAVED = "saved"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Content:
    """An answer and whether its person wants to look at it again. Nothing stored yet is `Content(None, False)`."""

    answer: Any
    is_marked: bool


@dataclass(frozen=True)
class Version:
    """The answer that stands: 0 while there is none."""

    number: int
    content: Content
    client_key: str = ""


NOTHING = Version(0, Content(None, False))


def judge(current: Version, base: int, follows: Collection[str], wanted: Content) -> Verdict:
    """`base` is the version that the page showed, `follows` the keys of its own saves that it has no answer for yet.

    Where another device saved meanwhile, the newer answer stands and the person is told.
    """
    if wanted == current.content:
        return Verdict.UNCHANGED
    is_on_top = base >= current.number or current.client_key in follows
    return Verdict.SAVED if is_on_top else Verdict.CONFLICT
