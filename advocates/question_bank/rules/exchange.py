"""What every file of questions shares: its bounds, what could not be taken or left out, and HTML made harmless."""

import html
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from .questions import KEY, N_, Kind, Question, QuestionError, question_from_json, question_to_json

MOST_BYTES = 5_000_000
MOST_QUESTIONS = 2_000
LONGEST_LOOKED_AT = 40_000  # of one text with its HTML; a longer one is refused as it is
NO_RUBRIC = {"criterion": "Answers the question", "points": 1}
NEVER_WRITTEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # no format carries these
_TAG = re.compile(r"<(?:/?[A-Za-z][^<>]*>|!--)")
_NOT_IN_A_KEY = re.compile(r"[^a-z0-9]+")
_BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "ul", "ol", "table"}
_MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
_UNREAD = {"script", "style", "iframe", "object", "template", "svg", "math"}


@dataclass(frozen=True)
class Problem:
    """What of a file could not be taken or written. `where`: a question's title or number, or a line."""

    where: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """What a file held. `images`: the bytes of its images by the name that a question's image has."""

    questions: tuple[Question, ...] = ()
    problems: tuple[Problem, ...] = ()
    images: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    text: str
    left_out: tuple[Problem, ...] = ()


class Unreadable(ValueError):
    """The whole file; `problem` says why."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message % values)
        self.problem = Problem("", message, values)


def decode(content: bytes | str) -> str:
    """A text file of at most 5 MB. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(N_("This file is larger than %(n)s MB. Split it."), n=MOST_BYTES // 1_000_000)
    if isinstance(content, str):
        return content.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    try:
        text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(N_("This is no text file in UTF-8. Save it as UTF-8, then choose it again.")) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def key_of(title: str, taken: Collection[str]) -> str:
    """The title where it is a key, else one made from it, and never one that is taken."""
    plain = title if KEY.fullmatch(title) else _NOT_IN_A_KEY.sub("-", title.casefold())[:48].strip("-")
    plain = plain or "imported"
    key, n = plain, 1
    while key in taken:
        n += 1
        key = f"{plain[:54]}-{n}"
    return key


class Collected:
    """The questions read so far, with the sentences for those that could not be."""

    def __init__(self, module: str) -> None:
        self.default_module = module
        self.questions: list[Question] = []
        self.problems: list[Problem] = []
        self.images: dict[str, bytes] = {}
        self._keys: set[str] = set()

    def note(self, where: str, message: str, **values: object) -> None:
        self.problems.append(Problem(where, message, values))

    def key(self, title: str) -> str:
        """The title where it is a key, else one made from it, and never one that the file has already."""
        key = key_of(title, self._keys)
        self._keys.add(key)
        return key

    def text(self, where: str, text: str, *, is_html: bool) -> str:
        """Markdown without HTML; says so where something of it went."""
        if len(text) > LONGEST_LOOKED_AT:
            return text
        if _TAG.search(text):
            self.note(where, N_("HTML was reduced to plain text. Look at how it reads now."))
            return without_html(text)
        return html.unescape(text).strip() if is_html else text.strip()

    def add(self, where: str, sent: Mapping[str, Any]) -> Question | None:
        if len(self.questions) >= MOST_QUESTIONS:
            raise Unreadable(N_("There are more than %(n)s questions in this file. Split it."), n=MOST_QUESTIONS)
        if not sent.get("module"):
            self.note(where, N_("It is not taken: the file does not say to which module it belongs."))
            return None
        try:
            question = question_from_json(sent)
        except QuestionError as error:
            self.note(where, error.message, **error.values)
            return None
        self.questions.append(question)
        return question

    def done(self) -> Reading:
        return Reading(tuple(self.questions), tuple(self.problems), self.images)


def with_rubric(collected: Collected, where: str, sent: dict[str, Any]) -> dict[str, Any]:
    """An essay of another program has no rubric: it gets one line, and somebody is told to write a better one."""
    if sent["kind"] == Kind.ESSAY and not sent.get("rubric"):
        collected.note(where, N_("An essay needs a rubric. It got one line of one point; write a better one."))
        sent |= {"rubric": [NO_RUBRIC], "points": 1}
    return sent


def extras(question: Question, carried: Iterable[str]) -> str:
    """As one line of JSON, what a format has no place of its own for; other programs pass over it."""
    whole = question_to_json(question)
    defaults = {"difficulty": "medium", "points": 1, "objective": None, "image": None, "most_words": None}
    kept = {
        name: value
        for name, value in whole.items()
        if name not in set(carried) and not (name in defaults and value == defaults[name])
    }
    return json.dumps(kept, ensure_ascii=True, separators=(",", ":")) if kept else ""


def extras_from(collected: Collected, where: str, text: str) -> dict[str, Any]:
    """Nothing, with a sentence, where it cannot be read."""
    try:
        read = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        read = None
    if isinstance(read, dict):
        return {name: value for name, value in read.items() if name != "key"}
    collected.note(where, N_("What this product had noted with the question cannot be read and is left out."))
    return {}


def cannot_be_written(question: Question) -> bool:
    """Whether a text in it would not be read back: control characters, and what reads as HTML."""
    return any(NEVER_WRITTEN.search(text) or _TAG.search(text) for text in _texts(question_to_json(question)))


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, Mapping | list):
        for each in part.values() if isinstance(part, Mapping) else part:
            yield from _texts(each)


def without_html(text: str) -> str:
    """Paragraphs, emphasis and lists as Markdown; scripts and everything else that is no text are dropped."""
    reducer = _Reducer()
    reducer.feed(text)
    reducer.close()
    lines = [" ".join(line.split()) for line in "".join(reducer.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reducer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unread: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unread is None and tag in _UNREAD:
            self._unread = tag
        elif self._unread is None:
            self._mark(tag, "\n- ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._unread is None:
            self._mark(tag, "")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unread:
            self._unread = None
        elif self._unread is None:
            self._mark(tag, "")

    def handle_data(self, data: str) -> None:
        if self._unread is None:
            self.parts.append(data)

    def _mark(self, tag: str, item: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append(item)
        else:
            self.parts.append(_MARKS.get(tag, ""))
