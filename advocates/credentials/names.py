"""Names in print, in any script: checked against the print fonts, and fitted into the room they have."""

import functools
import unicodedata
from dataclasses import dataclass

import uharfbuzz

from advocates.people.rules import JOINERS
from advocates.printing import FONT_FILES

LINE_HEIGHT = 1.2
# In the order in which the style sheets name them.
NAME_FONTS = ("EBGaramond_500Medium.ttf", "NotoSansArabic_400Regular.ttf", "NotoSansSC_400Regular.ttf")


@dataclass(frozen=True)
class Box:
    """The room that a style sheet leaves for a text, and the largest type it may have there; all in points."""

    width: float
    height: float
    largest: float


@dataclass(frozen=True)
class FittedText:
    """Lines in reading order that fit at `size` points, 1.2 times that from line to line."""

    lines: tuple[str, ...]
    size: float


def missing_glyphs(name: str) -> str:
    """The characters of the name that no print font can draw, each once, in order; empty when all can be drawn."""
    return "".join(c for c in dict.fromkeys(name) if c not in JOINERS and _font_for(c) is None)


def fit_text(text: str, box: Box) -> FittedText:
    """One line as large as the box allows, or two lines where those come out larger; never an overflow."""
    one_line, two_lines = (text,), _halves(text)
    fitted = (FittedText(lines, _size(lines, box)) for lines in (one_line, two_lines))
    return max(fitted, key=lambda candidate: candidate.size)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left (the Unicode rule P2)."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((d for d in directions if d in {"L", "R", "AL"}), "L") != "L"


def _size(lines: tuple[str, ...], box: Box) -> float:
    widest = max(_width(line) for line in lines)
    return min(box.largest, box.height / (LINE_HEIGHT * len(lines)), box.width / widest)


def _halves(text: str) -> tuple[str, ...]:
    """The split into two lines whose wider line is narrowest: between words, or inside an unbroken one."""
    words = text.split(" ")
    splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    if not splits:
        splits = [(text[:at], text[at:]) for at in range(1, len(text)) if not _clings(text[at])]
    return min(splits, key=lambda lines: max(_width(line) for line in lines), default=(text,))


def _width(text: str) -> float:
    """The shaped width in ems, as HarfBuzz lays it out inside the PDF too."""
    runs: list[tuple[str, str]] = []
    for character in text:
        if runs and (_clings(character) or _font_for(character) == runs[-1][0]):
            runs[-1] = (runs[-1][0], runs[-1][1] + character)
        else:
            runs.append((_font_for(character) or NAME_FONTS[0], character))
    return sum(_run_width(name, run) for name, run in runs)


def _run_width(font: str, run: str) -> float:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(run)
    buffer.guess_segment_properties()
    uharfbuzz.shape(_font(font), buffer)
    return sum(position.x_advance for position in buffer.glyph_positions) / _font(font).face.upem


def _clings(character: str) -> bool:
    """Whether it belongs to the character before: an accent or a joiner."""
    return character in JOINERS or unicodedata.category(character).startswith("M")


@functools.cache
def _font_for(character: str) -> str | None:
    return next((name for name in NAME_FONTS if _font(name).get_nominal_glyph(ord(character))), None)


@functools.cache
def _font(name: str) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(FONT_FILES / name))))
