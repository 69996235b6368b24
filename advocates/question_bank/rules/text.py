"""The little Markdown that questions are written in, as plain pieces that a page puts into elements: never HTML.

Paragraphs, lists, *emphasis* and **strong** words. Everything else reads as it was typed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ITEM = re.compile(r"\s{0,3}(?:([-*+])|\d{1,3}[.)])\s+(.*)")
_MARKED = re.compile(
    r"\\([\\*_])"
    r"|\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*"
    r"|(?<![\w*])\*(?=[^\s*])([^*]+)(?<=[^\s*])\*(?![\w*])"
    r"|(?<!\w)_(?=[^\s_])([^_]+)(?<=[^\s_])_(?!\w)"
)


@dataclass(frozen=True)
class Span:
    """`style`: nothing, `em` or `strong`."""

    text: str
    style: str = ""


@dataclass(frozen=True)
class Block:
    """`kind`: a paragraph, whose lines break where they were broken, or `items` or `steps` of a list."""

    kind: str
    lines: tuple[tuple[Span, ...], ...]


def blocks_of(text: str) -> tuple[Block, ...]:
    """The paragraphs and lists of a text."""
    return tuple(_blocks(text))


def spans_of(text: str) -> tuple[Span, ...]:
    """One line with its emphasis."""
    found, at = [], 0
    for match in _MARKED.finditer(text):
        literal, strong, *emphasized = match.groups()
        found.append(Span(text[at : match.start()] + (literal or "")))
        said = next(filter(None, emphasized), "")
        found.append(Span(strong, "strong") if strong else Span(said, "em"))
        at = match.end()
    found.append(Span(text[at:]))
    return tuple(span for span in found if span.text)


def _blocks(text: str) -> Iterator[Block]:
    kind, lines = "", list[str]()
    for line in [*text.splitlines(), ""]:
        item = _ITEM.fullmatch(line)
        is_blank = not line.strip()
        wanted = "" if is_blank else ("items" if item[1] else "steps") if item else "paragraph"
        if wanted == "paragraph" and kind in {"items", "steps"} and line.startswith("  "):
            lines[-1] += f" {line.strip()}"  # the rest of an item
            continue
        if wanted != kind:
            if lines:
                yield Block(kind, tuple(map(spans_of, lines)))
            kind, lines = wanted, []
        if not is_blank:
            lines.append(item[2] if item else line.strip())
