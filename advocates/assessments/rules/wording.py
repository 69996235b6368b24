"""An agreement's text: how its hash is taken and how its plain text reads as headings, paragraphs and lists."""

import enum
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from advocates.cohorts.rules import name_key

ITEM = "- "
HEADING = "## "


class BlockKind(enum.StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEMS = "items"


@dataclass(frozen=True)
class Block:
    """A heading or paragraph of one line, or a list of several."""

    kind: BlockKind
    lines: tuple[str, ...]


def tidy(text: str) -> str:
    """One way to end a line and no space around, so that the same words always have the same hash."""
    lines = (line.rstrip() for line in re.split(r"\r\n|\r|\n", text))
    return "\n".join(lines).strip()


def text_sha256(title: str, body: str) -> str:
    """What a signature refers to: the exact title and body."""
    return hashlib.sha256(f"{title}\n\n{body}".encode()).hexdigest()


def blocks(body: str) -> tuple[Block, ...]:
    """A blank line ends a block; `## ` begins a heading, `- ` each item. Everything else is text as it stands."""
    return tuple(_block(part.splitlines()) for part in re.split(r"\n{2,}", tidy(body)) if part)


def _block(lines: list[str]) -> Block:
    if all(line.startswith(ITEM) for line in lines):
        return Block(BlockKind.ITEMS, tuple(line.removeprefix(ITEM) for line in lines))
    text = " ".join(lines)
    if text.startswith(HEADING):
        return Block(BlockKind.HEADING, (text.removeprefix(HEADING),))
    return Block(BlockKind.PARAGRAPH, (text,))


def is_name_of(typed: str, names: Iterable[str]) -> bool:
    """Whether what is typed under a text is one of these names, whatever its capitals, spaces and letter forms."""
    return _bare(typed) in {_bare(name) for name in names}


def _bare(name: str) -> str:
    return " ".join(name_key(name).split())
